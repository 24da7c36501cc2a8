package org.vaescape.train;

import java.util.List;
import java.util.Locale;
import org.vaescape.search.HyperParameter;
import org.vaescape.search.Member;
import org.vaescape.search.Range;

/// Multiplies the learning rate by `factor` when the validation reconstruction has not improved for
/// more than `patience` epochs (PyTorch's `ReduceLROnPlateau` with mode `min`).
///
/// @param factor in (0, 1)
/// @param patience epochs without improvement that are let pass, at least 0
/// @param threshold smallest improvement that counts, at least 0
/// @param thresholdMode whether `threshold` is a share of the best value
/// @param cooldown epochs after a reduction in which none counts as bad, at least 0
/// @param minLr learning rate below which it does not go, at least 0
/// @param epsilon a reduction by no more is left out, at least 0
public record PlateauRate(
    double factor,
    int patience,
    double threshold,
    Threshold thresholdMode,
    int cooldown,
    double minLr,
    double epsilon)
    implements Scheduler {
  static final Member<Scheduler> MEMBER =
      new Member<>(
          "plateau",
          "rate times factor when the validation reconstruction stands still",
          "torch.optim.lr_scheduler.ReduceLROnPlateau",
          List.of(
              new HyperParameter.Real(
                  "factor",
                  0.1,
                  new Range(0, false, 1, false),
                  "of the rate, when it stands still"),
              new HyperParameter.Count("patience", 10, 0, "bad epochs that are let pass"),
              new HyperParameter.Real(
                  "threshold", 1e-4, Range.NOT_NEGATIVE, "smallest improvement that counts"),
              new HyperParameter.Choice(
                  "threshold-mode",
                  "rel",
                  List.of("rel", "abs"),
                  "share of the best, or difference"),
              new HyperParameter.Count(
                  "cooldown", 0, 0, "epochs after a reduction that are not bad"),
              new HyperParameter.Real("min-lr", 0, Range.NOT_NEGATIVE, "lowest learning rate"),
              new HyperParameter.Real(
                  "epsilon", 1e-8, Range.NOT_NEGATIVE, "a reduction by no more is left out")),
          settings ->
              new PlateauRate(
                  settings.real("factor"),
                  settings.count("patience"),
                  settings.real("threshold"),
                  Threshold.valueOf(settings.choice("threshold-mode").toUpperCase(Locale.ROOT)),
                  settings.count("cooldown"),
                  settings.real("min-lr"),
                  settings.real("epsilon")));

  public PlateauRate {
    if (thresholdMode == Threshold.REL && threshold >= 1) {
      throw new IllegalArgumentException(
          "threshold must be below 1, a share of the best value, but was %s; or set threshold-mode to abs"
              .formatted(threshold));
    }
    if (threshold == 0) {
      thresholdMode = Threshold.REL;
    }
  }

  /// What a threshold is measured in.
  public enum Threshold {
    REL,
    ABS
  }

  /// Goes through all epochs before, so that nothing has to be remembered between calls.
  @Override
  public double rate(double initial, int epoch, int epochs, List<ValidationLosses> before) {
    double rate = initial;
    double best = Double.POSITIVE_INFINITY;
    int bad = 0;
    int cooling = 0;
    for (ValidationLosses losses : before) {
      double reconstruction = losses.reconstruction();
      if (reconstruction < bar(best)) {
        best = reconstruction;
        bad = 0;
      } else {
        bad++;
      }
      if (cooling > 0) {
        cooling--;
        bad = 0;
      }
      if (bad > patience) {
        double lower = Math.max(rate * factor, minLr);
        rate = rate - lower > epsilon ? lower : rate;
        cooling = cooldown;
        bad = 0;
      }
    }
    return rate;
  }

  private double bar(double best) {
    return switch (thresholdMode) {
      // Below 0, as a log-likelihood can be, lower is further from 0.
      case REL -> best * (1 - Math.signum(best) * threshold);
      case ABS -> best - threshold;
    };
  }
}
