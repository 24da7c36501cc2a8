package org.vaescape.analysis;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/// Functional ANOVA of a random forest (Hutter, Hoos and Leyton-Brown 2014, algorithms 1 and 2):
/// how much of the variation of each tree over all settings comes from one input alone, and from
/// two together beyond what each does alone.
///
/// All settings count equally, wherever runs were made. The marginals are exact, so shares of one
/// tree, of all orders, sum to 1. Trees follow noise, so that it is in every share, also in that of
/// what does nothing, and most of all in interactions; [ForestEffects] takes it off. What is left
/// over by [#main] and [#interaction] is noise as well as interaction of three and more.
///
/// @param inputs number of inputs
/// @param shares for each tree that varies at all, its main effects in the order of the inputs,
///   then, if asked for, the pairs (0, 1), (0, 2), ..., (1, 2), ...; never written to
public record FunctionalAnova(int inputs, List<double[]> shares) {
  /// Pairs take time in the square of runs.
  public static final int MOST_RUNS_OF_PAIRS = 10_000;

  public FunctionalAnova {
    shares = List.copyOf(shares);
  }

  public static FunctionalAnova of(RandomForest forest) {
    return of(forest.axes(), forest.trees().parallelStream(), true);
  }

  /// Of a forest of [RandomForest#TREES] trees, which are not kept; without pairs beyond
  /// [#MOST_RUNS_OF_PAIRS].
  public static FunctionalAnova of(ConditionalRuns runs, long seed) {
    return of(runs, runs.runs().runs() <= MOST_RUNS_OF_PAIRS, seed);
  }

  static FunctionalAnova of(ConditionalRuns runs, boolean pairs, long seed) {
    return of(runs.runs().axes(), RandomForest.grown(runs, RandomForest.TREES, seed), pairs);
  }

  private static FunctionalAnova of(List<Axis> axes, Stream<RegressionTree> trees, boolean pairs) {
    return new FunctionalAnova(
        axes.size(),
        trees
            .map(tree -> Regions.of(tree, axes))
            .filter(regions -> regions.variance() > 0)
            .map(regions -> shares(regions, pairs))
            .toList());
  }

  /// Share of an input alone.
  public Share main(int input) {
    return share(input);
  }

  /// Share of two inputs beyond their main effects; their order does not matter.
  public Share interaction(int one, int other) {
    Demand.that(one != other, "input " + one + " has no interaction with itself");
    Demand.that(
        shares.stream().allMatch(tree -> tree.length > inputs),
        "pairs are not among these shares, as of more than " + MOST_RUNS_OF_PAIRS + " runs");
    return share(new EffectIndex(inputs).pair(one, other));
  }

  private Share share(int effect) {
    double[] ofTrees = shares.stream().mapToDouble(tree -> tree[effect]).toArray();
    double mean = Arrays.stream(ofTrees).sum() / ofTrees.length;
    double squares = Arrays.stream(ofTrees).map(s -> (s - mean) * (s - mean)).sum();
    return new Share(mean, Math.sqrt(squares / ofTrees.length));
  }

  private static double[] shares(Regions regions, boolean pairs) {
    double variance = regions.variance();
    return Arrays.stream(effects(regions, pairs)).map(effect -> effect / variance).toArray();
  }

  /// Variances of the effects of one tree.
  private static double[] effects(Regions regions, boolean pairs) {
    int inputs = regions.inputs();
    double mean = regions.mean();
    double[][] main = new double[inputs][];
    double[] effects = new double[pairs ? new EffectIndex(inputs).total(0) : inputs];
    for (int input = 0; input < inputs; input++) {
      main[input] = regions.marginal(input, mean);
      for (int cell = 0; cell < main[input].length; cell++) {
        effects[input] += regions.width(input, cell) * main[input][cell] * main[input][cell];
      }
    }
    int effect = inputs;
    for (int first = 0; pairs && first < inputs; first++) {
      for (int second = first + 1; second < inputs; second++) {
        effects[effect++] = interaction(regions, main, first, second, mean);
      }
    }
    return effects;
  }

  private static double interaction(
      Regions regions, double[][] main, int first, int second, double mean) {
    double[] alone = main[first];
    double[] other = main[second];
    if (alone.length == 1 || other.length == 1) {
      return 0; // an input that no split asks for
    }
    double[][] joint = regions.marginal(first, second, mean);
    double variance = 0;
    for (int a = 0; a < alone.length; a++) {
      double row = 0;
      for (int b = 0; b < other.length; b++) {
        double beyond = joint[a][b] - alone[a] - other[b];
        row += regions.width(second, b) * beyond * beyond;
      }
      variance += regions.width(first, a) * row;
    }
    return variance;
  }

  /// A share of the variance, 0 to 1, over the trees of a forest.
  ///
  /// @param mean NaN where no tree varies, as with a constant outcome
  /// @param spread standard deviation over the trees (divisor: their number). It says how much
  ///   trees differ, not how sure the mean is
  public record Share(double mean, double spread) {}
}
