package org.vaescape.analysis.runs;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
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
  void numbersWithAnOffsetOfAnySizeAreToldApart() {
    assertEquals("999999999907", Digits.three(999999999907.0148, 1e12));
    assertEquals("1000000000000", Digits.three(1e12, 999999999907.0148));
    assertEquals("1.00002e-07", Digits.three(1.00002e-7, 1.00009e-7));
    assertEquals("0.0117", Digits.three(0.0116823456789, 0.0116823456789 * (1 + 1e-15)));
    assertEquals("1.000012", Digits.ratio(1.0000123));
    assertEquals("1.0043", Digits.ratio(1.00432));
    assertEquals(6, Digits.apart(4, 2659.85, 2660.02, Double.NaN));
    assertEquals(4, Digits.apart(4, 0.0117, 8225));
    assertEquals(4, Digits.apart(4, 0.0117));
  }

  @Test
  void numbersThatDifferEnoughOrNotAtAllKeepThreeDigits() {
    assertEquals("0.00906", Digits.three(0.0090617, 0.0091597));
    assertEquals("2640", Digits.three(2641.83, 2641.83));
    assertEquals("0.00812", Digits.three(0.0081164, 0.0191));
    assertEquals("0.00812", Digits.three(0.0081164, Double.NaN));
  }

  /// Drawn numbers have as many digits as a double holds.
  @Test
  void boundsOfWhatWasDrawnHaveThreeDigitsAndLevelsThatSomebodyChoseAllOfTheirs() {
    assertEquals("0.000112", Digits.level("0.00011164717123923751"));
    assertEquals("1", Digits.level("0.999987112253734"));
    assertEquals("3.16e-07", Digits.level("3.1622776601683795E-7"));
    for (String chosen : List.of("1e-5", "0.0015", "0.0001", "1234567", "100", "adam", "")) {
      assertEquals(chosen, Digits.level(chosen));
    }
  }
}
