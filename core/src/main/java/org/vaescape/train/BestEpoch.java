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
  private Progress progress = new Progress(0, 0, 0);

  BestEpoch(Curve curve, Networks networks) {
    this.curve = curve;
    networks.parameters().values().forEach(tensor -> copies.put(tensor, Tensor.zerosLike(tensor)));
    networks.statistics().values().forEach(tensor -> copies.put(tensor, Tensor.zerosLike(tensor)));
  }

  /// Looks at the network as it is after an epoch; the first of equal ones is the best.
  void look(ValidationLosses losses, Progress now) {
    if (progress.epochs() > 0 && !losses.isBelow(lowest, curve)) {
      return;
    }
    lowest = losses;
    progress = now;
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

  /// How far training had come then; nowhere before the first epoch.
  Progress progress() {
    return progress;
  }
}
