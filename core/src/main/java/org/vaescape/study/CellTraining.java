package org.vaescape.study;

import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.vaescape.model.Models;
import org.vaescape.model.Reconstructions;
import org.vaescape.search.Cell;
import org.vaescape.search.Inapplicable;
import org.vaescape.train.Numerics;
import org.vaescape.train.Optimizer;
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
        Models.CATALOGUE
            .member(CellSettings.word(cell, "model"))
            .create(CellSettings.of(cell, "model")),
        CellLayers.hidden(cell),
        count(cell, "latent"),
        CellLayers.style(cell),
        CellLayers.initialization(cell),
        optimizer(cell),
        (Double) CellSettings.value(cell, "learning-rate"),
        scheduler(cell),
        Reconstructions.CATALOGUE
            .member(CellSettings.word(cell, "reconstruction"))
            .create(CellSettings.below(cell, "reconstruction")),
        CellSettings.word(cell, "objective").equals(StudyKeys.ELBO),
        klWeight(cell, trainingSamples),
        warmUp(cell),
        (Double) CellSettings.value(cell, "free-bits"),
        count(cell, "batch"),
        (Boolean) CellSettings.value(cell, "drop-last"),
        stopping(cell),
        clip(cell),
        new Validation(
            cell.text(StudyKeys.VALIDATION_LATENT).equals("mean"),
            study.validationCompat().equals(StudyKeys.ELTAGER),
            StudyKeys.BATCH_OVER_N.equals(CellSettings.value(cell, "kl-weight"))),
        study.outcomesCompat().equals(StudyKeys.ELTAGER),
        numerics,
        Optional.ofNullable(study.timeLimit()));
  }

  /// The settings of a cell that can be trained.
  ///
  /// @param trainingSamples samples of the training part, for `batch/n`
  /// @throws Inapplicable where a key of the cell has no meaning beside the others
  /// @throws IllegalArgumentException where the cell cannot be, with rule, value and what to do
  static TrainingSettings checked(Study study, Cell cell, int trainingSamples, Numerics numerics) {
    TrainingSettings settings = settings(study, cell, trainingSamples, numerics);
    settings.check();
    return settings;
  }

  private static Optimizer optimizer(Cell cell) {
    String name = CellSettings.word(cell, "optimizer");
    Map<String, Object> settings = CellSettings.below(cell, name);
    // The optimizer's own goes before the one for all.
    if (CellSettings.value(cell, StudyKeys.WEIGHT_DECAY) instanceof Double decay) {
      settings.putIfAbsent(StudyKeys.WEIGHT_DECAY, decay);
    }
    try {
      return Optimizers.CATALOGUE.member(name).create(settings);
    } catch (Inapplicable e) {
      throw e.below(name); // as cells call it
    }
  }

  static int count(Cell cell, String key) {
    return Math.toIntExact((Long) CellSettings.value(cell, key));
  }

  private static double klWeight(Cell cell, int trainingSamples) {
    return CellSettings.value(cell, "kl-weight") instanceof Double weight
        ? weight
        : TrainingSettings.batchOverN(count(cell, "batch"), trainingSamples);
  }

  private static Stopping stopping(Cell cell) {
    return new Stopping(
        stopRule(cell),
        count(cell, "max-epochs"),
        Stopping.Restore.of(CellSettings.word(cell, "restore")),
        count(cell, "horizon"));
  }

  static StopRule stopRule(Cell cell) {
    Map<String, Object> settings = CellSettings.below(cell, "stop");
    settings.remove("rule");
    return StopRules.CATALOGUE.member(CellSettings.word(cell, "stop.rule")).create(settings);
  }

  private static Scheduler scheduler(Cell cell) {
    return Schedulers.CATALOGUE
        .member(CellSettings.word(cell, "scheduler"))
        .create(CellSettings.below(cell, "scheduler"));
  }

  private static WarmUp warmUp(Cell cell) {
    return WarmUps.CATALOGUE
        .member(CellSettings.word(cell, "kl-warm-up"))
        .create(CellSettings.below(cell, "kl-warm-up"));
  }

  private static OptionalDouble clip(Cell cell) {
    return CellSettings.value(cell, StudyKeys.CLIP.name()) instanceof Double norm
        ? OptionalDouble.of(norm)
        : OptionalDouble.empty();
  }
}
