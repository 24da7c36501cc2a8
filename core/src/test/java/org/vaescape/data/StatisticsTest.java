package org.vaescape.data;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.vaescape.data.DataSettings.Variability;

class StatisticsTest {
  @Test
  void findsTheMedianThatSortingFinds() {
    SplittableRandom random = new SplittableRandom(3);
    for (int i = 0; i < 2000; i++) {
      // Few different values make many ties, as zeros do in expression data.
      int different = random.nextInt(1, 60);
      double[] values = random.ints(random.nextInt(1, 60), 0, different).asDoubleStream().toArray();
      double[] sorted = values.clone();
      Arrays.sort(sorted);
      int n = sorted.length;
      assertEquals((sorted[(n - 1) / 2] + sorted[n / 2]) / 2, Statistics.median(values));
    }
  }

  @Test
  void measuresASmallExampleByHand() {
    double[] values = {1, 2, 3, 4, 100}; // mean 22, median 3
    assertEquals(
        31.2, Statistics.variability(Variability.MEAN_ABSOLUTE_DEVIATION, values.clone()), 1e-12);
    assertEquals(
        1, Statistics.variability(Variability.MEDIAN_ABSOLUTE_DEVIATION, values.clone()), 0);
    assertEquals(1902.5, Statistics.variability(Variability.VARIANCE, values.clone()), 1e-9);
  }
}
