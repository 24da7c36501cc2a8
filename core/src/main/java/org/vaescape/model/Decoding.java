package org.vaescape.model;

import org.vaescape.engine.Tensor;

/// What a decoder says of rows of latent code, before a [ReconstructionTerm] makes numbers of it.
///
/// Tensors are of shape (batch, genes), or (batch, samples, genes) where each row of the batch has
/// several samples. The preactivation is the largest tensor of a step: whoever takes it closes it
/// as soon as the way back alone needs it.
public final class Decoding {
  private final Networks networks;
  private final Tensor hidden;
  private final Tensor preactivation;
  private final long[] shape;

  /// @param hidden (rows, width) what the output layer saw
  /// @param preactivation (rows, genes) what it gave
  /// @param shape of what is handed out
  Decoding(Networks networks, Tensor hidden, Tensor preactivation, long... shape) {
    this.networks = networks;
    this.hidden = hidden;
    this.preactivation = preactivation;
    this.shape = shape.clone();
  }

  /// The activated output. Lets go of the preactivation.
  public Tensor output() {
    try (preactivation;
        Tensor activated = networks.activated(preactivation)) {
      return activated.reshape(shape);
    }
  }

  /// The output before its activation.
  public Tensor linear() {
    try (preactivation) {
      return preactivation.reshape(shape);
    }
  }

  /// Another linear layer on top of the last hidden one.
  ///
  /// @param name of an [Extra.Linear] with as many outputs as genes
  public Tensor head(String name) {
    try (Tensor linear = networks.linear(name, hidden)) {
      return linear.reshape(shape);
    }
  }

  /// A parameter of the term's own.
  ///
  /// @param name of an [Extra.Values]
  public Tensor parameter(String name) {
    return networks.extra(name);
  }
}
