package org.vaescape.analysis.rates;

import java.util.Map;
import java.util.Optional;
import org.vaescape.analysis.runs.DefaultSetting;

/// What an optimizer makes of a loss, all terms of it, that is multiplied by a constant, as by the
/// number of genes where errors are summed over genes and not averaged.
///
/// @param reason in words, with the condition under which it is exact
record LossScale(Kind kind, String reason) {

  enum Kind {
    /// Steps grow with the loss: the rate has to fall as the loss grows.
    PROPORTIONAL,
    /// Steps do not depend on the size of gradients: the rate stays.
    SCALE_FREE,
    /// Steps depend on it in some steps only: no other rate gives the same path.
    MIXED
  }

  private static final String EPSILON =
      "scale-free: divides by the size of gradients, exact while they are far above epsilon";

  private static final Map<String, LossScale> KNOWN =
      Map.ofEntries(
          Map.entry(
              "sgd",
              new LossScale(
                  Kind.PROPORTIONAL,
                  "a step is the rate times the gradient, with momentum or without")),
          Map.entry(
              "asgd",
              new LossScale(
                  Kind.PROPORTIONAL,
                  "a step is the rate times the gradient, exact up to lambda's decay of weights")),
          Map.entry("adam", new LossScale(Kind.SCALE_FREE, EPSILON)),
          Map.entry("adamw", new LossScale(Kind.SCALE_FREE, EPSILON)),
          Map.entry("adamax", new LossScale(Kind.SCALE_FREE, EPSILON)),
          Map.entry("nadam", new LossScale(Kind.SCALE_FREE, EPSILON)),
          Map.entry("rmsprop", new LossScale(Kind.SCALE_FREE, EPSILON)),
          Map.entry("adagrad", new LossScale(Kind.SCALE_FREE, EPSILON)),
          Map.entry(
              "adadelta",
              new LossScale(
                  Kind.SCALE_FREE,
                  "scale-free: divides by the size of gradients, exact while their squares are far above epsilon, 1e-6 by default: not so for gradients below 0.001")),
          Map.entry("lion", new LossScale(Kind.SCALE_FREE, "scale-free: takes the sign of a mean")),
          Map.entry("rprop", new LossScale(Kind.SCALE_FREE, "scale-free: takes signs alone")),
          Map.entry(
              "radam",
              new LossScale(
                  Kind.MIXED,
                  "no rate is the same: its first steps follow the gradient as sgd does, the others are scale-free")));

  /// @param optimizer name without settings, in capitals or not; empty of one that is not known
  static Optional<LossScale> of(String optimizer) {
    return Optional.ofNullable(KNOWN.get(DefaultSetting.name(optimizer)));
  }
}
