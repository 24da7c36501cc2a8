package org.vaescape.analysis;

import java.util.Arrays;

/// Ranks from 1 for the smallest; equal numbers share the mean of theirs.
public final class Ranks {
  private Ranks() {}

  public static double[] of(double[] values) {
    double[] sorted = sorted(values);
    double[] ranks = new double[values.length];
    for (int i = 0; i < values.length; i++) {
      ranks[i] = (first(sorted, values[i]) + last(sorted, values[i])) / 2.0 + 1;
    }
    return ranks;
  }

  /// How many numbers there are of each size, those of one kind only once: `[1, 3]` of 7, 9, 9, 9.
  static int[] ties(double[] values) {
    double[] sorted = sorted(values);
    int[] ties = new int[sorted.length];
    int groups = 0;
    for (int i = 0; i < sorted.length; i++) {
      if (i == 0 || sorted[i] != sorted[i - 1]) {
        groups++;
      }
      ties[groups - 1]++;
    }
    return Arrays.copyOf(ties, groups);
  }

  /// Sum of t^3 - t over groups of t equal numbers: what corrects variances of ranks for ties.
  static double tieTerm(double[] values) {
    double sum = 0;
    for (int t : ties(values)) {
      sum += (double) t * t * t - t;
    }
    return sum;
  }

  /// Makes -0 a 0, which the order of doubles would put before it.
  private static double[] sorted(double[] values) {
    double[] sorted = new double[values.length];
    for (int i = 0; i < values.length; i++) {
      sorted[i] = values[i] + 0.0;
    }
    Arrays.sort(sorted);
    return sorted;
  }

  private static int first(double[] sorted, double value) {
    int low = 0;
    int high = sorted.length;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (sorted[middle] < value) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  private static int last(double[] sorted, double value) {
    int low = 0;
    int high = sorted.length;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (sorted[middle] <= value) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low - 1;
  }
}
