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
  public static RankCorrelation spearman(double[] x, double[] y, double confidence) {
    double rho = Correlation.spearman(x, y).coefficient();
    int n = x.length;
    if (n < RankInterval.FEWEST) {
      return new RankCorrelation(rho, Optional.empty());
    }
    double[] leftOut = new double[n];
    for (int left = 0; left < n; left++) {
      leftOut[left] = Correlation.spearman(without(x, left), without(y, left)).coefficient();
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

  /// Kendall's tau-b. Time grows with the square of the length.
  ///
  /// @param x at least 3 finite numbers
  /// @param y as many
  /// @param confidence between 0 and 1
  public static RankCorrelation kendall(double[] x, double[] y, double confidence) {
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
    int n = x.length;
    long[] surplus = new long[n + 1]; // of each, and twice that of all
    long[] untiedInX = new long[n + 1];
    long[] untiedInY = new long[n + 1];
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < n; j++) {
        int inX = Double.compare(x[i] + 0.0, x[j] + 0.0); // -0 equals 0
        int inY = Double.compare(y[i] + 0.0, y[j] + 0.0);
        surplus[i] += (long) inX * inY;
        untiedInX[i] += Math.abs(inX);
        untiedInY[i] += Math.abs(inY);
      }
      surplus[n] += surplus[i];
      untiedInX[n] += untiedInX[i];
      untiedInY[n] += untiedInY[i];
    }
    double[] leftOut = new double[n];
    for (int i = 0; i < n; i++) {
      double pairs = surplus[n] / 2.0 - surplus[i];
      double ofX = untiedInX[n] / 2.0 - untiedInX[i];
      double ofY = untiedInY[n] / 2.0 - untiedInY[i];
      leftOut[i] = pairs / Math.sqrt(ofX * ofY);
    }
    return leftOut;
  }

  static double[] without(double[] values, int left) {
    double[] rest = new double[values.length - 1];
    System.arraycopy(values, 0, rest, 0, left);
    System.arraycopy(values, left + 1, rest, left, rest.length - left);
    return rest;
  }
}
