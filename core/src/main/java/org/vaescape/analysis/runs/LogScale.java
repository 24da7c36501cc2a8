package org.vaescape.analysis.runs;

import java.util.Collection;

/// Tells which hyper-parameters of a table were searched on a logarithmic scale, by their values
/// alone.
public final class LogScale {
  /// Two decades; a little less, as values may have been rounded.
  private static final double WIDE = 100 * (1 - 1e-9);

  private static final int LEAST_VALUES = 3;

  /// Values that are evenly spaced are never so far apart and still of a ratio that is [#constant].
  private static final double LEAST_RATIO = 1.5;

  /// Of the steps of the logarithm, the largest over the smallest: 1, 3, 10, 30 has a constant
  /// ratio, rounded.
  private static final double EQUAL = 1.15;

  private LogScale() {}

  /// Whether all values are positive numbers, and either there are three at least, each the same
  /// multiple of the one before, or the largest is a hundred times the smallest or more and the
  /// middle one lies no farther from the middle of the logarithms than from that of the range:
  /// values drawn evenly from 0 to 1 are as far apart.
  public static boolean searched(Collection<String> values) {
    double[] numbers =
        values.stream()
            .mapToDouble(text -> PlainNumber.of(text).orElse(Double.NaN))
            .distinct() // 1e-3 and 0.001 are one level
            .sorted()
            .toArray();
    // NaN is sorted behind all numbers.
    if (numbers.length < 2 || !(numbers[0] > 0) || Double.isNaN(numbers[numbers.length - 1])) {
      return false;
    }
    boolean wide = numbers[numbers.length - 1] / numbers[0] >= WIDE;
    return constant(numbers) || (wide && even(numbers));
  }

  /// @param numbers positive, ascending
  private static boolean even(double[] numbers) {
    double low = numbers[0];
    double high = numbers[numbers.length - 1];
    double middle = numbers[(numbers.length - 1) / 2];
    double offLinear = Math.abs((middle - low) / (high - low) - 0.5);
    double offLogarithmic = Math.abs(Math.log(middle / low) / Math.log(high / low) - 0.5);
    return offLogarithmic <= offLinear;
  }

  /// @param numbers positive, ascending
  private static boolean constant(double[] numbers) {
    double least = Double.POSITIVE_INFINITY;
    double most = 0;
    for (int i = 1; i < numbers.length; i++) {
      double step = Math.log(numbers[i] / numbers[i - 1]);
      least = Math.min(least, step);
      most = Math.max(most, step);
    }
    return numbers.length >= LEAST_VALUES
        && least >= Math.log(LEAST_RATIO) * (1 - 1e-9)
        && most <= EQUAL * least;
  }
}
