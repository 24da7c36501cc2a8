package org.vaescape.report;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.SequencedSet;
import org.vaescape.study.FinishedTrial;

/// Which columns of the table of trials are seen before a reader chooses others.
record ShownColumns(ReportInput input, StudyCells study) {
  private static final List<String> METRICS =
      List.of("val_mse", "pca_mse", "val_r2", "val_kl", "active_units", "knn_balanced_accuracy");

  List<String> names() {
    return input.table().map(this::ofTable).orElseGet(this::ofStudy);
  }

  private List<String> ofTable(TableColumns own) {
    SequencedSet<String> names = new LinkedHashSet<>(List.of("run"));
    names.addAll(own.factors());
    if (study.repeats() > 1) {
      names.add("repeat");
    }
    names.add(own.outcome());
    names.add("ending");
    return List.copyOf(names);
  }

  private List<String> ofStudy() {
    List<FinishedTrial> trials = input.trials();
    List<String> names = new ArrayList<>(List.of("trial"));
    names.addAll(TrialTable.settings(trials));
    if (study.repeats() > 1 || trials.stream().anyMatch(trial -> trial.repeat() > 0)) {
      names.add("repeat");
    }
    names.addAll(List.of("verdict", "status", "epochs"));
    METRICS.stream()
        .filter(name -> trials.stream().anyMatch(trial -> trial.metrics().containsKey(name)))
        .forEach(names::add);
    names.add("seconds");
    return names;
  }
}
