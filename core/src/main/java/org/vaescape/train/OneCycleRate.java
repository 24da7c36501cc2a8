package org.vaescape.train;

import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import org.vaescape.search.HyperParameter;
import org.vaescape.search.Member;
import org.vaescape.search.Range;

/// Up to the learning rate and down to next to nothing, once, while momentum goes the other way
/// (Smith and Topin 2019, arXiv:1708.07120), in PyTorch's form of `OneCycleLR` with a step an
/// epoch.
///
/// The momentum, or beta1, of optimizers that have one is set to the cycle's in every epoch,
/// whatever it was.
///
/// @param pctStart share of the epochs that go up, in [0, 1]
/// @param divFactor learning rate over that of the first epoch, above 0
/// @param finalDivFactor rate of the first epoch over that of the last, above 0
/// @param threePhase go down to the first epoch's rate as fast as up, and then on
/// @param cycleMomentum whether momentum goes from `maxMomentum` to `baseMomentum` and back
/// @param baseMomentum at the highest rate, in (0, 1)
/// @param maxMomentum at the ends, in (0, 1), at least `baseMomentum`
public record OneCycleRate(
    double pctStart,
    double divFactor,
    double finalDivFactor,
    Annealing anneal,
    boolean threePhase,
    boolean cycleMomentum,
    double baseMomentum,
    double maxMomentum)
    implements Scheduler {
  /// Without 0: an optimizer with a momentum of 0 is another than one whose momentum moves.
  private static final Range INSIDE = new Range(0, false, 1, false);

  private static final double BASE_MOMENTUM = 0.85;
  private static final double MAX_MOMENTUM = 0.95;

  static final Member<Scheduler> MEMBER =
      new Member<>(
          "one-cycle",
          "up to the rate and down to almost nothing, momentum the other way",
          "Smith and Topin 2019, arXiv:1708.07120",
          List.of(
              new HyperParameter.Real(
                  "pct-start", 0.3, new Range(0, true, 1, true), "share of epochs that go up"),
              new HyperParameter.Real(
                  "div-factor", 25, Range.POSITIVE, "rate over that of the first epoch"),
              new HyperParameter.Real(
                  "final-div-factor", 1e4, Range.POSITIVE, "first epoch's rate over the last's"),
              new HyperParameter.Choice("anneal", "cos", List.of("cos", "linear"), "way between"),
              new HyperParameter.Flag(
                  "three-phase", false, "down to the first rate as fast as up, then on"),
              new HyperParameter.Flag(
                  "cycle-momentum", true, "set momentum or beta1, where the optimizer has one"),
              new HyperParameter.Real(
                  "base-momentum", BASE_MOMENTUM, INSIDE, "momentum at the highest rate"),
              new HyperParameter.Real(
                  "max-momentum", MAX_MOMENTUM, INSIDE, "momentum at the ends")),
          settings ->
              new OneCycleRate(
                  settings.real("pct-start"),
                  settings.real("div-factor"),
                  settings.real("final-div-factor"),
                  Annealing.valueOf(settings.choice("anneal").toUpperCase(Locale.ROOT)),
                  settings.flag("three-phase"),
                  settings.flag("cycle-momentum"),
                  settings.real("base-momentum"),
                  settings.real("max-momentum")));

  public OneCycleRate {
    if (pctStart == 1) { // only up
      finalDivFactor = 1;
      threePhase = false;
    }
    if (!cycleMomentum) {
      baseMomentum = BASE_MOMENTUM;
      maxMomentum = MAX_MOMENTUM;
    }
    if (baseMomentum > maxMomentum) {
      throw new IllegalArgumentException(
          "base-momentum must be at most max-momentum but they were %s and %s"
              .formatted(baseMomentum, maxMomentum));
    }
  }

  /// The way from one value to another.
  public enum Annealing {
    COS,
    LINEAR;

    private double between(double start, double end, double share) {
      return switch (this) {
        case COS -> CosineRate.annealed(start, end, share);
        case LINEAR -> start + (end - start) * share;
      };
    }
  }

  @Override
  public double rate(double initial, int epoch, int epochs, List<ValidationLosses> before) {
    double first = initial / divFactor;
    return at(epoch, epochs, first, initial, first / finalDivFactor);
  }

  @Override
  public OptionalDouble momentum(int epoch, int epochs) {
    return cycleMomentum
        ? OptionalDouble.of(at(epoch, epochs, maxMomentum, baseMomentum, maxMomentum))
        : OptionalDouble.empty();
  }

  @Override
  public Scheduler withoutMomentum() {
    return new OneCycleRate(
        pctStart, divFactor, finalDivFactor, anneal, threePhase, false, baseMomentum, maxMomentum);
  }

  /// A value that goes from `first` to `middle` and then to `last`, in three phases by way of
  /// `first`.
  private double at(int epoch, int epochs, double first, double middle, double last) {
    double now = Math.min(epoch, epochs - 1);
    double top = pctStart * epochs - 1; // PyTorch counts whole steps from 0: the top may be between
    if (now <= top) {
      return anneal.between(first, middle, share(now, 0, top));
    }
    double back = 2 * pctStart * epochs - 2;
    if (threePhase && now <= back) {
      return anneal.between(middle, first, share(now, top, back));
    }
    return threePhase
        ? anneal.between(first, last, share(now, back, epochs - 1))
        : anneal.between(middle, last, share(now, top, epochs - 1));
  }

  private static double share(double now, double start, double end) {
    return end > start ? (now - start) / (end - start) : 1;
  }
}
