package org.vaescape.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.vaescape.UserError;
import org.vaescape.study.FinishedTrial;
import org.vaescape.study.LatentMap;

/// Where kept trials put the validation samples: first the best trial of each model, then the
/// others, from the lowest error.
final class KeptLatents {
  private KeptLatents() {}

  /// @param folder of the study
  /// @param notes takes what is wrong with a file, which costs its map alone
  static List<LatentMap> read(Path folder, List<FinishedTrial> trials, List<String> notes) {
    List<FinishedTrial> best = new ArrayList<>();
    List<FinishedTrial> others = new ArrayList<>();
    Set<String> models = new HashSet<>();
    trials.stream()
        .sorted(
            Comparator.comparingDouble((FinishedTrial trial) -> trial.metric("val_mse"))
                .thenComparing(FinishedTrial::id))
        .forEach(trial ->
            (models.add(trial.settings().getOrDefault("model", "")) ? best : others).add(trial));
    best.addAll(others);
    List<LatentMap> maps = new ArrayList<>();
    for (FinishedTrial trial : best) {
      try {
        LatentMap.read(folder.resolve(StudyRun.MODELS), trial.id()).ifPresent(maps::add);
      } catch (UserError e) {
        notes.add(e.getMessage());
      }
    }
    return maps;
  }
}
