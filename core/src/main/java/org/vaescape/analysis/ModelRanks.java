package org.vaescape.analysis;

import java.util.ArrayList;
import java.util.List;

/// How treatments (models, optimizers) rank over blocks (data sets, splits); rank 1 is the lowest,
/// that is, the best outcome.
///
/// Whether there is a p is in the type: only [Tested] has any.
public sealed interface ModelRanks {
  /// Ranks of a table of outcomes.
  ///
  /// @param outcomes one row for each block, one column for each treatment, all finite; at least 1
  ///   block and 2 treatments
  /// @param independent whether blocks share neither data nor split nor initialization. Cells of
  ///   one grid do share them: taken for blocks they multiply one piece of evidence by their number
  static ModelRanks of(double[][] outcomes, boolean independent) {
    if (!independent) {
      return new Described(
          outcomes.length,
          means(outcomes),
          "no p: the blocks are not independent, so that every p would be too small");
    }
    if (outcomes.length < 2) {
      return new Described(
          outcomes.length, means(outcomes), "no p: a test takes at least 2 blocks");
    }
    return Tested.of(outcomes);
  }

  /// How many.
  int blocks();

  /// Of each treatment, over blocks; equal outcomes share the mean of their ranks.
  double[] meanRanks();

  /// Mean ranks of which no test is valid.
  ///
  /// @param reason a sentence for the reader
  record Described(int blocks, double[] meanRanks, String reason) implements ModelRanks {
    public Described {
      meanRanks = meanRanks.clone();
    }

    /// A copy, as the constructor's was copied.
    @Override
    public double[] meanRanks() {
      return meanRanks.clone();
    }
  }

  /// Mean ranks of independent blocks, and what tests make of them (Demsar 2006, Journal of Machine
  /// Learning Research 7:1).
  ///
  /// @param pairs all pairs of treatments: first with second, first with third, ...
  record Tested(Friedman friedman, List<Pair> pairs) implements ModelRanks {
    public Tested {
      pairs = List.copyOf(pairs);
    }

    static Tested of(double[][] outcomes) {
      Friedman friedman = Friedman.of(outcomes);
      Nemenyi nemenyi = friedman.nemenyi();
      int treatments = outcomes[0].length;
      List<WilcoxonSignedRank> tests = new ArrayList<>();
      for (int one = 0; one < treatments; one++) {
        for (int other = one + 1; other < treatments; other++) {
          double[] differences = new double[outcomes.length];
          for (int block = 0; block < differences.length; block++) {
            differences[block] = outcomes[block][one] - outcomes[block][other];
          }
          tests.add(WilcoxonSignedRank.of(differences));
        }
      }
      double[] holm =
          MultipleTests.holm(tests.stream().mapToDouble(WilcoxonSignedRank::exactP).toArray());
      List<Pair> pairs = new ArrayList<>();
      for (int one = 0; one < treatments; one++) {
        for (int other = one + 1; other < treatments; other++) {
          int pair = pairs.size();
          pairs.add(new Pair(one, other, nemenyi.p(one, other), tests.get(pair), holm[pair]));
        }
      }
      return new Tested(friedman, pairs);
    }

    @Override
    public int blocks() {
      return friedman.blocks();
    }

    @Override
    public double[] meanRanks() {
      return friedman.averageRanks();
    }

    /// The smallest difference of mean ranks that counts by Nemenyi's test.
    ///
    /// @param significance between 0 and 1: 0.05
    public double criticalDifference(double significance) {
      return friedman.nemenyi().criticalDifference(significance);
    }

    /// The smallest Holm p that so few blocks can give to a pair, all pairs counted: where it is
    /// above the level, a pair that is not found says nothing.
    public double smallestHolmP() {
      return Math.min(1, pairs.size() * Math.pow(2, 1.0 - blocks()));
    }
  }

  /// Two treatments.
  ///
  /// @param one place of the first, from 0
  /// @param other place of the second
  /// @param nemenyiP of their mean ranks, for all pairs at once
  /// @param wilcoxon of their differences, first less second, in each block
  /// @param holmP exact p of `wilcoxon`, corrected for the number of pairs
  record Pair(int one, int other, double nemenyiP, WilcoxonSignedRank wilcoxon, double holmP) {}

  private static double[] means(double[][] outcomes) {
    Demand.that(outcomes.length >= 1, "there must be at least one block");
    double[] means = new double[outcomes[0].length];
    Demand.that(means.length >= 2, "there must be at least 2 treatments but are " + means.length);
    for (double[] block : outcomes) {
      Demand.that(
          block.length == means.length,
          "every block must have " + means.length + " treatments but one has " + block.length);
      Demand.finite(block, "outcomes of a block");
      double[] ranks = Ranks.of(block);
      for (int i = 0; i < means.length; i++) {
        means[i] += ranks[i] / outcomes.length;
      }
    }
    return means;
  }
}
