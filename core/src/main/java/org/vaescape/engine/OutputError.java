package org.vaescape.engine;

import org.jspecify.annotations.Nullable;

/// What an [OutputPass] makes of normalised outputs and targets.
///
/// @param logVariance v (outputs), where the error is that of outputs and targets in units of exp(v
///   / 2), plus v / 2; or null
record OutputError(OutputFunction function, ElementError error, @Nullable Tensor logVariance) {

  /// (y - x)^2.
  static OutputError squared(OutputFunction function) {
    return new OutputError(function, new ElementError.Squared(1, 0), null);
  }
}
