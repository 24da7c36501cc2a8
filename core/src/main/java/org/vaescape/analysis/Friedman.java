package org.vaescape.analysis;

/// Friedman's test whether treatments rank alike in all blocks, and its sharper form by Iman and
/// Davenport.
///
/// Blocks must be independent (data sets, splits): cells of one grid are not. Rank 1 is the lowest
/// number. Friedman 1937, Journal of the American Statistical Association 32:675; Iman and
/// Davenport 1980, Communications in Statistics A9:571; Demsar 2006, Journal of Machine Learning
/// Research 7:1. Where all treatments tie in all blocks nothing differs: the statistics are 0, and
/// p is 1.
///
/// @param blocks how many, N
/// @param averageRanks of the k treatments, over blocks; equal numbers share the mean of their
///   ranks
/// @param chiSquaredUncorrected 12 N / (k (k + 1)) (sum of squared average ranks - k (k + 1)^2 / 4)
/// @param chiSquared the same divided by 1 - sum(t^3 - t) / (N (k^3 - k)) for groups of t ties
/// @param p of `chiSquared` with k - 1 degrees of freedom
/// @param imanDavenport F = (N - 1) chiSquared / (N (k - 1) - chiSquared); infinite where all
///   blocks agree
/// @param imanDavenportP of F with k - 1 and (k - 1)(N - 1) degrees of freedom
public record Friedman(
    int blocks,
    double[] averageRanks,
    double chiSquaredUncorrected,
    double chiSquared,
    double p,
    double imanDavenport,
    double imanDavenportP) {
  public Friedman {
    averageRanks = averageRanks.clone();
  }

  /// A copy, as the constructor's was copied.
  @Override
  public double[] averageRanks() {
    return averageRanks.clone();
  }

  /// The test of a table of outcomes.
  ///
  /// @param outcomes one row for each block, one column for each treatment; at least 2 of both
  static Friedman of(double[][] outcomes) {
    Demand.that(
        outcomes.length >= 2, "Friedman's test takes at least 2 blocks but got " + outcomes.length);
    int n = outcomes.length;
    int k = outcomes[0].length;
    Demand.that(k >= 2, "Friedman's test takes at least 2 treatments but got " + k);
    double[] averages = new double[k];
    double ties = 0;
    for (double[] block : outcomes) {
      Demand.that(
          block.length == k,
          "every block must have " + k + " treatments but one has " + block.length);
      Demand.finite(block, "outcomes of a block");
      double[] ranks = Ranks.of(block);
      for (int i = 0; i < k; i++) {
        averages[i] += ranks[i] / n;
      }
      ties += Ranks.tieTerm(block);
    }
    double squares = 0;
    for (double average : averages) {
      squares += (average - (k + 1) / 2.0) * (average - (k + 1) / 2.0); // = sum R^2 - k (k+1)^2 / 4
    }
    double plain = 12.0 * n / (k * (k + 1.0)) * squares;
    double untied = 1 - ties / (n * ((double) k * k * k - k));
    double corrected = untied <= 0 ? 0 : Math.min(plain / untied, n * (k - 1.0));
    double f = (n - 1) * corrected / (n * (k - 1.0) - corrected);
    return new Friedman(
        n,
        averages,
        plain,
        corrected,
        Tails.chiSquared(corrected, k - 1),
        f,
        Tails.f(f, k - 1, (k - 1.0) * (n - 1)));
  }

  /// Which pairs of treatments differ.
  Nemenyi nemenyi() {
    return new Nemenyi(blocks, averageRanks);
  }
}
