package org.vaescape.study;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.vaescape.search.Cell;
import org.vaescape.train.Numerics;
import org.vaescape.train.Stopping;
import org.vaescape.train.TrainingSettings;

/// What in the weight of the KL would make trials other than their settings say.
final class KlLint {
  /// Below it, nats of KL cost next to nothing beside nats of reconstruction.
  private static final double SMALL = 0.01;

  private KlLint() {}

  /// Warnings, one sentence each: number, and what to set.
  ///
  /// @param cells of the study
  /// @param samples of the training part
  static List<String> check(Study study, List<Cell> cells, int samples) {
    Set<String> warnings = new LinkedHashSet<>();
    Numerics anywhere = Numerics.of("fp32", "auto", "cpu", study.threads());
    for (Cell cell : cells) {
      TrainingSettings settings = CellTraining.settings(study, cell, samples, anywhere);
      smallWeight(settings).ifPresent(warnings::add);
      if (cell.values().containsKey("kl-warm-up")) {
        stopInWarmUp(settings).ifPresent(warnings::add);
        bestInWarmUp(settings).ifPresent(warnings::add);
      }
    }
    return List.copyOf(warnings);
  }

  /// A weight of 0 says by itself that there is no KL; one that was made for means over genes does
  /// not.
  private static Optional<String> smallWeight(TrainingSettings settings) {
    double weight = settings.klWeight();
    return settings.inNats() && weight > 0 && weight < SMALL
        ? Optional.of(
            "kl-weight %s under objective elbo, where the evidence bound has 1, leaves an autoencoder in effect: take kl-weight away, set it to 1, or set objective to mean"
                .formatted(Cell.text(weight)))
        : Optional.empty();
  }

  private static Optional<String> stopInWarmUp(TrainingSettings settings) {
    Stopping stopping = settings.stopping();
    int full = settings.firstEpochAtFullWeight();
    int earliest = stopping.rule().earliest();
    if (earliest >= full || earliest > stopping.maxEpochs()) {
      return Optional.empty();
    }
    return Optional.of(
        full > stopping.maxEpochs()
            ? "the stopping rule can act from epoch %d on, but the KL warm-up does not end within max-epochs %d: such trials have a smaller kl-weight than they say; shorten train.kl-warm-up, or set train.stop to none"
                .formatted(earliest, stopping.maxEpochs())
            : "the stopping rule can act from epoch %d on, but the KL has its full weight from epoch %d on only: trials that stop before have another objective; set train.stop.min-epochs to at least %d"
                .formatted(earliest, full, full));
  }

  private static Optional<String> bestInWarmUp(TrainingSettings settings) {
    Stopping stopping = settings.stopping();
    int full = settings.firstEpochAtFullWeight();
    return stopping.restore() == Stopping.Restore.LAST || full == 1
        ? Optional.empty()
        : Optional.of(
            "restore: %s can take an epoch before the KL has its full weight, which is from epoch %d on: such weights come of another objective; set train.restore to last, or train.kl-warm-up to none"
                .formatted(stopping.restore().text(), full));
  }
}
