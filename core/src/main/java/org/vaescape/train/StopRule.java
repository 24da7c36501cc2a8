package org.vaescape.train;

import java.util.List;
import java.util.OptionalInt;

/// When a trial has converged; a function of its validation losses alone, so that it can be asked
/// of curves that are stored.
@FunctionalInterface
public interface StopRule {
  /// Whether to stop after the last of these epochs.
  ///
  /// @param epochs what validation showed, one an epoch so far, from epoch 1
  boolean stops(List<ValidationLosses> epochs);

  /// The first epoch, from 1, at which it can stop at all, whatever the losses.
  default int earliest() {
    return 1;
  }

  /// The first epoch, from 1, at which the rule stops; empty if it goes on after all of these.
  default OptionalInt firstStop(List<ValidationLosses> epochs) {
    for (int epoch = 1; epoch <= epochs.size(); epoch++) {
      if (stops(epochs.subList(0, epoch))) {
        return OptionalInt.of(epoch);
      }
    }
    return OptionalInt.empty();
  }
}
