package org.vaescape.analysis;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.ToDoubleFunction;

/// A statistic of observations, and what it becomes when they are drawn anew with replacement.
///
/// Bases: Efron and Tibshirani 1993, An Introduction to the Bootstrap, chapters 13 and 14. None of
/// these intervals holds for a handful of observations: of 3 there are 10 resamples.
///
/// @param estimate the statistic of the observations themselves
/// @param replicates the statistic of each resample
/// @param jackknife the statistic without each observation in turn
public record Bootstrap(double estimate, Observations replicates, Observations jackknife) {
  /// Resamples that are given.
  ///
  /// @param statistic a finite number for as many observations, or one fewer
  /// @param resamples places in the observations, from 0; each as long as there are observations
  /// @throws IllegalArgumentException of fewer than 2 observations, no resample, or one of another
  ///   length
  public static Bootstrap given(
      Observations observations, ToDoubleFunction<Observations> statistic, List<int[]> resamples) {
    int count = observations.count();
    Demand.that(count >= 2, "a bootstrap takes at least 2 observations but got " + count);
    double[] values = observations.values();
    double[] replicates = new double[resamples.size()];
    for (int i = 0; i < replicates.length; i++) {
      int[] places = resamples.get(i);
      Demand.that(
          places.length == count,
          "a resample of " + count + " observations must be as long but has " + places.length);
      double[] drawn = new double[count];
      for (int j = 0; j < count; j++) {
        drawn[j] = values[places[j]];
      }
      replicates[i] = statistic.applyAsDouble(new Observations(drawn));
    }
    double[] jackknife = new double[count];
    for (int left = 0; left < count; left++) {
      double[] rest = new double[count - 1];
      System.arraycopy(values, 0, rest, 0, left);
      System.arraycopy(values, left + 1, rest, left, count - 1 - left);
      jackknife[left] = statistic.applyAsDouble(new Observations(rest));
    }
    return new Bootstrap(
        statistic.applyAsDouble(observations),
        new Observations(replicates),
        new Observations(jackknife));
  }

  /// Resamples drawn from a seed: equal seeds give equal bits.
  ///
  /// @param resamples how many, at least 1
  public static Bootstrap seeded(
      Observations observations,
      ToDoubleFunction<Observations> statistic,
      int resamples,
      long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    List<int[]> drawn = new ArrayList<>();
    for (int i = 0; i < resamples; i++) {
      drawn.add(random.ints(observations.count(), 0, observations.count()).toArray());
    }
    return given(observations, statistic, drawn);
  }

  /// Standard deviation of the replicates (divisor n - 1).
  public double standardError() {
    return replicates.standardDeviation();
  }

  /// From one quantile of the replicates to the other.
  ///
  /// @param confidence between 0 and 1
  public Interval percentile(double confidence) {
    Demand.between0And1(confidence, "confidence");
    return between((1 - confidence) / 2, (1 + confidence) / 2);
  }

  /// The percentile interval mirrored at the estimate, which takes a bias off rather than adding it
  /// twice.
  ///
  /// @param confidence between 0 and 1
  public Interval basic(double confidence) {
    Interval mirrored = percentile(confidence);
    return new Interval(2 * estimate - mirrored.high(), 2 * estimate - mirrored.low());
  }

  /// The interval with corrections of bias and of a spread that changes with the estimate: BCa,
  /// Efron 1987, Journal of the American Statistical Association 82:171.
  ///
  /// @param confidence between 0 and 1
  public Interval bca(double confidence) {
    Demand.between0And1(confidence, "confidence");
    return between(bcaLevel((1 - confidence) / 2), bcaLevel((1 + confidence) / 2));
  }

  /// z0 of BCa: the normal quantile of the share of replicates below the estimate, ties by half.
  ///
  /// Where all lie on one side, half a replicate is taken to lie on the other, as the quantile of 0
  /// is not finite.
  public double bias() {
    double below = 0;
    for (double replicate : replicates.values()) {
      below += replicate < estimate ? 1 : replicate == estimate ? 0.5 : 0;
    }
    int count = replicates.count();
    double share = Math.clamp(below / count, 0.5 / count, 1 - 0.5 / count);
    return Tails.NORMAL.inverseCumulativeProbability(share);
  }

  /// a of BCa: the skewness of the jackknife over 6; 0 where no observation makes a difference.
  public double acceleration() {
    double mean = jackknife.mean();
    double squares = 0;
    double cubes = 0;
    for (double value : jackknife.values()) {
      double distance = mean - value;
      squares += distance * distance;
      cubes += distance * distance * distance;
    }
    return squares == 0 ? 0 : cubes / (6 * Math.pow(squares, 1.5));
  }

  /// The quantile of the replicates that BCa takes in place of this one.
  ///
  /// Where the formula has passed its pole (the acceleration is at most 1/6, so that takes a
  /// confidence of many nines), it is the value at the pole: 0 or 1, the smallest or largest
  /// replicate.
  ///
  /// @param level between 0 and 1
  public double bcaLevel(double level) {
    double moved = bias() + Tails.NORMAL.inverseCumulativeProbability(level);
    double room = 1 - acceleration() * moved;
    if (room <= 0) {
      return moved > 0 ? 1 : 0;
    }
    return Tails.NORMAL.cumulativeProbability(bias() + moved / room);
  }

  private Interval between(double low, double high) {
    return new Interval(replicates.quantile(low), replicates.quantile(high));
  }
}
