package org.vaescape.analysis;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class WelchPowerTest {
  private static final double LEVEL = 0.05;

  /// Deviations, repeats, difference, and the mean of scipy's power over the share B of the first
  /// in the sum of both chi-squares: `quad(lambda a: power(sin(a)**2) * density(a), 0, pi / 2)`
  /// with power = nct.sf(t, f + g, d) + nct.cdf(-t, f + g, d), t = t.isf(.025, welch(B)) sqrt((f +
  /// g) (B share / f + (1 - B) (1 - share) / g)), and the beta density of B = sin(a)^2.
  private static final double[][] SCIPY = {
    {1, 1, 2, 5.653, 0.4765334283084073},
    {1, 1, 2, 0, 0.023425720455278316},
    {1, 3, 3, 0, 0.05170591212285462},
    {1, 1, 5, 2, 0.7667823154997377},
    {1, 3, 5, 5, 0.7927384463952571},
    {0.06, 0.13, 4, -0.3, 0.8621673674984096},
    {1, 1, 17, 1, 0.8057521380617585},
    {1, 20, 3, 70, 0.8426838665306542},
  };

  @Test
  void agreesWithScipysIntegral() {
    for (double[] row : SCIPY) {
      double a = row[0] * row[0];
      double b = row[1] * row[1];
      double f = row[2] - 1;
      WelchPower power = new WelchPower(a / (a + b), f, f, LEVEL);
      double noncentrality = row[3] / Math.sqrt((a + b) / row[2]);
      assertEquals(row[4], power.at(noncentrality), 1e-9, row[0] + " and " + row[1]);
      WelchPower turned = new WelchPower(b / (a + b), f, f, LEVEL);
      assertEquals(row[4], turned.at(-noncentrality), 1e-9);
    }
    // Deviations 1 and 2, four repeats, 60 and 3 degrees, level .01, difference 3.
    assertEquals(
        0.3038718138095583, new WelchPower(0.2, 60, 3, 0.01).at(3 / Math.sqrt(5 / 4.0)), 1e-9);
  }

  @Test
  void isStudentsWhereOneMeanHasNoNoise() {
    double critical = Tails.tQuantileBothSides(1 - LEVEL, 4);
    NoncentralT student = new NoncentralT(4, 3);
    double expected = student.upperTail(critical) + student.lowerTail(-critical);
    for (double g : new double[] {1, 7, Double.POSITIVE_INFINITY}) {
      assertEquals(expected, new WelchPower(1, 4, g, LEVEL).at(3), 1e-6);
      assertEquals(expected, new WelchPower(0, g, 4, LEVEL).at(3), 1e-6);
    }
  }

  @Test
  void isTheNormalTestWhereNoiseIsKnown() {
    double infinite = Double.POSITIVE_INFINITY;
    double expected =
        Tails.NORMAL.survivalProbability(1.959963984540054 - 2)
            + Tails.NORMAL.cumulativeProbability(-1.959963984540054 - 2);
    assertEquals(expected, new WelchPower(0.3, infinite, infinite, LEVEL).at(2), 1e-7);
    assertEquals(LEVEL, new WelchPower(0.3, infinite, infinite, LEVEL).at(0), 1e-7);
  }
}
