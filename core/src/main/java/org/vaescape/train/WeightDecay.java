package org.vaescape.train;

import org.vaescape.engine.Elements;
import org.vaescape.search.HyperParameter;
import org.vaescape.search.Range;

/// The pull of parameters towards 0, in the two forms that optimizers have.
final class WeightDecay {
  static final HyperParameter SETTING =
      new HyperParameter.Real(
          "weight-decay", 0, Range.NOT_NEGATIVE, "L2 penalty, added to the gradient");

  /// For optimizers that have a choice.
  static final HyperParameter DECOUPLED =
      new HyperParameter.Flag(
          "decoupled-weight-decay", false, "take rate x weight-decay off the parameter instead");

  private WeightDecay() {}

  /// The setting of optimizers whose decay goes past the gradient.
  static HyperParameter decoupled(double initial) {
    return new HyperParameter.Real(
        SETTING.name(), initial, Range.NOT_NEGATIVE, "share of the parameter, times the rate");
  }

  /// The L2 penalty: decay x parameter, added to the gradient.
  static <E extends Elements<E>> void add(double decay, E parameter, E gradient) {
    if (decay != 0) {
      gradient.plusInPlace(parameter, decay);
    }
  }

  /// Decay past the gradient (Loshchilov and Hutter 2019, arXiv:1711.05101): parameter x (1 - rate
  /// x decay).
  static void shrink(double decay, Elements<?> parameter, double rate) {
    if (decay != 0) {
      parameter.timesInPlace(1 - rate * decay);
    }
  }

  /// One form or the other.
  static <E extends Elements<E>> void apply(
      double decay, boolean decoupled, E parameter, E gradient, double rate) {
    if (decoupled) {
      shrink(decay, parameter, rate);
    } else {
      add(decay, parameter, gradient);
    }
  }
}
