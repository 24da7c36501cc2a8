package org.vaescape.analysis;

/// Two outcomes of the same runs, in one of several ways to measure them: `NaN` of a run that lacks
/// one.
///
/// @param x of each run; infinite outcomes rank beyond all others
/// @param y of the same runs
public record TwoOutcomes(double[] x, double[] y) {
  public TwoOutcomes {
    Demand.that(
        x.length == y.length,
        "two outcomes of the same runs must be as many but are " + x.length + " and " + y.length);
  }
}
