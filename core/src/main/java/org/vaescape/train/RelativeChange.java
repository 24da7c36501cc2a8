package org.vaescape.train;

import java.util.List;
import org.vaescape.search.HyperParameter;
import org.vaescape.search.Member;
import org.vaescape.search.Range;

/// Stops at the first epoch >= `minEpochs` at which the validation reconstruction went down, by no
/// more than `tolerance` of what it was.
///
/// @param tolerance above 0
/// @param minEpochs at least 1
public record RelativeChange(double tolerance, int minEpochs) implements StopRule {
  static final HyperParameter TOLERANCE =
      new HyperParameter.Real(
          "tolerance", 0.01, Range.POSITIVE, "largest share of change that counts as none");

  /// The floor that the smallest circle of the study's figures tells of.
  static final HyperParameter MIN_EPOCHS =
      new HyperParameter.Count(
          "min-epochs", 12, 1, "epochs at least; running statistics mislead in the first");

  static final Member<StopRule> MEMBER =
      new Member<>(
          "relative-change",
          "stops where the validation reconstruction falls by no more than a share of itself",
          "Korkic 2021, read on the reconstruction alone",
          List.of(TOLERANCE, MIN_EPOCHS),
          settings ->
              new RelativeChange(
                  settings.real(TOLERANCE.name()), settings.count(MIN_EPOCHS.name())));

  public RelativeChange {
    checkSettings(tolerance, minEpochs);
  }

  static void checkSettings(double tolerance, int minEpochs) {
    if (!(tolerance > 0) || minEpochs < 1) {
      throw new IllegalArgumentException(
          "tolerance must be above 0 and min-epochs at least 1 but were %s and %d"
              .formatted(tolerance, minEpochs));
    }
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
    double fall = fallOfReconstruction(epochs);
    return fall > 0 && fall <= tolerance;
  }

  /// How far the reconstruction fell in the last epoch, as a share of its size before: below 0
  /// where it rose, NaN where it was 0 and stayed.
  static double fallOfReconstruction(List<ValidationLosses> epochs) {
    double before = epochs.get(epochs.size() - 2).reconstruction();
    // The size, since the negative log-likelihood of a density can be below 0.
    return (before - epochs.getLast().reconstruction()) / Math.abs(before);
  }
}
