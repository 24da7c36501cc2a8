package org.vaescape.train;

import org.vaescape.engine.Tensor;
import org.vaescape.search.HyperParameter;
import org.vaescape.search.Range;

/// The L2 penalty that several optimizers share: decay x parameter, added to the gradient.
final class WeightDecay {
  static final HyperParameter SETTING =
      new HyperParameter.Real(
          "weight-decay", 0, Range.NOT_NEGATIVE, "L2 penalty, added to the gradient");

  private WeightDecay() {}

  static void add(double decay, Tensor parameter, Tensor gradient) {
    if (decay != 0) {
      gradient.plusInPlace(parameter, decay);
    }
  }
}
