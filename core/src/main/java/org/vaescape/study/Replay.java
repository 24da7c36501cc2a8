package org.vaescape.study;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.vaescape.study.FinishedTrial.Epoch;
import org.vaescape.train.Schedulers;
import org.vaescape.train.Stopping;
import org.vaescape.train.ValidationLosses;
import org.vaescape.train.WarmUps;

/// How a stored trial would have ended under another way to stop, told from its curve: to the last
/// bit what training it again would give, as far as the curve goes.
///
/// @param end `converged` or `max-epochs`; `diverged` where the trial did before the rule stopped;
///   `censored` where the rule would stop later than the curve goes, or would have changed a
///   schedule that goes by `max-epochs`, so that nobody knows; the trial's own status where it has
///   no curve
/// @param epochs until the stop; 0 if it is not known
/// @param weights the row of the epoch whose weights it would hand over, empty if there is none
public record Replay(String end, int epochs, Optional<Epoch> weights) {
  /// How a trial ends of which the curve does not tell.
  public static final String CENSORED = "censored";

  /// What the rule makes of a trial.
  public static Replay of(ReplayRule rule, FinishedTrial trial) {
    List<ValidationLosses> losses = trial.curve().stream().map(Replay::losses).toList();
    int ownMaxEpochs = Integer.parseInt(trial.settings().getOrDefault("max-epochs", "0"));
    int maxEpochs = rule.maxEpochs().orElse(ownMaxEpochs);
    if (losses.isEmpty()) {
      return new Replay(trial.status().text(), 0, Optional.empty());
    }
    if (maxEpochs != ownMaxEpochs && goesByMaxEpochs(trial.settings())) {
      return new Replay(CENSORED, 0, Optional.empty());
    }
    List<ValidationLosses> known = losses.subList(0, Math.min(losses.size(), maxEpochs));
    OptionalInt stop = rule.rule().firstStop(known);
    if (stop.isPresent()) {
      return at(Status.CONVERGED, stop.getAsInt(), rule, trial, known);
    }
    if (known.size() == maxEpochs) {
      return at(Status.MAX_EPOCHS, maxEpochs, rule, trial, known);
    }
    return trial.status() == Status.DIVERGED
        ? new Replay(Status.DIVERGED.text(), known.size(), Optional.empty())
        : new Replay(CENSORED, 0, Optional.empty());
  }

  private static Replay at(
      Status end, int epochs, ReplayRule rule, FinishedTrial trial, List<ValidationLosses> losses) {
    int weights =
        new Stopping(rule.rule(), epochs, rule.restore(), 0).handsOver(losses.subList(0, epochs));
    return new Replay(end.text(), epochs, Optional.of(trial.curve().get(weights - 1)));
  }

  /// Whether the steps of a trial depend on the number of epochs it may take at most.
  private static boolean goesByMaxEpochs(Map<String, String> settings) {
    return Schedulers.goesByMaxEpochs(settings.getOrDefault("scheduler", "constant"))
        || WarmUps.goesByMaxEpochs(settings.getOrDefault("kl-warm-up", "none"));
  }

  private static ValidationLosses losses(Epoch epoch) {
    return new ValidationLosses(
        epoch.terms().getOrDefault("val_loss", Double.NaN),
        epoch.terms().getOrDefault("val_reconstruction", Double.NaN));
  }
}
