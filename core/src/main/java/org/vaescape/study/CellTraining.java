package org.vaescape.study;

import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.vaescape.model.Models;
import org.vaescape.model.Reconstructions;
import org.vaescape.search.Cell;
import org.vaescape.train.ConstantRate;
import org.vaescape.train.NoWarmUp;
import org.vaescape.train.Numerics;
import org.vaescape.train.Optimizers;
import org.vaescape.train.Scheduler;
import org.vaescape.train.Schedulers;
import org.vaescape.train.StopRule;
import org.vaescape.train.StopRules;
import org.vaescape.train.Stopping;
import org.vaescape.train.TrainingSettings;
import org.vaescape.train.Validation;
import org.vaescape.train.WarmUp;
import org.vaescape.train.WarmUps;

/// A cell as the settings of a training run.
final class CellTraining {
  private CellTraining() {}

  /// @param trainingSamples samples of the training part, for `batch/n`
  static TrainingSettings settings(Study study, Cell cell, int trainingSamples, Numerics numerics) {
    return new TrainingSettings(
        Models.CATALOGUE.member(cell.text("model")).create(CellSettings.of(cell, "model")),
        CellLayers.hidden(cell),
        count(cell, "latent"),
        CellLayers.style(cell),
        CellLayers.initialization(cell),
        Optimizers.CATALOGUE.member(cell.text("optimizer")).create(optimizer(cell)),
        (Double) cell.value("learning-rate"),
        scheduler(cell),
        Reconstructions.CATALOGUE
            .member(cell.text("reconstruction"))
            .create(CellSettings.below(cell, "reconstruction")),
        cell.text("objective").equals(StudyKeys.ELBO),
        klWeight(cell, trainingSamples),
        warmUp(cell),
        cell.values().get("free-bits") instanceof Double bits ? bits : 0,
        count(cell, "batch"),
        (Boolean) cell.value("drop-last"),
        stopping(cell),
        clip(cell),
        new Validation(
            cell.text(StudyKeys.VALIDATION_LATENT).equals("mean"),
            study.validationCompat().equals(StudyKeys.ELTAGER),
            StudyKeys.BATCH_OVER_N.equals(cell.values().get("kl-weight"))),
        study.outcomesCompat().equals(StudyKeys.ELTAGER),
        numerics,
        Optional.ofNullable(study.timeLimit()));
  }

  /// Refuses a model under an objective that makes no sense for it.
  ///
  /// @throws IllegalArgumentException with rule, value and what to do
  static void check(Study study, Cell cell) {
    // Of how many samples batch/n is a share does not matter, nor where it would be computed.
    TrainingSettings settings =
        settings(study, cell, count(cell, "batch"), Numerics.of("fp32", "cpu", study.threads()));
    settings.check();
  }

  private static Map<String, Object> optimizer(Cell cell) {
    Map<String, Object> settings = CellSettings.of(cell, "optimizer");
    if (cell.values().get(StudyKeys.WEIGHT_DECAY) instanceof Double decay) {
      settings.put(StudyKeys.WEIGHT_DECAY, decay);
    }
    return settings;
  }

  static int count(Cell cell, String key) {
    return Math.toIntExact((Long) cell.value(key));
  }

  /// A model without a posterior has no KL to weigh, and its cells no `kl-weight`.
  private static double klWeight(Cell cell, int trainingSamples) {
    if (!cell.values().containsKey("kl-weight")) {
      return 0;
    }
    return cell.value("kl-weight") instanceof Double weight
        ? weight
        : TrainingSettings.batchOverN(count(cell, "batch"), trainingSamples);
  }

  private static Stopping stopping(Cell cell) {
    return new Stopping(
        stopRule(cell),
        count(cell, "max-epochs"),
        Stopping.Restore.of(cell.text("restore")),
        count(cell, "horizon"));
  }

  static StopRule stopRule(Cell cell) {
    Map<String, Object> settings = CellSettings.below(cell, "stop");
    settings.remove("rule");
    return StopRules.CATALOGUE.member(cell.text("stop.rule")).create(settings);
  }

  /// An optimizer that does not follow the rate has none.
  private static Scheduler scheduler(Cell cell) {
    return cell.values().containsKey("scheduler")
        ? Schedulers.CATALOGUE
            .member(cell.text("scheduler"))
            .create(CellSettings.below(cell, "scheduler"))
        : new ConstantRate();
  }

  private static WarmUp warmUp(Cell cell) {
    return cell.values().containsKey("kl-warm-up")
        ? WarmUps.CATALOGUE
            .member(cell.text("kl-warm-up"))
            .create(CellSettings.below(cell, "kl-warm-up"))
        : new NoWarmUp();
  }

  private static OptionalDouble clip(Cell cell) {
    return cell.values().get("clip") instanceof Double norm
        ? OptionalDouble.of(norm)
        : OptionalDouble.empty();
  }
}
