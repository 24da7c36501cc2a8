package org.vaescape.analysis;

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
    int n = x.length;
    if (n < RankInterval.FEWEST) {
      return new RankCorrelation(tau, Optional.empty());
    }
    return new RankCorrelation(
        tau,
        RankInterval.of(
            tau,
            4 / (n * (n - 1.0)),
            0.437 / (n - 4),
            RankInterval.jackknife(List.of(kendallLeftOut(x, y))),
            n - 1,
            confidence));
  }

  /// Tau-b without each pair of numbers in turn, from what each takes part in.
  private static double[] kendallLeftOut(double[] x, double[] y) {
    PairOrder order = new PairOrder(x, y);
    int n = x.length;
    long surplus = 0; // twice, as each pair of pairs is counted from both ends
    long untiedInX = 0;
    long untiedInY = 0;
    for (int i = 0; i < n; i++) {
      surplus += order.concordant(i) - order.discordant(i);
      untiedInX += n - 1 - order.tiesInX(i);
      untiedInY += n - 1 - order.tiesInY(i);
    }
    double[] leftOut = new double[n];
    for (int i = 0; i < n; i++) {
      double pairs = surplus / 2.0 - (order.concordant(i) - order.discordant(i));
      double ofX = untiedInX / 2.0 - (n - 1 - order.tiesInX(i));
      double ofY = untiedInY / 2.0 - (n - 1 - order.tiesInY(i));
      leftOut[i] = pairs / Math.sqrt(ofX * ofY);
    }
    return leftOut;
  }
}
