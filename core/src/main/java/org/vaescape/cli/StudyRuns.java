package org.vaescape.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Stream;
import org.vaescape.analysis.runs.Run;
import org.vaescape.analysis.runs.RunSet;
import org.vaescape.analysis.runs.StopPoint;
import org.vaescape.report.ReportInput.Planned;
import org.vaescape.study.FinishedTrial;
import org.vaescape.study.Metrics;
import org.vaescape.study.yaml.YamlReader;
import org.vaescape.train.LabelMetrics;

/// What the trials of a study are, for statistics.
final class StudyRuns {
  /// A model's own reconstruction loss, which no other model shares.
  private static final String RECONSTRUCTION = "val_reconstruction";

  /// Presets of the study whose claims are scored.
  private static final Set<String> PRESETS =
      Set.of("korkic2021", "korkic2021-readings", "korkic2021-extended");

  private StudyRuns() {}

  /// The trials that the study asks for, in its order, with settings as its plan has them.
  static RunSet of(StoredStudy study, List<FinishedTrial> trials) {
    Map<String, FinishedTrial> byId = new HashMap<>();
    trials.forEach(trial -> byId.put(trial.id(), trial));
    List<Run> runs = new ArrayList<>();
    for (Planned planned : study.plan()) {
      FinishedTrial trial = byId.get(planned.id());
      if (trial != null) {
        Run run = Run.of(trial);
        runs.add(
            new Run(
                run.id(),
                planned.settings(),
                planned.repeat(),
                run.fate(),
                run.ending(),
                run.outcomes()));
      }
    }
    return new RunSet(
        study.name(),
        study.seed(),
        runs,
        study.readings(),
        study.crossed(),
        List.of("learning-rate", "kl-weight"),
        genes(study.yaml(), runs),
        outcomes(runs),
        PRESETS.contains(study.name()) ? RunSet.Origin.PRESET : RunSet.Origin.STUDY);
  }

  /// Genes that losses are means over: those that the study keeps, if all its losses are means.
  private static OptionalInt genes(String yaml, List<Run> runs) {
    boolean means = runs.stream().allMatch(run -> run.setting("objective").equals("mean"));
    Object value = YamlReader.file(yaml, "study.yaml", Path.of("")).plain();
    for (String key : List.of("data", "select", "keep")) {
      value = value instanceof Map<?, ?> section ? section.get(key) : null;
    }
    return means && value instanceof Long genes
        ? OptionalInt.of(Math.toIntExact(genes))
        : OptionalInt.empty();
  }

  /// What these runs have of: the study's own loss, errors that models share, how long training
  /// took, what the latent is good for.
  private static List<RunSet.Outcome> outcomes(List<Run> runs) {
    List<RunSet.Outcome> outcomes = new ArrayList<>();
    Stream.concat(
            Stream.of(
                RECONSTRUCTION,
                "val_mse",
                "val_mse_sampled",
                "epochs",
                "active_units",
                "val_importance_bound"),
            Stream.concat(LabelMetrics.CATALOGUE.names().stream(), Stream.of("concordance")))
        .filter(name -> runs.stream().anyMatch(run -> has(run, name)))
        .forEach(name ->
            outcomes.add(
                new RunSet.Outcome(
                    name, Metrics.of(name).orElseThrow().better(), !name.equals(RECONSTRUCTION))));
    return outcomes;
  }

  private static boolean has(Run run, String name) {
    return Double.isFinite(run.outcome(name, StopPoint.STOP));
  }
}
