package org.vaescape.analysis.region;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.vaescape.analysis.runs.Run;
import org.vaescape.analysis.runs.StopPoint;
import org.vaescape.study.FinishedTrial;

/// How the KL of a setting spreads over latent units.
///
/// @param units that carry 90 % of it, those that carry most first; mean over runs
/// @param kl of all units in nats, mean over runs
/// @param forecast units that can pay for their KL at most (`units_forecast`), mean over runs;
///   empty where runs do not have it
/// @param runs that have a KL by unit
public record LatentSpectrum(double units, double kl, OptionalDouble forecast, int runs) {
  static final double CARRIED = 0.9;
  private static final String FORECAST = "units_forecast";

  /// Empty where no run has a KL by unit, as none of deterministic encoders has.
  static Optional<LatentSpectrum> of(List<Run> runs) {
    double units = 0;
    double kl = 0;
    int counted = 0;
    for (Run run : runs) {
      List<Double> ofUnits = ofUnits(run);
      double total = ofUnits.stream().mapToDouble(Double::doubleValue).sum();
      if (!ofUnits.isEmpty()) {
        units += carrying(ofUnits, total);
        kl += total;
        counted++;
      }
    }
    return counted == 0
        ? Optional.empty()
        : Optional.of(
            new LatentSpectrum(
                units / counted,
                kl / counted,
                runs.stream()
                    .mapToDouble(run -> run.outcome(FORECAST, StopPoint.STOP))
                    .filter(Double::isFinite)
                    .average(),
                counted));
  }

  /// Descending; an estimate below 0 carries nothing.
  private static List<Double> ofUnits(Run run) {
    return run.outcomes().getOrDefault(StopPoint.STOP, Map.of()).entrySet().stream()
        .filter(metric -> metric.getKey().startsWith(FinishedTrial.KL_OF_UNIT))
        .filter(metric -> Double.isFinite(metric.getValue()))
        .map(metric -> Math.max(metric.getValue(), 0))
        .sorted(Comparator.reverseOrder())
        .toList();
  }

  private static int carrying(List<Double> descending, double total) {
    double sum = 0;
    int units = 0;
    while (units < descending.size() && sum < CARRIED * total) {
      sum += descending.get(units++);
    }
    return units;
  }
}
