package org.vaescape.analysis;

/// A share of the variance of outcomes, estimated from all runs and from halves of them.
///
/// @param estimate near 0 to 1, and below 0 for what has no effect about as often as above; `NaN`
///   where all outcomes are equal
/// @param standardError by the scatter of single settings
/// @param moved by how much it is above the mean of estimates from halves of the settings
/// @param spreadOfHalves root of the mean of ((one half - the other) / 2)^2: the standard error as
///   halves have it
/// @param halvings number of pairs of halves
public record ShareEstimate(
    double estimate, double standardError, double moved, double spreadOfHalves, int halvings) {

  /// The estimate, not below 0 nor above 1.
  public double share() {
    return Math.clamp(estimate, 0.0, 1.0);
  }

  /// From the estimate by both errors together to either side (by Student's t for the halves), and
  /// on the side that it has moved to since there were half as many settings, by as much again. All
  /// of 0 to 1 where the estimate is `NaN`.
  ///
  /// Of 0.95, at 60 to 1000 random settings of four functions with a tenth of noise, it covers 0.94
  /// to 1 for inputs alone, pairs and what does nothing, and 0.88 to 1 for totals and Shapley
  /// effects. Least is covered, 0.75 to 0.85, what the forest has yet to learn: weak bowls and
  /// interactions at 60 settings, totals of many weak interactions at 1000.
  ///
  /// @param confidence between 0 and 1
  public Interval interval(double confidence) {
    Demand.between0And1(confidence, "confidence");
    if (Double.isNaN(estimate)) {
      return new Interval(0, 1);
    }
    double normal = Tails.NORMAL.inverseCumulativeProbability((1 + confidence) / 2);
    double student = Tails.tQuantileBothSides(confidence, halvings);
    double half = Math.hypot(normal * standardError, student * spreadOfHalves);
    return new Interval(
        Math.clamp(estimate + Math.min(moved, 0) - half, 0.0, 1.0),
        Math.clamp(estimate + Math.max(moved, 0) + half, 0.0, 1.0));
  }
}
