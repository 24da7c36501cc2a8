package org.vaescape.model;

import java.util.ArrayList;
import java.util.List;
import org.vaescape.engine.Tensor;
import org.vaescape.search.HyperParameter;

/// The opponent of an [Adversarial] model: a network that tells latent codes of one kind from those
/// of another. Linear layers and leaky ReLUs of slope 0.2, as in Kim and Mnih 2018, appendix A; by
/// default two hidden layers of 256, as wide as the networks here, where that paper has six of
/// 1000.
///
/// @param hidden sizes of its hidden layers
record Discriminator(List<Integer> hidden) {
  static final HyperParameter.Counts SETTING =
      new HyperParameter.Counts(
          "discriminator",
          List.of(256L, 256L),
          "its hidden layers; Kim and Mnih 2018 have six of 1000");

  private static final double SLOPE = 0.2;

  Discriminator {
    hidden = List.copyOf(hidden);
  }

  /// As the value of [#SETTING] has it.
  static Discriminator of(Object sizes) {
    return new Discriminator(
        ((List<?>) sizes).stream().map(size -> Math.toIntExact((Long) size)).toList());
  }

  /// Its layers.
  ///
  /// @param inputs size of a code
  List<Extra> extras(int inputs) {
    List<Extra> layers = new ArrayList<>();
    int width = inputs;
    for (int size : hidden) {
      layers.add(new Extra.Linear(name(layers.size()), width, size));
      width = size;
    }
    layers.add(new Extra.Linear(name(layers.size()), width, 1));
    return layers;
  }

  private static String name(int layer) {
    return Extra.ADVERSARY + layer;
  }

  /// log of the odds that a code is of the first kind.
  ///
  /// @param z (rows, code)
  /// @return (rows)
  Tensor logOdds(Networks networks, Tensor z) {
    Tensor value = z;
    for (int layer = 0; layer < hidden.size(); layer++) {
      value = networks.linear(name(layer), value).leakyRelu(SLOPE);
    }
    return networks.linear(name(hidden.size()), value).reshape(z.size(0));
  }

  /// What it minimises: the mean cross-entropy of calling each code by its kind, in nats; log 2 for
  /// one that cannot tell.
  ///
  /// @param first (rows, code)
  /// @param second (rows, code)
  Tensor loss(Networks networks, Tensor first, Tensor second) {
    return minusLogFirst(logOdds(networks, first))
        .plus(logOdds(networks, second).softplus().mean())
        .times(0.5);
  }

  /// Mean of -log of the probability of the first kind.
  static Tensor minusLogFirst(Tensor logOdds) {
    return logOdds.times(-1).softplus().mean();
  }

  /// Numbers that a step holds for it: of each hidden unit the linear part and the activated one,
  /// for the model's loss and for both kinds of code in its own, and a gradient.
  long elements(long batch) {
    return (2 * 3 + 1) * batch * hidden.stream().mapToLong(Integer::longValue).sum();
  }
}
