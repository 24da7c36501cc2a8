package org.vaescape.train;

import java.util.List;
import java.util.OptionalDouble;

/// How the learning rate goes down (or up) from epoch to epoch: a function of what is known before
/// an epoch begins, without state. Records that are equal give equal rates: a constructor fixes the
/// value of a setting that does nothing beside the others.
public interface Scheduler {
  /// The learning rate in use during an epoch.
  ///
  /// @param initial the trial's learning rate, above 0
  /// @param epoch from 0
  /// @param epochs that the trial has at most, for those that go by the share that is over; the
  ///   rate after them is that at their end
  /// @param before what validation showed after every epoch before this one
  double rate(double initial, int epoch, int epochs, List<ValidationLosses> before);

  /// What takes the place of the optimizer's momentum, or of its beta1, during an epoch: a number
  /// in (0, 1) in every epoch, or empty in every epoch.
  default OptionalDouble momentum(int epoch, int epochs) {
    return OptionalDouble.empty();
  }

  /// The same for optimizers that have no momentum.
  default Scheduler withoutMomentum() {
    return this;
  }
}
