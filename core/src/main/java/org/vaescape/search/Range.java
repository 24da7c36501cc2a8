package org.vaescape.search;

/// An interval of finite real numbers, each end open or closed.
///
/// @param min lower end, may be negative infinity
/// @param max upper end, may be positive infinity
public record Range(double min, boolean minIncluded, double max, boolean maxIncluded) {
  public static final Range POSITIVE = new Range(0, false, Double.POSITIVE_INFINITY, false);
  public static final Range NOT_NEGATIVE = new Range(0, true, Double.POSITIVE_INFINITY, false);

  /// From 0, included, to 1, left out: decay rates and momenta.
  public static final Range BELOW_ONE = new Range(0, true, 1, false);

  /// From 0, left out, to 1, included: factors and shares.
  public static final Range UP_TO_ONE = new Range(0, false, 1, true);

  /// Everything up to and including `max`.
  public static Range atMost(double max) {
    return new Range(Double.NEGATIVE_INFINITY, false, max, true);
  }

  public boolean contains(double value) {
    return Double.isFinite(value)
        && (minIncluded ? value >= min : value > min)
        && (maxIncluded ? value <= max : value < max);
  }

  @Override
  public String toString() {
    return (minIncluded ? "[" : "(")
        + Cell.text(min)
        + ", "
        + Cell.text(max)
        + (maxIncluded ? "]" : ")");
  }
}
