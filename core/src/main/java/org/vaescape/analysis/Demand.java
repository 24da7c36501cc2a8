package org.vaescape.analysis;

import java.util.function.Supplier;

/// What the statistics demand of their arguments.
final class Demand {
  private Demand() {}

  static void that(boolean holds, String sentence) {
    if (!holds) {
      throw new IllegalArgumentException(sentence);
    }
  }

  /// The same, of what is demanded a million times: the sentence is not made before it is needed.
  static void that(boolean holds, Supplier<String> sentence) {
    if (!holds) {
      throw new IllegalArgumentException(sentence.get());
    }
  }

  static void finite(double[] values, String what) {
    for (int i = 0; i < values.length; i++) {
      if (!Double.isFinite(values[i])) {
        throw new IllegalArgumentException(
            what + " must be finite but number " + i + " (from 0) is " + values[i]);
      }
    }
  }

  /// Open interval: levels of confidence and significance, probabilities of a quantile function.
  static void between0And1(double value, String what) {
    that(value > 0 && value < 1, what + " must lie between 0 and 1 but is " + value);
  }
}
