package org.vaescape.analysis.runs;

import java.util.Collections;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SequencedMap;
import org.vaescape.study.FinishedTrial;
import org.vaescape.study.FinishedTrial.Checkpoint;
import org.vaescape.study.FinishedTrial.Epoch;
import org.vaescape.study.Status;

/// One training run as the statistics see it.
///
/// @param settings text by hyper-parameter; one that has no meaning in this run is absent
/// @param repeat from 0; runs of one repeat share what their study shares in it
/// @param ending how it ended and what it became, in the words of its study: `converged`, `learned`
/// @param outcomes by moment and name; what a run does not have is absent
public record Run(
    String id,
    SequencedMap<String, String> settings,
    int repeat,
    Fate fate,
    String ending,
    Map<StopPoint, Map<String, Double>> outcomes) {
  /// An outcome at the stop: 1 where the stopping rule ended the run, 0 where something else did.
  public static final String CONVERGED = "converged";

  private static final String RECALIBRATED = "_recalibrated";
  private static final String RECONSTRUCTION = "val_reconstruction";
  private static final String LEARNED = "learned";

  public Run {
    settings = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(settings));
    outcomes = Map.copyOf(outcomes);
  }

  /// The outcome; `NaN` where the run has none, or failed.
  public double outcome(String metric, StopPoint stop) {
    return fate == Fate.FAILED
        ? Double.NaN
        : outcomes.getOrDefault(stop, Map.of()).getOrDefault(metric, Double.NaN);
  }

  /// Whether the outcome was measured at this moment, a number or not.
  public boolean has(String metric, StopPoint stop) {
    return outcomes.getOrDefault(stop, Map.of()).containsKey(metric);
  }

  /// The setting's text; empty where it has no meaning.
  public String setting(String name) {
    return settings.getOrDefault(name, "");
  }

  /// The same run under another number of its repeat.
  Run inRepeat(int other) {
    return other == repeat ? this : new Run(id, settings, other, fate, ending, outcomes);
  }

  /// The same run with the negative of an outcome, and no other outcome.
  Run turned(String metric) {
    Map<StopPoint, Map<String, Double>> negative = new EnumMap<>(StopPoint.class);
    outcomes.forEach((stop, all) -> {
      if (all.containsKey(metric)) {
        negative.put(stop, Map.of(metric, -all.get(metric)));
      }
    });
    return new Run(id, settings, repeat, fate, ending, negative);
  }

  /// The setting of this role; empty where there is none.
  public String setting(Role role) {
    return role.in(settings);
  }

  /// A trial of a study.
  public static Run of(FinishedTrial trial) {
    Map<String, Double> recalibrated = new LinkedHashMap<>();
    trial
        .metrics()
        .forEach((name, value) -> {
          if (name.endsWith(RECALIBRATED)) {
            recalibrated.put(name.substring(0, name.length() - RECALIBRATED.length()), value);
          }
        });
    Map<String, Double> stop = new LinkedHashMap<>(trial.metrics());
    stop.put("epochs", (double) trial.epochs());
    stop.put("seconds", trial.seconds());
    stop.put(CONVERGED, trial.status() == Status.CONVERGED ? 1.0 : 0.0);
    Map<StopPoint, Map<String, Double>> outcomes = new LinkedHashMap<>();
    outcomes.put(StopPoint.STOP, stop);
    outcomes.put(StopPoint.BEST_EPOCH, bestEpoch(trial));
    outcomes.put(StopPoint.RECALIBRATED, recalibrated);
    Fate fate = fate(trial);
    String ending = fate == Fate.FAILED ? trial.status().text() : trial.verdict();
    return new Run(trial.id(), trial.settings(), trial.repeat(), fate, ending, outcomes);
  }

  private static Fate fate(FinishedTrial trial) {
    return switch (trial.status()) {
      case CONVERGED, MAX_EPOCHS -> trial.verdict().equals(LEARNED) ? Fate.LEARNED : Fate.UNLEARNED;
      case DIVERGED, OUT_OF_MEMORY, TIMED_OUT, PRUNED, FAILED -> Fate.FAILED;
    };
  }

  /// What the checkpoint of the best epoch holds, and terms of the loss from the curve's row of the
  /// lowest reconstruction error up to the stop.
  private static Map<String, Double> bestEpoch(FinishedTrial trial) {
    Map<String, Double> best = new LinkedHashMap<>();
    double lowest = Double.POSITIVE_INFINITY;
    for (Epoch epoch : trial.curve()) {
      double error = epoch.terms().getOrDefault(RECONSTRUCTION, Double.NaN);
      if (epoch.number() <= trial.epochs() && error < lowest) {
        lowest = error;
        best.putAll(epoch.terms());
      }
    }
    for (Checkpoint checkpoint : trial.allCheckpoints()) {
      if (checkpoint.name().equals("best")) {
        best.putAll(checkpoint.metrics());
      }
    }
    return best;
  }
}
