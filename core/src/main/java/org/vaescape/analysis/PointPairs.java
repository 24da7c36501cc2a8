package org.vaescape.analysis;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.vaescape.search.SobolSequence;

/// Pairs of settings, independent and spread evenly over all axes, each with an order in which the
/// inputs of one are exchanged for those of the other.
///
/// @param pairs as [MixedFunction] takes them
/// @param orders one for each pair, a permutation of the inputs
record PointPairs(double[][] pairs, int[][] orders) {
  /// From a scrambled Sobol' sequence of twice the inputs; each order is random.
  ///
  /// @param axes at most [ForestEffects#MOST_INPUTS]
  /// @param points a power of 2
  static PointPairs of(List<Axis> axes, int points, long seed) {
    int inputs = axes.size();
    SobolSequence sequence = SobolSequence.scrambled(2 * inputs, seed);
    SplittableRandom random = new SplittableRandom(seed);
    double[][] pairs = new double[points][2 * inputs];
    int[][] orders = new int[points][];
    for (int i = 0; i < points; i++) {
      double[] shares = sequence.point(i);
      for (int j = 0; j < shares.length; j++) {
        pairs[i][j] = on(axes.get(j / 2), shares[j]);
      }
      orders[i] = permutation(inputs, random);
    }
    return new PointPairs(pairs, orders);
  }

  int count() {
    return pairs.length;
  }

  /// The first pairs, which are as even if they are a power of 2.
  PointPairs first(int count) {
    return new PointPairs(Arrays.copyOf(pairs, count), Arrays.copyOf(orders, count));
  }

  /// The value that has a share of the axis below it.
  ///
  /// @param share from 0, below 1
  static double on(Axis axis, double share) {
    return switch (axis) {
      case Axis.Real real -> Math.min(real.low() + share * (real.high() - real.low()), real.high());
      case Axis.Levels levels -> (int) (share * levels.count());
    };
  }

  static int[] permutation(int size, SplittableRandom random) {
    int[] order = new int[size];
    for (int i = 0; i < size; i++) {
      int j = random.nextInt(i + 1);
      order[i] = order[j];
      order[j] = i;
    }
    return order;
  }
}
