package org.vaescape.analysis;

/// A closed interval, low at most high, both finite.
public record Interval(double low, double high) {
  public Interval {
    Demand.that(
        Double.isFinite(low) && Double.isFinite(high) && low <= high,
        "an interval must have finite bounds in order but got " + low + " and " + high);
  }

  public boolean contains(double value) {
    return low <= value && value <= high;
  }
}
