package org.vaescape.analysis;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.apache.commons.statistics.distribution.NormalDistribution;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StudentizedRangeTest {
  /// Of two groups the range is sqrt(2) |Z|: the one case with a closed form, tiny tails included.
  @ParameterizedTest
  @CsvSource({"0.001", "0.5", "2", "5", "12", "30"})
  void isADifferenceOfTwoNormalNumbers(double q) {
    double expected = 2 * NormalDistribution.of(0, 1).survivalProbability(q / Math.sqrt(2));
    assertEquals(expected, new StudentizedRange(2).upperTail(q), 1e-12 * expected);
  }

  /// Printed tables (Harter 1960, Annals of Mathematical Statistics 31:1122).
  @ParameterizedTest
  @CsvSource({"3, 0.05, 3.314", "10, 0.05, 4.474", "100, 0.05, 6.085", "10, 0.01, 5.157"})
  void agreesWithTables(int groups, double probability, double q) {
    assertEquals(q, new StudentizedRange(groups).upperQuantile(probability), 6e-4);
  }

  @Test
  void findsTheQuantileOfItsTail() {
    for (int groups : new int[] {2, 7, 60}) {
      StudentizedRange range = new StudentizedRange(groups);
      for (double probability : new double[] {0.999, 0.5, 0.01, 1e-9}) {
        double q = range.upperQuantile(probability);
        assertEquals(probability, range.upperTail(q), 1e-12 * probability);
      }
      assertEquals(1, range.upperTail(0), 1e-14);
    }
  }

  @Test
  void refusesWhatIsNoRange() {
    assertThrows(IllegalArgumentException.class, () -> new StudentizedRange(1));
    assertThrows(IllegalArgumentException.class, () -> new StudentizedRange(3).upperTail(-1));
    assertThrows(IllegalArgumentException.class, () -> new StudentizedRange(3).upperQuantile(0));
  }
}
