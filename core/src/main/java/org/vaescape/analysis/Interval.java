package org.vaescape.analysis;

/// A closed interval, low at most high, both finite.
public record Interval(double low, double high) {
  private static final double ROUNDING = 1e-7;

  public Interval {
    Demand.that(
        Double.isFinite(low) && Double.isFinite(high) && low <= high,
        "an interval must have finite bounds in order but got " + low + " and " + high);
  }

  /// Whether it is more than a point, rounding aside: one that nothing could have moved tells
  /// nothing of how far an estimate may be off.
  public boolean wide() {
    return high - low > ROUNDING * Math.max(Math.abs(low), Math.abs(high));
  }

  /// Of the number with the other sign.
  public Interval turned() {
    return new Interval(-high, -low);
  }

  public boolean contains(double value) {
    return low <= value && value <= high;
  }
}
