package org.vaescape.analysis;

import org.apache.commons.statistics.distribution.ChiSquaredDistribution;
import org.apache.commons.statistics.distribution.FDistribution;
import org.apache.commons.statistics.distribution.NormalDistribution;
import org.apache.commons.statistics.distribution.TDistribution;

/// Tails of the distributions that statistics are compared with. `NaN` gives `NaN`.
final class Tails {
  static final NormalDistribution NORMAL = NormalDistribution.of(0, 1);

  private Tails() {}

  /// P(F > f); f may be infinite.
  static double f(double f, double numerator, double denominator) {
    if (!Double.isFinite(f)) {
      return f > 0 ? 0 : Double.NaN;
    }
    return FDistribution.of(numerator, denominator).survivalProbability(f);
  }

  /// P(chi-squared > value).
  static double chiSquared(double value, double degrees) {
    return ChiSquaredDistribution.of(degrees).survivalProbability(value);
  }

  /// P(|Z| > |z|).
  static double normalBothSides(double z) {
    return Math.min(1, 2 * NORMAL.survivalProbability(Math.abs(z)));
  }

  /// P(|T| > |t|); t may be infinite.
  static double tBothSides(double t, double degrees) {
    return Double.isNaN(t)
        ? t
        : Math.min(1, 2 * TDistribution.of(degrees).survivalProbability(Math.abs(t)));
  }

  /// The t that |T| stays below with this probability.
  static double tQuantileBothSides(double confidence, double degrees) {
    return TDistribution.of(degrees).inverseSurvivalProbability((1 - confidence) / 2);
  }
}
