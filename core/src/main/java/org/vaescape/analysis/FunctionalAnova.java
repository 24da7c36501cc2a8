package org.vaescape.analysis;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// Functional ANOVA of a random forest (Hutter, Hoos and Leyton-Brown 2014, algorithms 1 and 2):
/// how much of the variation of each tree over all settings comes from one input alone, and from
/// two together beyond what each does alone.
///
/// All settings count equally, wherever runs were made. The marginals are exact, so shares of one
/// tree, of all orders, sum to 1. Repeated runs and their noise widen the forest's surface; what is
/// left over by [#main] and [#interaction] is noise as well as interaction of three and more.
///
/// @param inputs number of inputs
/// @param shares for each tree that varies at all, its main effects in the order of the inputs,
///   then the pairs (0, 1), (0, 2), ..., (1, 2), ...; never written to
public record FunctionalAnova(int inputs, List<double[]> shares) {
  public FunctionalAnova {
    shares = List.copyOf(shares);
  }

  public static FunctionalAnova of(RandomForest forest) {
    List<double[]> shares = new ArrayList<>();
    for (RegressionTree tree : forest.trees()) {
      Regions regions = Regions.of(tree, forest.axes());
      double variance = regions.variance();
      if (variance > 0) {
        double[] effects = effects(regions);
        for (int i = 0; i < effects.length; i++) {
          effects[i] /= variance;
        }
        shares.add(effects);
      }
    }
    return new FunctionalAnova(forest.axes().size(), shares);
  }

  /// Share of an input alone.
  public Share main(int input) {
    return share(input);
  }

  /// Share of two inputs beyond their main effects; their order does not matter.
  public Share interaction(int one, int other) {
    int first = Math.min(one, other);
    int second = Math.max(one, other);
    if (first == second) {
      throw new IllegalArgumentException("input " + one + " has no interaction with itself");
    }
    // Pairs that begin with an earlier input stand before it.
    int before = first * (2 * inputs - first - 1) / 2;
    return share(inputs + before + second - first - 1);
  }

  private Share share(int effect) {
    double[] ofTrees = shares.stream().mapToDouble(tree -> tree[effect]).toArray();
    double mean = Arrays.stream(ofTrees).sum() / ofTrees.length;
    double squares = Arrays.stream(ofTrees).map(s -> (s - mean) * (s - mean)).sum();
    return new Share(mean, Math.sqrt(squares / ofTrees.length));
  }

  /// Variances of the effects of one tree.
  private static double[] effects(Regions regions) {
    int inputs = regions.inputs();
    double mean = regions.mean();
    double[][] main = new double[inputs][];
    double[] effects = new double[inputs + inputs * (inputs - 1) / 2];
    for (int input = 0; input < inputs; input++) {
      main[input] = regions.marginal(input, mean);
      for (int cell = 0; cell < main[input].length; cell++) {
        effects[input] += regions.width(input, cell) * main[input][cell] * main[input][cell];
      }
    }
    int effect = inputs;
    for (int first = 0; first < inputs; first++) {
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
