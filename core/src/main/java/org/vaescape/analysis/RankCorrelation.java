package org.vaescape.analysis;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// A rank correlation and how far it is known.
///
/// @param coefficient from -1 to 1, exactly 1 for equal series; `NaN` where a series is constant
/// @param interval empty where there are fewer than 5 pairs or no coefficient
public record RankCorrelation(double coefficient, Optional<Interval> interval) {
  /// Spearman's rho.
  ///
  /// @param x at least 3 finite numbers
  /// @param y as many
  /// @param confidence between 0 and 1
  static RankCorrelation spearman(double[] x, double[] y, double confidence) {
    double rho = Correlation.spearman(x, y).coefficient();
    int n = x.length;
    if (n < RankInterval.FEWEST) {
      return new RankCorrelation(rho, Optional.empty());
    }
    LeftOutRanks ranks = new LeftOutRanks(x, y);
    double[] leftOut = new double[n];
    for (int left = 0; left < n; left++) {
      leftOut[left] = ranks.without(left).correlation();
    }
    return new RankCorrelation(
        rho,
        RankInterval.of(
            rho,
            12 / ((double) n * n * n - n),
            (1 + rho * rho / 2) / (n - 3),
            RankInterval.jackknife(List.of(leftOut)),
            n - 1,
            confidence));
  }

  /// Kendall's tau-b.
  ///
  /// @param x at least 3 finite numbers
  /// @param y as many
  /// @param confidence between 0 and 1
  static RankCorrelation kendall(double[] x, double[] y, double confidence) {
    double tau = Correlation.kendall(x, y).coefficient();
    StratumProducts all = orders(List.of(PresentPairs.of(x, y)));
    return new RankCorrelation(tau, kendallInterval(tau, all, confidence));
  }

  /// Tau-b of two outcomes that were measured in several ways, whose counts of pairs of pairs are
  /// averaged.
  ///
  /// @param ways of the same runs, at least one
  /// @param confidence between 0 and 1
  static RankCorrelation kendall(List<PresentPairs> ways, double confidence) {
    StratumProducts all = orders(ways);
    double tau = all.all().correlation();
    return new RankCorrelation(tau, kendallInterval(tau, all, confidence));
  }

  private static StratumProducts orders(List<PresentPairs> ways) {
    return new StratumProducts(ways, _ -> true, LeftOutOrders::new);
  }

  private static Optional<Interval> kendallInterval(
      double tau, StratumProducts all, double confidence) {
    double n = all.degrees() + 1;
    if (n < RankInterval.FEWEST) {
      return Optional.empty();
    }
    double[] leftOut =
        Arrays.stream(all.without()).mapToDouble(RankProducts::correlation).toArray();
    return RankInterval.of(
        tau,
        4 / (n * (n - 1)),
        0.437 / (n - 4),
        RankInterval.jackknife(List.of(leftOut)),
        n - 1,
        confidence);
  }
}
