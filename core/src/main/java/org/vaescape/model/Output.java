package org.vaescape.model;

import org.vaescape.engine.Tensor;

/// What the decoder does to each number last. Members are in [Outputs].
@FunctionalInterface
public interface Output {

  /// A new tensor of the same shape, which outlives the one that is given.
  Tensor apply(Tensor x);
}
