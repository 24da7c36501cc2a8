package org.vaescape.train;

import java.util.List;
import org.vaescape.search.HyperParameter;
import org.vaescape.search.Member;
import org.vaescape.search.Range;

/// Multiplies the learning rate by `gamma` after every epoch (PyTorch's `ExponentialLR`).
///
/// The steps of all epochs together are at most 1 / (1 - gamma) times those of the first.
///
/// @param gamma in (0, 1]
public record ExponentialRate(double gamma) implements Scheduler {
  static final Member<Scheduler> MEMBER =
      new Member<>(
          "exponential",
          "rate times gamma to the epoch",
          "torch.optim.lr_scheduler.ExponentialLR",
          List.of(
              new HyperParameter.Real("gamma", 0.95, Range.UP_TO_ONE, "factor after every epoch")),
          settings -> new ExponentialRate(settings.real("gamma")));

  @Override
  public double rate(double initial, int epoch, int epochs, List<ValidationLosses> before) {
    return initial * StrictMath.pow(gamma, epoch);
  }
}
