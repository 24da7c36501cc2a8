package org.vaescape.train;

import java.util.OptionalDouble;

/// How far the steps of an epoch go, as a scheduler sets it.
///
/// @param rate learning rate, at least 0
/// @param momentum what takes the place of the optimizer's momentum, or of its beta1; empty leaves
///   it
public record Pace(double rate, OptionalDouble momentum) {

  /// A learning rate, with the optimizer's own momentum.
  public static Pace of(double rate) {
    return new Pace(rate, OptionalDouble.empty());
  }

  /// The same momentum at another rate.
  Pace times(double factor) {
    return new Pace(rate * factor, momentum);
  }
}
