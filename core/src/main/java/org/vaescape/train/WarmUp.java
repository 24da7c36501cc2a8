package org.vaescape.train;

/// How the weight of the KL term rises while training begins.
@FunctionalInterface
public interface WarmUp {

  /// Refuses a run in which the weight would never rise.
  ///
  /// @param maxEpochs epochs of the run at most, at least 1
  /// @throws IllegalArgumentException with rule, value and what to do
  default void check(int maxEpochs) {}

  /// The share of the full weight in an epoch, in [0, 1].
  ///
  /// @param epoch from 0
  /// @param maxEpochs epochs of the run at most, at least 1
  double share(int epoch, int maxEpochs);
}
