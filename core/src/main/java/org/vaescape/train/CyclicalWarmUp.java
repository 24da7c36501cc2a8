package org.vaescape.train;

import java.util.List;
import org.vaescape.search.HyperParameter;
import org.vaescape.search.Member;
import org.vaescape.search.Range;

/// Several times from 0 to the full weight, which then stays for the rest of the cycle (Fu et al.
/// 2019, arXiv:1903.10145, equation 6, by epochs). A run that stops early has seen fewer cycles:
/// their length follows from the epochs at most.
///
/// In the paper a cycle has thousands of steps. Here the weight moves by epochs, and the first
/// epoch of a cycle has none: cycles shorter than two epochs would leave the KL out for good or
/// jump, and are refused.
///
/// @param cycles of a whole run
/// @param rise share of a cycle in which the weight rises, in (0, 1]
public record CyclicalWarmUp(int cycles, double rise) implements WarmUp {
  static final Member<WarmUp> MEMBER =
      new Member<>(
          "cyclical",
          "several times from 0 to the full weight",
          "Fu et al. 2019, arXiv:1903.10145",
          List.of(
              new HyperParameter.Count("cycles", 4, 1, "of max-epochs, two epochs each at least"),
              new HyperParameter.Real(
                  "rise", 0.5, new Range(0, false, 1, true), "share of a cycle that rises")),
          settings -> new CyclicalWarmUp(settings.count("cycles"), settings.real("rise")));

  @Override
  public void check(int maxEpochs) {
    if (2 * cycles > maxEpochs) {
      throw new IllegalArgumentException(
          "kl-warm-up.cycles must be at most half of max-epochs, %d, so that the KL has a weight in each, but was %d"
              .formatted(maxEpochs, cycles));
    }
  }

  @Override
  public double share(int epoch, int maxEpochs) {
    if (epoch >= maxEpochs) {
      return 1; // on the way to a horizon
    }
    double length = (double) maxEpochs / cycles;
    return Math.min(1, epoch % length / length / rise);
  }
}
