package org.vaescape.analysis;

import java.util.Arrays;
import java.util.SplittableRandom;

/// Shares from forests on halves of the settings, which tell how much hangs on the settings at hand
/// and on their number.
///
/// A half without replacement differs from the whole by as much as the whole from the truth (Shao
/// and Wu 1989, 10.1214/aos/1176347263), and has no setting twice: forests on resamples with
/// replacement see but 0.63 of the settings, and two thirds of these again out of bag.
///
/// @param means by [EffectIndex], over all halves
/// @param spreads root of the mean over pairs of halves of ((one - the other) / 2)^2
record Halvings(double[] means, double[] spreads) {
  /// Pairs of halves. Student's t for as many degrees of freedom is 2.3 where the normal quantile
  /// is 2.0; twice the pairs would be 2.1.
  static final int PAIRS = 8;

  /// @param trees of each forest
  static Halvings of(
      DistinctSettings settings, int trees, PointPairs points, SplittableRandom random) {
    int count = settings.count();
    double[] means = new double[new EffectIndex(settings.axes().size()).size()];
    double[] spreads = new double[means.length];
    for (int pair = 0; pair < PAIRS; pair++) {
      int[] order = PointPairs.permutation(count, random);
      int[] front = Arrays.copyOf(order, count / 2);
      int[] back = Arrays.copyOfRange(order, count / 2, count);
      ForestShares one = shares(settings, front, trees, points, random.nextLong());
      ForestShares other = shares(settings, back, trees, points, random.nextLong());
      for (int effect = 0; effect < means.length; effect++) {
        double difference = (one.share(effect) - other.share(effect)) / 2;
        spreads[effect] += difference * difference / PAIRS;
        means[effect] += (one.share(effect) + other.share(effect)) / 2 / PAIRS;
      }
    }
    Arrays.setAll(spreads, effect -> Math.sqrt(spreads[effect]));
    return new Halvings(means, spreads);
  }

  private static ForestShares shares(
      DistinctSettings settings, int[] half, int trees, PointPairs points, long seed) {
    return ForestSums.of(settings, half, trees, points, seed).shares(points.count());
  }
}
