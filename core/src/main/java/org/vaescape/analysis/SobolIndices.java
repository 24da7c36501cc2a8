package org.vaescape.analysis;

import java.util.Arrays;

/// Sobol' indices: the shares of a function's variance that inputs explain alone, with all their
/// interactions, and in pairs.
///
/// Estimates, which sampling can put slightly outside 0 to 1. All NaN for a constant function.
///
/// @param first share of each input alone
/// @param total share of each input with all its interactions
/// @param second inputs x inputs, symmetric: share of each pair beyond both alone, NaN on the
///   diagonal; empty where the sample was made without pairs
public record SobolIndices(double[] first, double[] total, double[][] second) {

  /// From the outcomes of a [SaltelliSample] without pairs: for each base point A, AB_0, ..., B.
  ///
  /// First: mean(B (AB_i - A)) / V (Saltelli et al. 2010, table 2 b). Total: mean((A - AB_i)^2) /
  /// 2V (Jansen 1999, there f). V is the variance of A and B together, and outcomes count from
  /// their mean, which changes the expectation of neither.
  public static SobolIndices of(int inputs, double[] y) {
    return of(inputs, y, false);
  }

  /// From the outcomes of a sample with pairs: for each base point A, AB_0, ..., BA_0, ..., B.
  ///
  /// Second: mean(BA_i AB_j - A B) / V less both first (Saltelli 2002,
  /// 10.1016/S0010-4655(02)00280-1).
  public static SobolIndices withPairs(int inputs, double[] y) {
    return of(inputs, y, true);
  }

  private static SobolIndices of(int inputs, double[] outcomes, boolean pairs) {
    int rows = SaltelliSample.rows(inputs, pairs);
    Demand.that(
        inputs >= 1 && outcomes.length > 0 && outcomes.length % rows == 0,
        "outcomes must be whole base points of %s rows but were %s"
            .formatted(rows, outcomes.length));
    Demand.finite(outcomes, "outcomes");
    // From the first one, so that equal outcomes leave exactly nothing.
    double mean = Arrays.stream(outcomes).map(y -> y - outcomes[0]).sum() / outcomes.length;
    double[] y = Arrays.stream(outcomes).map(outcome -> outcome - outcomes[0] - mean).toArray();
    int base = y.length / rows;
    double variance = varianceOfBoth(y, rows);
    double[] first = new double[inputs];
    double[] total = new double[inputs];
    double[][] second = new double[pairs ? inputs : 0][inputs];
    for (int a = 0; a < y.length; a += rows) {
      double b = y[a + rows - 1];
      for (int i = 0; i < inputs; i++) {
        double change = y[a + 1 + i] - y[a];
        first[i] += b * change;
        total[i] += change * change / 2;
        for (int j = i + 1; pairs && j < inputs; j++) {
          second[i][j] += y[a + 1 + inputs + i] * y[a + 1 + j] - y[a] * b;
        }
      }
    }
    for (int i = 0; i < inputs; i++) {
      first[i] /= base * variance;
      total[i] /= base * variance;
    }
    for (int i = 0; i < second.length; i++) {
      second[i][i] = Double.NaN;
      for (int j = i + 1; j < inputs; j++) {
        second[i][j] = second[i][j] / (base * variance) - first[i] - first[j];
        second[j][i] = second[i][j];
      }
    }
    return new SobolIndices(first, total, second);
  }

  /// Variance, with divisor n, of the rows A and B.
  private static double varianceOfBoth(double[] y, int rows) {
    double sum = 0;
    for (int a = 0; a < y.length; a += rows) {
      sum += y[a] + y[a + rows - 1];
    }
    int count = 2 * (y.length / rows);
    double mean = sum / count;
    double squares = 0;
    for (int a = 0; a < y.length; a += rows) {
      double b = y[a + rows - 1];
      squares += (y[a] - mean) * (y[a] - mean) + (b - mean) * (b - mean);
    }
    return squares / count;
  }
}
