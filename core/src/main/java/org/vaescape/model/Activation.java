package org.vaescape.model;

import org.vaescape.engine.Tensor;

/// What a hidden layer does to each number last. Members are in [Activations].
@FunctionalInterface
public interface Activation {

  /// A new tensor of the same shape.
  Tensor apply(Tensor x);

  /// How many tensors of x's size a step holds for it beyond x and the result.
  default int ownTensors() {
    return 0;
  }
}
