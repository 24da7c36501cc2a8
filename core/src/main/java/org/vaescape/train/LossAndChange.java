package org.vaescape.train;

import java.util.List;
import org.vaescape.search.Member;

/// Stops at the first epoch >= `minEpochs` at which the validation loss went down while its
/// reconstruction term changed, up or down, by no more than `tolerance` of what it was.
///
/// @param tolerance above 0
/// @param minEpochs at least 1
public record LossAndChange(double tolerance, int minEpochs) implements StopRule {
  static final Member<StopRule> MEMBER =
      new Member<>(
          "loss-and-change",
          "stops where the validation loss falls and its reconstruction changes by no more than a share of itself",
          "Korkic 2021, the two losses read apart",
          List.of(RelativeChange.TOLERANCE, RelativeChange.MIN_EPOCHS),
          settings ->
              new LossAndChange(
                  settings.real(RelativeChange.TOLERANCE.name()),
                  settings.count(RelativeChange.MIN_EPOCHS.name())));

  public LossAndChange {
    RelativeChange.checkSettings(tolerance, minEpochs);
  }

  @Override
  public int earliest() {
    return Math.max(2, minEpochs);
  }

  @Override
  public boolean stops(List<ValidationLosses> epochs) {
    if (epochs.size() < earliest()) {
      return false;
    }
    return epochs.getLast().loss() < epochs.get(epochs.size() - 2).loss()
        && Math.abs(RelativeChange.fallOfReconstruction(epochs)) <= tolerance;
  }
}
