package org.vaescape.train;

import java.util.List;
import org.vaescape.search.HyperParameter;
import org.vaescape.search.Member;
import org.vaescape.search.Range;

/// Multiplies the learning rate by `gamma` after every `stepSize` epochs (PyTorch's `StepLR`).
///
/// @param stepSize at least 1
/// @param gamma in (0, 1]
public record StepRate(int stepSize, double gamma) implements Scheduler {
  static final Member<Scheduler> MEMBER =
      new Member<>(
          "step",
          "rate times gamma after every few epochs",
          "torch.optim.lr_scheduler.StepLR",
          List.of(
              new HyperParameter.Count("step-size", 30, 1, "epochs of one rate"),
              new HyperParameter.Real("gamma", 0.1, Range.UP_TO_ONE, "factor after them")),
          settings -> new StepRate(settings.count("step-size"), settings.real("gamma")));

  public StepRate {
    if (gamma == 1) {
      stepSize = 1;
    }
  }

  @Override
  public double rate(double initial, int epoch, int epochs, List<ValidationLosses> before) {
    int times = epoch / stepSize;
    return initial * StrictMath.pow(gamma, times);
  }
}
