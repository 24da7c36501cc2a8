package org.vaescape.analysis;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/// Sums that are counted in O(n log n) against those that compare every two pairs.
class LeftOutRanksTest {
  static double[] without(double[] values, int left) {
    double[] rest = new double[values.length - 1];
    System.arraycopy(values, 0, rest, 0, left);
    System.arraycopy(values, left + 1, rest, left, rest.length - left);
    return rest;
  }

  /// A number of levels above the number of pairs leaves few ties, one level nothing else.
  private static double[] drawn(int count, int levels, SplittableRandom random) {
    double[] values = new double[count];
    for (int i = 0; i < count; i++) {
      int level = random.nextInt(levels);
      values[i] = level == 0 && random.nextBoolean() ? -0.0 : level; // -0 ties with 0
    }
    return values;
  }

  @Test
  void findsTheProductsOfRanksWithoutEachPair() {
    SplittableRandom random = new SplittableRandom(3);
    for (int levels : new int[] {1, 2, 5, 20, 1000}) {
      double[] x = drawn(40, levels, random);
      double[] y = drawn(40, 7, random);
      LeftOutRanks ranks = new LeftOutRanks(x, y);
      assertEquals(products(x, y), ranks.all());
      for (int left = 0; left < x.length; left++) {
        assertEquals(products(without(x, left), without(y, left)), ranks.without(left));
      }
    }
  }

  /// Halves of whole numbers, so that equal sums have equal bits.
  private static RankProducts products(double[] x, double[] y) {
    double[] ofX = Ranks.of(x);
    double[] ofY = Ranks.of(y);
    double middle = (x.length + 1) / 2.0;
    RankProducts sum = RankProducts.NONE;
    for (int i = 0; i < x.length; i++) {
      double a = ofX[i] - middle;
      double b = ofY[i] - middle;
      sum = sum.plus(new RankProducts(a * a, b * b, a * b));
    }
    return sum;
  }

  @Test
  void countsWhatLiesOnTheSameSideOfEachPair() {
    SplittableRandom random = new SplittableRandom(4);
    for (int levels : new int[] {1, 2, 5, 20, 1000}) {
      double[] x = drawn(50, levels, random);
      double[] y = drawn(50, 9, random);
      PairOrder order = new PairOrder(x, y);
      for (int i = 0; i < x.length; i++) {
        int concordant = 0;
        int discordant = 0;
        for (int j = 0; j < x.length; j++) {
          double product = Math.signum(x[j] - x[i]) * Math.signum(y[j] - y[i]);
          concordant += product > 0 ? 1 : 0;
          discordant += product < 0 ? 1 : 0;
        }
        assertEquals(concordant, order.concordant(i));
        assertEquals(discordant, order.discordant(i));
      }
    }
  }

  /// Comparing every two of them, each left out in turn, would take 10^15 steps.
  @Test
  void takesAHundredThousandPairs() {
    SplittableRandom random = new SplittableRandom(5);
    int count = 100_000;
    double[] x = random.doubles(count).toArray();
    double[] y = new double[count];
    for (int i = 0; i < count; i++) {
      y[i] = x[i] + random.nextDouble();
    }
    RankCorrelation rho = RankCorrelation.spearman(x, y, 0.95);
    RankCorrelation tau = RankCorrelation.kendall(x, y, 0.95);
    assertEquals(0.7, rho.coefficient(), 0.01); // x and x + u of two even numbers: 0.7
    assertEquals(0.5, tau.coefficient(), 0.01); // 1 / 2
    assertTrue(rho.interval().orElseThrow().high() - rho.interval().orElseThrow().low() < 0.01);
    assertTrue(tau.interval().orElseThrow().high() - tau.interval().orElseThrow().low() < 0.01);
  }
}
