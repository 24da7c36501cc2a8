package org.vaescape.analysis;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// A random forest for regression (Breiman 2001, 10.1023/A:1010933404324): trees that are grown to
/// single runs, or to equal outcomes, on bootstrap samples, with all inputs open to each split.
///
/// It is the surface that [FunctionalAnova] takes apart.
public record RandomForest(List<Axis> axes, List<RegressionTree> trees) {
  /// As many as Hutter et al. 2014 and Optuna grow.
  public static final int TREES = 64;

  public RandomForest {
    axes = List.copyOf(axes);
    trees = List.copyOf(trees);
    if (trees.isEmpty()) {
      throw new IllegalArgumentException("a forest must have at least one tree");
    }
  }

  /// A forest of [#TREES] trees.
  public static RandomForest fit(Evaluations evaluations, long seed) {
    return fit(evaluations, TREES, seed);
  }

  /// Equal arguments give equal bits. The first trees of a larger forest are those of a smaller
  /// one.
  public static RandomForest fit(Evaluations evaluations, int trees, long seed) {
    return new RandomForest(
        evaluations.axes(), grown(ConditionalRuns.complete(evaluations), trees, seed).toList());
  }

  /// Trees, grown as they are asked for. Where an input is absent each has values drawn anew, so
  /// that none tells what is absent.
  static Stream<RegressionTree> grown(ConditionalRuns runs, int trees, long seed) {
    int inputs = runs.runs().inputs();
    int[][] sorted = new int[inputs][];
    Arrays.setAll(sorted, input -> sorted(runs.runs(), input));
    int[] absent = IntStream.range(0, inputs).filter(runs::isEverAbsent).toArray();
    SplittableRandom random = new SplittableRandom(seed);
    List<SplittableRandom> chances = Stream.generate(random::split).limit(trees).toList();
    return chances.parallelStream().map(chance -> grow(runs, sorted, absent, chance));
  }

  /// @param absent inputs that some runs do not have
  private static RegressionTree grow(
      ConditionalRuns runs, int[][] sorted, int[] absent, SplittableRandom chance) {
    Evaluations filled = absent.length == 0 ? runs.runs() : runs.filled(chance);
    int[][] order = sorted.clone();
    for (int input : absent) {
      order[input] = sorted(filled, input);
    }
    return TreeGrower.grow(filled, order, chance);
  }

  /// Mean of the trees at a setting, one number for each input.
  public double predict(double[] x) {
    double sum = 0;
    for (RegressionTree tree : trees) {
      sum += tree.predict(x);
    }
    return sum / trees.size();
  }

  /// Mean decrease in impurity of each input, summing to 1: the part of a tree's fall of squared
  /// deviation that splits on it bring (Breiman et al. 1984), averaged over trees. All NaN where no
  /// tree has a split, as with a constant outcome.
  ///
  /// It counts what the runs at hand show, wherever they lie, and noise that deep splits fit;
  /// inputs of many values gain by that.
  public double[] impurityDecreases() {
    double[] sums = new double[axes.size()];
    int grown = 0;
    for (RegressionTree tree : trees) {
      double[] decreases = new double[axes.size()];
      add(tree, decreases);
      double total = IntStream.range(0, decreases.length).mapToDouble(i -> decreases[i]).sum();
      if (total > 0) {
        grown++;
        for (int i = 0; i < sums.length; i++) {
          sums[i] += decreases[i] / total;
        }
      }
    }
    for (int i = 0; i < sums.length; i++) {
      sums[i] /= grown;
    }
    return sums;
  }

  private static void add(RegressionTree tree, double[] decreases) {
    if (tree instanceof RegressionTree.Branch branch) {
      decreases[branch.split().axis()] += branch.decrease();
      add(branch.left(), decreases);
      add(branch.right(), decreases);
    }
  }

  /// Runs by value of an input; of equal ones in their own order.
  private static int[] sorted(Evaluations evaluations, int input) {
    return IntStream.range(0, evaluations.runs())
        .boxed()
        .sorted(Comparator.comparingDouble(run -> evaluations.x(run, input)))
        .mapToInt(run -> run)
        .toArray();
  }
}
