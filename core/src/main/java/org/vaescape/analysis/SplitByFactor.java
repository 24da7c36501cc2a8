package org.vaescape.analysis;

import java.util.ArrayList;
import java.util.List;

/// The interaction of repeats, each with a split of its own, and one factor: what a split does to
/// the runs at one level and not to those at others.
///
/// @param axis place of the factor
/// @param stride values from one level to the next
/// @param perLevel cells of each level
record SplitByFactor(int axis, int levels, int repeats, int stride, int perLevel) {

  /// Of every factor of a crossed grid.
  static List<SplitByFactor> of(RepeatedGrid design) {
    List<SplitByFactor> all = new ArrayList<>();
    int stride = design.cells() * design.repeats();
    for (int axis = 0; axis < design.factors().size(); axis++) {
      int levels = design.factors().get(axis).levels();
      stride /= levels;
      all.add(new SplitByFactor(axis, levels, design.repeats(), stride, design.cells() / levels));
    }
    return all;
  }

  int degreesOfFreedom() {
    return (repeats - 1) * (levels - 1);
  }

  /// In units of the variance of a run: its expectation where there is no such interaction.
  ///
  /// @param values as in a [BalancedGrid] of the design
  double meanSquare(double[] values) {
    double sum = 0;
    for (double contrast : contrasts(values)) {
      sum += contrast * contrast;
    }
    return perLevel * sum / degreesOfFreedom();
  }

  void takeOff(double[] values) {
    double[] contrasts = contrasts(values);
    for (int i = 0; i < values.length; i++) {
      values[i] -= contrasts[place(i)];
    }
  }

  /// Adds to all runs of a level in a repeat what is given at the place of both, less its mean over
  /// levels, which is the block's.
  void add(double[] values, double[] shifts) {
    centre(shifts);
    for (int i = 0; i < values.length; i++) {
      values[i] += shifts[place(i)];
    }
  }

  /// Number of places: a level and a repeat each.
  int places() {
    return levels * repeats;
  }

  private int place(int value) {
    return value / stride % levels * repeats + value % repeats;
  }

  /// Means by level and repeat, less those of the level and of the repeat.
  private double[] contrasts(double[] values) {
    double[] means = new double[places()];
    for (int i = 0; i < values.length; i++) {
      means[place(i)] += values[i] / perLevel;
    }
    for (int from = 0; from < means.length; from += repeats) {
      double mean = 0;
      for (int r = 0; r < repeats; r++) {
        mean += means[from + r] / repeats;
      }
      for (int r = 0; r < repeats; r++) {
        means[from + r] -= mean;
      }
    }
    centre(means);
    return means;
  }

  private void centre(double[] means) {
    for (int r = 0; r < repeats; r++) {
      double mean = 0;
      for (int i = r; i < means.length; i += repeats) {
        mean += means[i] / levels;
      }
      for (int i = r; i < means.length; i += repeats) {
        means[i] -= mean;
      }
    }
  }
}
