package org.vaescape.analysis;

import java.util.List;
import java.util.Optional;

/// Intervals of rank correlations on the scale of Fisher's z = atanh r, by the larger of two
/// errors.
///
/// One is that of normal pairs without ties, by Bonett and Wright 2000 (Psychometrika 65:23); it
/// needs no luck with few pairs but knows nothing of ties or of runs in clusters. The other is the
/// jackknife's (Efron and Tibshirani 1993, An Introduction to the Bootstrap, chapter 11), which
/// knows them and fails where few pairs lie nearly in one order. What each covers, and BCa, is in
/// docs/method.md.
final class RankInterval {
  /// Fewer pairs than this have no interval: Bonett and Wright's variances divide by n - 3 and n -
  /// 4.
  static final int FEWEST = 5;

  private RankInterval() {}

  /// The interval about a coefficient.
  ///
  /// @param r from -1 to 1; no interval where it is `NaN`
  /// @param step from 1 to the largest coefficient below: where all pairs agree, the interval is
  ///   taken about half a step less and reaches up to 1
  /// @param variance of z for normal pairs
  /// @param jackknife variance of r; `NaN` where r rests on a single pair, and may be anything
  /// @param degrees of freedom of the jackknife
  static Optional<Interval> of(
      double r, double step, double variance, double jackknife, double degrees, double confidence) {
    Demand.between0And1(confidence, "confidence");
    if (Double.isNaN(r)) {
      return Optional.empty();
    }
    double within = Math.clamp(r, -1 + step / 2, 1 - step / 2);
    double normal = -Tails.NORMAL.inverseCumulativeProbability((1 - confidence) / 2);
    double t = Tails.tQuantileBothSides(confidence, degrees);
    double half =
        Double.isNaN(jackknife)
            ? Double.POSITIVE_INFINITY
            : Math.max(
                normal * Math.sqrt(variance),
                t * Math.sqrt(jackknife) / ((1 - within) * (1 + within)));
    double z = (Math.log1p(within) - Math.log1p(-within)) / 2;
    return Optional.of(
        new Interval(Math.min(r, Math.tanh(z - half)), Math.max(r, Math.tanh(z + half))));
  }

  /// Variance by leaving out each pair in turn: sum over strata of (n - 1) / n times the sum of
  /// squares about the mean of the stratum.
  ///
  /// @param leftOut the coefficient without each pair, one array for each stratum
  static double jackknife(List<double[]> leftOut) {
    double variance = 0;
    for (double[] stratum : leftOut) {
      double mean = 0;
      for (double value : stratum) {
        mean += value / stratum.length;
      }
      double squares = 0;
      for (double value : stratum) {
        squares += (value - mean) * (value - mean);
      }
      variance += squares * (stratum.length - 1) / stratum.length;
    }
    return variance;
  }
}
