package org.vaescape.train;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;
import org.vaescape.engine.Scope;
import org.vaescape.engine.Tensor;
import org.vaescape.model.Networks;
import org.vaescape.train.ValidationLosses.Curve;

/// The epoch at which a validation curve was lowest so far, and the network as it was then.
///
/// Memory belongs to the scope that is open when it is made.
final class BestEpoch {
  private final Curve curve;

  /// Numbers of the network, each with its copy of the best epoch.
  private final Map<Tensor, Tensor> copies = new LinkedHashMap<>();

  private ValidationLosses lowest = new ValidationLosses(Double.NaN, Double.NaN);
  private int epoch;
  private double rateBudget;

  BestEpoch(Curve curve, Networks networks) {
    this.curve = curve;
    networks.parameters().values().forEach(tensor -> copies.put(tensor, Tensor.zerosLike(tensor)));
    networks.statistics().values().forEach(tensor -> copies.put(tensor, Tensor.zerosLike(tensor)));
  }

  /// Looks at the network as it is after an epoch; the first of equal ones is the best.
  ///
  /// @param number of the epoch, from 1
  /// @param budget sum of the learning rates of all steps so far
  void look(int number, ValidationLosses losses, double budget) {
    if (epoch > 0 && !losses.isBelow(lowest, curve)) {
      return;
    }
    lowest = losses;
    epoch = number;
    rateBudget = budget;
    try (Scope _ = Scope.withoutGradients()) {
      copies.forEach((tensor, copy) -> copy.copyInPlace(tensor));
    }
  }

  /// Lets `work` see the network as it was at the best epoch, and puts it back afterwards.
  <T> T restored(Supplier<T> work) {
    exchange();
    try {
      return work.get();
    } finally {
      exchange();
    }
  }

  private void exchange() {
    copies.forEach((tensor, copy) -> {
      try (Scope _ = Scope.withoutGradients()) {
        Tensor now = tensor.copy();
        tensor.copyInPlace(copy);
        copy.copyInPlace(now);
      }
    });
  }

  /// From 1; 0 before the first.
  int epoch() {
    return epoch;
  }

  /// Sum of the learning rates of all steps until then.
  double rateBudget() {
    return rateBudget;
  }
}
