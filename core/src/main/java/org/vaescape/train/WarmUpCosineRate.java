package org.vaescape.train;

import java.util.List;
import org.vaescape.search.HyperParameter;
import org.vaescape.search.Member;
import org.vaescape.search.Range;

/// A straight line up to the learning rate, then half a cosine down: PyTorch's `LinearLR` and
/// `CosineAnnealingLR` in sequence.
///
/// @param warmUpEpochs before the learning rate is reached, at least 1
/// @param startFactor share of it in the first epoch, in (0, 1]
/// @param etaMin learning rate at the end, at least 0
public record WarmUpCosineRate(int warmUpEpochs, double startFactor, double etaMin)
    implements Scheduler {
  static final Member<Scheduler> MEMBER =
      new Member<>(
          "warmup-cosine",
          "a line up, then half a cosine over the other epochs",
          "Goyal et al. 2017, arXiv:1706.02677; Loshchilov and Hutter 2017, arXiv:1608.03983",
          List.of(
              new HyperParameter.Count("warmup-epochs", 5, 1, "epochs before the full rate"),
              new HyperParameter.Real(
                  "start-factor", 0.1, Range.UP_TO_ONE, "share of the rate in the first epoch"),
              new HyperParameter.Real(
                  "eta-min", 0, Range.NOT_NEGATIVE, "learning rate at the end")),
          settings ->
              new WarmUpCosineRate(
                  settings.count("warmup-epochs"),
                  settings.real("start-factor"),
                  settings.real("eta-min")));

  @Override
  public double rate(double initial, int epoch, int epochs, List<ValidationLosses> before) {
    if (epoch < warmUpEpochs) {
      return initial * (startFactor + (1 - startFactor) * epoch / warmUpEpochs);
    }
    int rest = epochs - warmUpEpochs;
    double share = rest > 0 ? Math.min(1, (double) (epoch - warmUpEpochs) / rest) : 0;
    return CosineRate.annealed(initial, etaMin, share);
  }
}
