package org.vaescape.report.live;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.SequencedSet;
import java.util.Set;
import org.vaescape.report.ReportInput.Planned;

/// What the page is told of a study once.
///
/// @param keys of the settings that place a trial, then of the others that vary
/// @param trials id, number of the repeat, then the settings of these keys as text
record StudyPlan(String name, String question, List<String> keys, List<List<Object>> trials) {
  /// Before a run has planned.
  static final StudyPlan NONE = new StudyPlan("", "", List.of(), List.of());

  private static final List<String> AXES = List.of("model", "optimizer", "latent", "learning-rate");

  static StudyPlan of(StudyFolder.Stored study) {
    Map<String, Set<String>> values = new LinkedHashMap<>();
    for (Planned trial : study.plan()) {
      trial
          .settings()
          .forEach(
              (key, value) -> values.computeIfAbsent(key, _ -> new LinkedHashSet<>()).add(value));
    }
    SequencedSet<String> keys = new LinkedHashSet<>(AXES);
    values.forEach((key, different) -> {
      if (different.size() > 1) {
        keys.add(key);
      }
    });
    List<List<Object>> trials = new ArrayList<>();
    for (Planned trial : study.plan()) {
      List<Object> row = new ArrayList<>(List.of(trial.id(), trial.repeat()));
      keys.forEach(key -> row.add(trial.settings().getOrDefault(key, "")));
      trials.add(row);
    }
    return new StudyPlan(study.name(), study.question(), List.copyOf(keys), trials);
  }
}
