package org.vaescape.train;

import java.util.Arrays;
import java.util.List;
import org.vaescape.search.HyperParameter;
import org.vaescape.search.Member;
import org.vaescape.search.Range;
import org.vaescape.train.ValidationLosses.Curve;

/// Stops at the first epoch >= `minEpochs` up to which the curve was, for `patience` epochs in a
/// row, not below its lowest point by more than `minDelta`.
///
/// As PyTorch Lightning has it: the lowest point moves only by falls of more than `minDelta`, the
/// epochs before `minEpochs` count, and one that is not a number is no fall.
///
/// @param patience at least 1
/// @param minDelta at least 0, in units of the curve
/// @param minEpochs at least 1
public record Patience(int patience, double minDelta, Curve on, int minEpochs) implements StopRule {
  private static final HyperParameter MIN_EPOCHS =
      new HyperParameter.Count("min-epochs", 5, 1, "epochs at least, as Eltager et al. have it");

  static final Member<StopRule> MEMBER =
      new Member<>(
          "patience",
          "stops where validation has not improved for some epochs",
          "PyTorch Lightning; Eltager et al. 2023, PLOS ONE",
          List.of(
              new HyperParameter.Count("patience", 3, 1, "epochs in a row without improvement"),
              new HyperParameter.Real(
                  "min-delta", 1e-4, Range.NOT_NEGATIVE, "a smaller fall is no improvement"),
              new HyperParameter.Choice(
                  "on",
                  Curve.LOSS.text(),
                  Arrays.stream(Curve.values()).map(Curve::text).toList(),
                  "which validation curve is looked at"),
              MIN_EPOCHS),
          settings ->
              new Patience(
                  settings.count("patience"),
                  settings.real("min-delta"),
                  Curve.of(settings.choice("on")),
                  settings.count(MIN_EPOCHS.name())));

  public Patience {
    if (patience < 1 || !(minDelta >= 0) || minEpochs < 1) {
      throw new IllegalArgumentException(
          "patience and min-epochs must be at least 1 and min-delta at least 0 but were %d, %d and %s"
              .formatted(patience, minEpochs, minDelta));
    }
  }

  /// The first epoch is always an improvement.
  @Override
  public int earliest() {
    return Math.max(patience + 1, minEpochs);
  }

  @Override
  public boolean stops(List<ValidationLosses> epochs) {
    if (epochs.size() < minEpochs) {
      return false;
    }
    double lowest = Double.POSITIVE_INFINITY;
    int without = 0;
    for (ValidationLosses epoch : epochs) {
      double value = epoch.of(on);
      if (value + minDelta < lowest) {
        lowest = value;
        without = 0;
      } else {
        without++;
      }
    }
    return without >= patience;
  }
}
