package org.vaescape.analysis.runs;

import java.util.Arrays;
import java.util.List;

/// What each repeat shifts in the losses of all settings alike, such as an easy split, where some
/// runs have none: by least squares of settings + repeats, one of the two in turn from the other.
///
/// @param ofRepeats sum 0
record RepeatShifts(double[] ofRepeats) {
  private static final int MOST_TURNS = 1000;

  /// Part of the largest shift that a turn may still change.
  private static final double EXACT = 1e-12;

  /// @param losses by setting and repeat, `NaN` where there is none
  static RepeatShifts of(List<double[]> losses, int repeats) {
    double[] shifts = new double[repeats];
    for (int turn = 0; turn < MOST_TURNS; turn++) {
      double[] better = turn(losses, shifts);
      double change = 0;
      double largest = 0;
      for (int r = 0; r < repeats; r++) {
        change = Math.max(change, Math.abs(better[r] - shifts[r]));
        largest = Math.max(largest, Math.abs(better[r]));
      }
      shifts = better;
      if (change <= EXACT * largest) {
        break;
      }
    }
    return new RepeatShifts(shifts);
  }

  /// Mean in each repeat of how far losses are off the mean of their setting.
  private static double[] turn(List<double[]> losses, double[] shifts) {
    double[] sums = new double[shifts.length];
    int[] counts = new int[shifts.length];
    for (double[] own : losses) {
      double mean = new RepeatShifts(shifts).without(own);
      for (int r = 0; r < own.length; r++) {
        if (Double.isFinite(own[r])) {
          sums[r] += own[r] - mean;
          counts[r]++;
        }
      }
    }
    for (int r = 0; r < sums.length; r++) {
      sums[r] = counts[r] == 0 ? 0 : sums[r] / counts[r];
    }
    double middle = Arrays.stream(sums).average().orElseThrow();
    return Arrays.stream(sums).map(sum -> sum - middle).toArray();
  }

  /// Mean of a setting over the repeats in which it has a loss, without what these shift; `NaN` if
  /// it has none.
  double without(double[] losses) {
    double sum = 0;
    int count = 0;
    for (int r = 0; r < losses.length; r++) {
      if (Double.isFinite(losses[r])) {
        sum += losses[r] - ofRepeats[r];
        count++;
      }
    }
    return sum / count; // 0 / 0
  }
}
