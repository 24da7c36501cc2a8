package org.vaescape.analysis;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

class CountContrastTest {
  /// Fisher's lady: of 4 cups with the milk first she names 3, of 4 others 1; p = 17/70.
  @Test
  void isFishersExactTest() {
    assertEquals(17.0 / 70, new CountContrast(3, 4, 1, 4).moreHere(), 1e-12);
    assertEquals(17.0 / 70, new CountContrast(1, 4, 3, 4).moreElsewhere(), 1e-12);
    assertEquals(1.0 / 20, new CountContrast(3, 3, 0, 3).moreHere(), 1e-12);
    assertEquals(1, new CountContrast(0, 3, 3, 3).moreHere());
  }

  /// `scipy.stats.fisher_exact([[12, 0], [5, 7]], "greater")`.
  @Test
  void agreesWithScipy() {
    assertEquals(0.002288329519450801, new CountContrast(12, 12, 5, 12).moreHere(), 1e-12);
  }

  @Test
  void fewAreUnlikelyWhereHalfAreExpected() {
    assertEquals(1.0 / 8, new CountContrast(0, 3, 0, 0).fewerHere(0.5), 1e-12);
    assertEquals(4.0 / 8, new CountContrast(1, 3, 0, 0).fewerHere(0.5), 1e-12);
  }

  @Test
  void refusesMoreThanThereAre() {
    assertThrows(IllegalArgumentException.class, () -> new CountContrast(4, 3, 0, 0));
  }
}
