package org.vaescape.analysis;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.apache.commons.statistics.distribution.TDistribution;
import org.junit.jupiter.api.Test;

class NoncentralTTest {
  /// Degrees, noncentrality, t, `scipy.stats.nct.cdf(t, degrees, noncentrality)` and `sf`; scipy
  /// 1.17.1.
  private static final double[][] SCIPY = {
    {1, 2, 3, 0.5248571617336879, 0.4751428382663121},
    {3, 1.5, -2, 0.0028808300720614844, 0.9971191699279385},
    {4, 3, 2.776445105197793, 0.3807424629197868, 0.6192575370802131},
    {10, -1, 0.5, 0.9303983163067515, 0.0696016836932485},
    {32, 2.9154759474226504, 2.0369333434601, 0.19296411048354908, 0.807035889516451},
    {2.5, 6, 8, 0.6070805894619498, 0.3929194105380502},
    {200, 5, 3, 0.023766130188873226, 0.9762338698111267},
    {5, 20, 30, 0.8161972050142139, 0.18380279498578608},
    {1000, 30, 33, 0.992049491633768, 0.007950508366232014},
    {3, 10, 2, 1.5332458449314495e-09, 0.9999999984667541},
  };

  @Test
  void agreesWithScipy() {
    for (double[] row : SCIPY) {
      NoncentralT t = new NoncentralT(row[0], row[1]);
      String what = t + " at " + row[2];
      assertEquals(row[3], t.lowerTail(row[2]), 1e-12, what);
      assertEquals(row[4], t.upperTail(row[2]), 1e-12, what);
    }
  }

  @Test
  void isStudentsWithoutNoncentrality() {
    for (double degrees : new double[] {0.5, 1, 2, 3.7, 30, 1e4, 1e7}) {
      for (double t : new double[] {-40, -3, -0.1, 0, 1, 2.5, 12}) {
        double expected = TDistribution.of(degrees).cumulativeProbability(t);
        double found = new NoncentralT(degrees, 0).lowerTail(t);
        assertEquals(expected, found, 1e-12, degrees + " degrees at " + t);
      }
    }
  }

  @Test
  void isNormalAtZeroAndWithKnownNoise() {
    for (double noncentrality : new double[] {-3, 0.5, 6}) {
      double expected = Tails.NORMAL.cumulativeProbability(-noncentrality);
      for (double degrees : new double[] {1, 8.5, 500, Double.POSITIVE_INFINITY}) {
        assertEquals(expected, new NoncentralT(degrees, noncentrality).lowerTail(0), 1e-14);
      }
      NoncentralT known = new NoncentralT(Double.POSITIVE_INFINITY, noncentrality);
      double normal = Tails.NORMAL.cumulativeProbability(2 - noncentrality);
      assertEquals(normal, known.lowerTail(2), 1e-15);
      assertEquals(normal, new NoncentralT(1e8, noncentrality).lowerTail(2), 1e-7);
    }
  }

  @Test
  void hasTailsThatSumToOne() {
    for (double t : new double[] {-5, 0, 2, 9}) {
      NoncentralT distribution = new NoncentralT(3, 2);
      assertEquals(1, distribution.lowerTail(t) + distribution.upperTail(t), 1e-14);
    }
  }

  @Test
  void refusesWhatIsNoDistribution() {
    assertTrue(refusal(() -> new NoncentralT(0, 1)).contains("above 0 but are 0.0"));
    assertTrue(refusal(() -> new NoncentralT(1, Double.NaN)).contains("NaN"));
    assertTrue(refusal(() -> new NoncentralT(1, 1).lowerTail(Double.NaN)).contains("NaN"));
  }

  private static String refusal(Runnable call) {
    return String.valueOf(assertThrows(IllegalArgumentException.class, call::run).getMessage());
  }
}
