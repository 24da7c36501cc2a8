package org.vaescape.analysis;

/// What one input can be, with the measure that importances average over: all of it is equally
/// likely.
public sealed interface Axis {
  /// Whether this input can take `value`.
  boolean contains(double value);

  /// Real numbers between two ends, which belong to it. An input that was searched on a logarithmic
  /// scale is given as its logarithm, ends too: "equally likely" then means on that scale.
  ///
  /// @param low finite
  /// @param high finite, above `low`
  record Real(double low, double high) implements Axis {
    public Real {
      if (!(low < high) || !Double.isFinite(high - low)) {
        throw new IllegalArgumentException(
            "a real axis must have finite ends in order but was [" + low + ", " + high + "]");
      }
    }

    @Override
    public boolean contains(double value) {
      return value >= low && value <= high;
    }
  }

  /// Kinds without an order, written as 0, 1, ..., `count` - 1.
  ///
  /// @param count 1 to [#MOST]
  record Levels(int count) implements Axis {
    /// Sets of levels are the bits of a `long`.
    public static final int MOST = 63;

    public Levels {
      if (count < 1 || count > MOST) {
        throw new IllegalArgumentException(
            "an axis must have 1 to " + MOST + " levels but had " + count);
      }
    }

    @Override
    public boolean contains(double value) {
      return value >= 0 && value < count && value == Math.rint(value);
    }
  }
}
