package org.vaescape.analysis.sensitivity;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class DigitsTest {
  /// Losses of Tybalt: a large constant, and differences of one percent that matter.
  @Test
  void numbersWithAnOffsetAreToldApart() {
    assertEquals("2642", Digits.three(2641.83, 2668.91));
    assertEquals("2669", Digits.three(2668.91, 2641.83));
    assertEquals("2660.12", Digits.three(2660.1234, 2660.2));
  }

  @Test
  void numbersThatDifferEnoughOrNotAtAllKeepThreeDigits() {
    assertEquals("0.00906", Digits.three(0.0090617, 0.0091597));
    assertEquals("2640", Digits.three(2641.83, 2641.83));
    assertEquals("0.00812", Digits.three(0.0081164, 0.0191));
    assertEquals("0.00812", Digits.three(0.0081164, Double.NaN));
  }
}
