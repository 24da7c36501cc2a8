package org.vaescape.train;

import org.vaescape.engine.Tensor;

/// How far one step moves the weights, relative to their size: the Euclidean norm of the change of
/// all of them over the norm of all of them before.
final class UpdateSize {
  private double change;
  private double weights;

  /// Lets `update` change a parameter and counts the change.
  void around(Tensor parameter, Runnable update) {
    try (Tensor before = parameter.copy()) {
      weights += squared(before.norm());
      update.run();
      before.plusInPlace(parameter, -1);
      change += squared(before.norm());
    }
  }

  private static double squared(double norm) {
    return norm * norm;
  }

  /// NaN where no weight was counted.
  double relative() {
    return Math.sqrt(change / weights);
  }
}
