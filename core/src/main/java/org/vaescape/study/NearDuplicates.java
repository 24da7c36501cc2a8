package org.vaescape.study;

import java.util.ArrayList;
import java.util.List;
import org.vaescape.data.Part;

/// Samples of two parts that are the same measurement, or as good as that.
final class NearDuplicates {
  /// Mean squared difference over the mean squared distance from the training mean: two unrelated
  /// samples have about 2, replicates of one library about 0.02.
  private static final double CLOSE = 0.01;

  /// Genes of the first look, spread over all; enough to rule out nearly every pair.
  private static final int FIRST_LOOK = 64;

  private NearDuplicates() {}

  /// @param validation name of the validation sample
  /// @param training name of the first training sample that is like it
  record Pair(String validation, String training) {}

  /// One pair for each validation sample that has a near duplicate in training, in its order.
  static List<Pair> across(Part training, Part validation) {
    double[] spread = spread(training);
    int genes = training.genes();
    int[] look = new int[Math.min(FIRST_LOOK, genes)];
    double around = 0;
    double all = 0;
    for (int i = 0; i < look.length; i++) {
      look[i] = (int) ((long) i * genes / look.length);
      around += spread[look[i]];
    }
    for (double variance : spread) {
      all += variance;
    }
    List<Pair> pairs = new ArrayList<>();
    for (int v = 0; v < validation.size(); v++) {
      for (int t = 0; t < training.size(); t++) {
        // Four times the limit: the first look is a sample of the genes.
        if (distance(training, t, validation, v, look, 4 * CLOSE * around) <= 4 * CLOSE * around
            && distance(training, t, validation, v, CLOSE * all) <= CLOSE * all) {
          pairs.add(new Pair(validation.samples().get(v), training.samples().get(t)));
          break;
        }
      }
    }
    return pairs;
  }

  /// Variance of each gene.
  private static double[] spread(Part part) {
    double[] sum = new double[part.genes()];
    double[] squares = new double[part.genes()];
    for (int i = 0; i < part.values().length; i++) {
      double value = part.values()[i];
      sum[i % part.genes()] += value;
      squares[i % part.genes()] += value * value;
    }
    for (int gene = 0; gene < sum.length; gene++) {
      double mean = sum[gene] / part.size();
      squares[gene] = Math.max(0, squares[gene] / part.size() - mean * mean);
    }
    return squares;
  }

  /// Squared distance over some genes; not finished once it is beyond `limit`.
  private static double distance(
      Part training, int t, Part validation, int v, int[] genes, double limit) {
    double sum = 0;
    for (int i = 0; i < genes.length && sum <= limit; i++) {
      double difference =
          training.values()[t * training.genes() + genes[i]]
              - validation.values()[v * validation.genes() + genes[i]];
      sum += difference * difference;
    }
    return sum;
  }

  private static double distance(Part training, int t, Part validation, int v, double limit) {
    int genes = training.genes();
    double sum = 0;
    for (int gene = 0; gene < genes && sum <= limit; gene++) {
      double difference =
          training.values()[t * genes + gene] - validation.values()[v * genes + gene];
      sum += difference * difference;
    }
    return sum;
  }
}
