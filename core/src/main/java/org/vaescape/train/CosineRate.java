package org.vaescape.train;

import java.util.List;
import org.vaescape.search.HyperParameter;
import org.vaescape.search.Member;
import org.vaescape.search.Range;

/// Half a cosine from the learning rate down to `etaMin` at the last epoch's end (Loshchilov and
/// Hutter 2017, arXiv:1608.03983, without restarts; PyTorch's `CosineAnnealingLR`).
///
/// @param etaMin learning rate at the end, at least 0
public record CosineRate(double etaMin) implements Scheduler {
  static final Member<Scheduler> MEMBER =
      new Member<>(
          "cosine",
          "half a cosine over all epochs",
          "Loshchilov and Hutter 2017, arXiv:1608.03983",
          List.of(
              new HyperParameter.Real(
                  "eta-min", 0, Range.NOT_NEGATIVE, "learning rate at the end")),
          settings -> new CosineRate(settings.real("eta-min")));

  @Override
  public double rate(double initial, int epoch, int epochs, List<ValidationLosses> before) {
    return annealed(initial, etaMin, (double) Math.min(epoch, epochs) / epochs);
  }

  /// From `start` at a share of 0 to `end` at 1.
  static double annealed(double start, double end, double share) {
    return end + (start - end) * (1 + StrictMath.cos(Math.PI * share)) / 2;
  }
}
