package org.vaescape.analysis;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/// The different settings among runs, each with the outcomes of its repeats, in an order that does
/// not depend on that of the runs.
final class DistinctSettings {
  private final List<Axis> axes;
  private final double[][] x; // settings x inputs, NaN where absent
  private final double[] mean; // of each setting, from the mean of all settings
  private final double[] meanSquare;
  private final int[] repeats;
  private final double noise;
  private final int[][] sorted; // for each input that is never absent, settings by value

  DistinctSettings(ConditionalRuns conditional) {
    Evaluations runs = conditional.runs();
    axes = runs.axes();
    List<int[]> groups = groups(conditional);
    int settings = groups.size();
    x = new double[settings][axes.size()];
    mean = new double[settings];
    meanSquare = new double[settings];
    repeats = new int[settings];
    double first =
        runs.y()[groups.getFirst()[0]]; // from it, so that equal outcomes leave exactly nothing
    double center = 0;
    for (int i = 0; i < settings; i++) {
      int[] group = groups.get(i);
      for (int input = 0; input < axes.size(); input++) {
        x[i][input] = conditional.x(group[0], input);
      }
      repeats[i] = group.length;
      for (int run : group) {
        mean[i] += (runs.y()[run] - first) / group.length;
      }
      center += mean[i] / settings;
    }
    double within = 0;
    for (int i = 0; i < settings; i++) {
      double squares = 0;
      for (int run : groups.get(i)) {
        double deviation = runs.y()[run] - first - mean[i];
        squares += deviation * deviation;
      }
      within += squares;
      mean[i] -= center;
      meanSquare[i] = mean[i] * mean[i] + squares / repeats[i];
    }
    noise = within / (runs.runs() - settings);
    sorted = new int[axes.size()][];
    for (int input = 0; input < sorted.length; input++) {
      sorted[input] = isEverAbsent(input) ? new int[0] : sorted(input, x);
    }
  }

  int count() {
    return x.length;
  }

  List<Axis> axes() {
    return axes;
  }

  /// Mean outcome of a setting, from the mean of all settings.
  double mean(int setting) {
    return mean[setting];
  }

  /// Mean square of a setting's outcomes, from the mean of all settings.
  double meanSquare(int setting) {
    return meanSquare[setting];
  }

  /// Variance of runs of equal settings, NaN where there are none.
  double noise() {
    return noise;
  }

  /// A setting, and another one drawn, as [MixedFunction] takes them.
  void pair(int setting, double[] pair, SplittableRandom random) {
    for (int input = 0; input < axes.size(); input++) {
      pair[2 * input] = PointPairs.on(axes.get(input), random.nextDouble());
      pair[2 * input + 1] = value(setting, input, random);
    }
  }

  /// Value of an input, drawn where it is absent: all are as good, as they do nothing.
  private double value(int setting, int input, SplittableRandom random) {
    double value = x[setting][input];
    return Double.isNaN(value) ? PointPairs.on(axes.get(input), random.nextDouble()) : value;
  }

  /// A tree grown on some of the settings, and on values drawn for what is absent: an input that is
  /// absent with other inputs' levels says nothing about them.
  ///
  /// @param drawn how often each setting counts
  RegressionTree grow(int[] drawn, SplittableRandom random) {
    double[] values = new double[x.length * axes.size()];
    double[][] filled = new double[x.length][axes.size()];
    int[] weights = new int[x.length];
    for (int i = 0; i < x.length; i++) {
      for (int input = 0; input < axes.size(); input++) {
        filled[i][input] = value(i, input, random);
      }
      System.arraycopy(filled[i], 0, values, i * axes.size(), axes.size());
      weights[i] = drawn[i] * repeats[i];
    }
    int[][] order = new int[axes.size()][];
    for (int input = 0; input < order.length; input++) {
      order[input] = sorted[input].length == 0 ? sorted(input, filled) : sorted[input];
    }
    return TreeGrower.grow(new Evaluations(axes, values, mean), order, weights, random);
  }

  private boolean isEverAbsent(int input) {
    return Arrays.stream(x).anyMatch(setting -> Double.isNaN(setting[input]));
  }

  private static int[] sorted(int input, double[][] x) {
    return IntStream.range(0, x.length)
        .boxed()
        .sorted(Comparator.comparingDouble(setting -> x[setting][input]))
        .mapToInt(setting -> setting)
        .toArray();
  }

  /// Runs of equal settings, by setting and by outcome.
  private static List<int[]> groups(ConditionalRuns conditional) {
    Evaluations runs = conditional.runs();
    Comparator<Integer> bySetting =
        (one, other) -> {
          int order = 0;
          for (int input = 0; input < runs.inputs() && order == 0; input++) {
            order = Double.compare(conditional.x(one, input), conditional.x(other, input));
          }
          return order;
        };
    List<Integer> ordered = new ArrayList<>(IntStream.range(0, runs.runs()).boxed().toList());
    ordered.sort(bySetting.thenComparingDouble(run -> runs.y()[run]));
    List<int[]> groups = new ArrayList<>();
    int from = 0;
    for (int i = 1; i <= ordered.size(); i++) {
      if (i == ordered.size() || bySetting.compare(ordered.get(from), ordered.get(i)) != 0) {
        groups.add(ordered.subList(from, i).stream().mapToInt(run -> run).toArray());
        from = i;
      }
    }
    return groups;
  }
}
