package org.vaescape.analysis;

import java.util.Arrays;

/// Numbers of one kind, at least one and all finite, and what describes them.
public record Observations(double[] values) {
  public Observations {
    values = values.clone();
    Demand.that(values.length > 0, "there must be at least one observation");
    Demand.finite(values, "observations");
  }

  /// A copy, as the constructor's was copied.
  @Override
  public double[] values() {
    return values.clone();
  }

  public int count() {
    return values.length;
  }

  public double mean() {
    double sum = 0;
    for (double value : values) {
      sum += value;
    }
    return sum / values.length;
  }

  /// Square root of the variance with divisor n - 1; `NaN` of a single observation.
  public double standardDeviation() {
    double mean = mean();
    double squares = 0;
    for (double value : values) {
      squares += (value - mean) * (value - mean);
    }
    return values.length == 1 ? Double.NaN : Math.sqrt(squares / (values.length - 1));
  }

  public double median() {
    return quantile(0.5);
  }

  /// Linear between order statistics, the smallest at 0 and the largest at 1: type 7 of Hyndman and
  /// Fan 1996, The American Statistician 50:361, as numpy and R have it.
  ///
  /// @param at from 0 to 1
  public double quantile(double at) {
    Demand.that(at >= 0 && at <= 1, "a quantile must be asked from 0 to 1 but was at " + at);
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    double place = at * (sorted.length - 1);
    int below = (int) place;
    double low = sorted[below];
    double high = sorted[Math.min(below + 1, sorted.length - 1)];
    return low + (place - below) * (high - low);
  }

  /// Student's interval of the mean: mean +- t s / sqrt(n), for independent normal observations.
  ///
  /// @param confidence between 0 and 1
  /// @throws IllegalArgumentException of a single observation, which does not tell its own spread
  public Interval meanInterval(double confidence) {
    Demand.between0And1(confidence, "confidence");
    Demand.that(count() >= 2, "an interval of the mean takes at least 2 observations but got 1");
    double t = Tails.tQuantileBothSides(confidence, count() - 1);
    double half = t * standardDeviation() / Math.sqrt(count());
    return new Interval(mean() - half, mean() + half);
  }
}
