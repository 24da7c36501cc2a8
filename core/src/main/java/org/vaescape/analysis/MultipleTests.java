package org.vaescape.analysis;

import java.util.stream.IntStream;

/// Corrections of p for the number of tests: each returns adjusted p in the order given, at most 1.
public final class MultipleTests {
  private MultipleTests() {}

  /// p times their number: bounds the chance of one false claim.
  public static double[] bonferroni(double[] p) {
    double[] adjusted = checked(p);
    for (int i = 0; i < p.length; i++) {
      adjusted[i] = Math.min(1, p[i] * p.length);
    }
    return adjusted;
  }

  /// Bounds the chance of one false claim as Bonferroni does, and finds more: the smallest p times
  /// n, the next times n - 1, and none below the one before (Holm 1979, Scandinavian Journal of
  /// Statistics 6:65).
  public static double[] holm(double[] p) {
    double[] adjusted = checked(p);
    int[] order = ascending(p);
    double before = 0;
    for (int i = 0; i < order.length; i++) {
      before = Math.max(before, Math.min(1, p[order[i]] * (order.length - i)));
      adjusted[order[i]] = before;
    }
    return adjusted;
  }

  /// Bounds the share of false claims among all claims: the i-th smallest p times n / i, and none
  /// above the one after (Benjamini and Hochberg 1995, Journal of the Royal Statistical Society B
  /// 57:289).
  public static double[] benjaminiHochberg(double[] p) {
    double[] adjusted = checked(p);
    int[] order = ascending(p);
    double after = 1;
    for (int i = order.length - 1; i >= 0; i--) {
      after = Math.min(after, p[order[i]] * order.length / (i + 1));
      adjusted[order[i]] = after;
    }
    return adjusted;
  }

  private static int[] ascending(double[] p) {
    return IntStream.range(0, p.length)
        .boxed()
        .sorted((one, other) -> Double.compare(p[one], p[other]))
        .mapToInt(Integer::intValue)
        .toArray();
  }

  /// A copy, after a look at every p.
  private static double[] checked(double[] p) {
    for (double value : p) {
      Demand.that(value >= 0 && value <= 1, "p must lie from 0 to 1 but is " + value);
    }
    return p.clone();
  }
}
