package org.vaescape.model;

import java.util.Optional;
import org.vaescape.engine.OutputFunction;
import org.vaescape.engine.Tensor;

/// What the decoder does to each number last. Members are in [Outputs].
public interface Output {

  /// A new tensor of the same shape, which outlives the one that is given.
  Tensor apply(Tensor x);

  /// The same as [org.vaescape.engine.WideOutput] computes it; empty if it does not.
  default Optional<OutputFunction> function() {
    return Optional.empty();
  }

  /// What its derivative is told from: 0 nothing, 1 its result, 2 what it is given, which then
  /// stays beside the result.
  default int keeps() {
    return 1;
  }
}
