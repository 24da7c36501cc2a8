package org.vaescape.analysis;

import org.apache.commons.statistics.distribution.ChiSquaredDistribution;

/// How far runs of one setting lie apart, and with how many degrees of freedom that is known.
///
/// @param deviation of a single run about the mean of its setting, at least 0; on a log scale where
///   the outcome is the logarithm of a loss
/// @param degreesBefore known without the repeats that are compared (a pilot); 0 for none, infinite
///   for noise that is known
/// @param degreesPerRepeat what each repeat after the first adds: 1 where a setting tells its own
///   noise, the number of cells where it is pooled over cells
public record RunNoise(double deviation, double degreesBefore, double degreesPerRepeat) {
  public RunNoise {
    Demand.that(
        deviation >= 0 && Double.isFinite(deviation),
        "a deviation must be finite and at least 0 but is " + deviation);
    Demand.that(
        degreesBefore >= 0 && degreesPerRepeat >= 0,
        "degrees of freedom must be at least 0 but are "
            + degreesBefore
            + " and "
            + degreesPerRepeat
            + " for each repeat");
  }

  /// Of an estimate that stays as it is whatever is repeated.
  ///
  /// @param degrees above 0
  public static RunNoise given(double deviation, double degrees) {
    return new RunNoise(deviation, degrees, 0);
  }

  /// Estimated from the repeats themselves, over this many cells that are taken to be equally
  /// noisy. Part of the library: what `analyze` prints goes by noise that is [#given].
  ///
  /// @param cells 1 for a setting by itself; one fewer than there are where repeats are crossed
  ///   with the cells and what they shift is taken off
  public static RunNoise pooled(double deviation, double cells) {
    return new RunNoise(deviation, 0, cells);
  }

  /// Degrees of freedom of the variance when there are this many repeats of each cell.
  ///
  /// @throws IllegalArgumentException where there are none, so that no noise is known
  double degrees(int repeats) {
    Demand.that(repeats >= 1, "repeats must be at least 1 but are " + repeats);
    // 0 repeats more of infinitely many cells add nothing, not NaN.
    double added = repeats == 1 ? 0 : degreesPerRepeat * (repeats - 1);
    double degrees = degreesBefore + added;
    Demand.that(degrees > 0, repeats + " repeats leave no degree of freedom to tell noise by");
    return degrees;
  }

  /// Variance of the mean of this many repeats.
  double ofMean(int repeats) {
    return deviation * deviation / repeats;
  }

  /// Noise as large as it may be: the upper confidence bound of the deviation, s sqrt(f /
  /// chi-squared quantile), for independent normal runs.
  ///
  /// Repeats planned for it suffice with the probability `confidence`, where repeats planned for
  /// the estimate suffice about every other time (Browne 1995, Statistics in Medicine 14:1933).
  ///
  /// @param confidence between 0 and 1, on one side
  /// @param repeats that the estimate at hand comes from
  public RunNoise upper(double confidence, int repeats) {
    Demand.between0And1(confidence, "confidence");
    double degrees = degrees(repeats);
    double factor =
        Double.isInfinite(degrees)
            ? 1
            : degrees
                / ChiSquaredDistribution.of(degrees).inverseCumulativeProbability(1 - confidence);
    return new RunNoise(deviation * Math.sqrt(factor), degreesBefore, degreesPerRepeat);
  }
}
