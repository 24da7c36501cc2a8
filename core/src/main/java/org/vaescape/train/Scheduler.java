package org.vaescape.train;

/// How the learning rate goes down (or up) from epoch to epoch.
@FunctionalInterface
public interface Scheduler {
  /// The learning rate in use during an epoch.
  ///
  /// @param initial the trial's learning rate, above 0
  /// @param epoch from 0
  double rate(double initial, int epoch);
}
