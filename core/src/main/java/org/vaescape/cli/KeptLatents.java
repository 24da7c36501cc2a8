package org.vaescape.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.vaescape.UserError;
import org.vaescape.study.FinishedTrial;
import org.vaescape.study.LatentMap;

/// Where kept trials put the validation samples: first the best trial of each model, then the
/// others, from the lowest error.
final class KeptLatents {
  /// Points of all maps: more than a page holds, and no more than fit into little memory.
  private static final int MOST_POINTS = 200_000;

  private KeptLatents() {}

  /// Maps beyond what a page holds are not all read.
  ///
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
    Path kept = folder.resolve(StudyRun.MODELS);
    List<LatentMap> maps = new ArrayList<>();
    int points = 0;
    int without = 0;
    for (FinishedTrial trial : best) {
      if (points > MOST_POINTS && maps.size() > 1) {
        break;
      }
      try {
        Optional<LatentMap> map = LatentMap.read(kept, trial.id());
        without += map.isEmpty() && LatentMap.isKept(kept, trial.id()) ? 1 : 0;
        points += map.map(read -> read.points().size()).orElse(0);
        map.ifPresent(maps::add);
      } catch (UserError e) {
        notes.add(e.getMessage());
      }
    }
    if (without > 0) {
      notes.add(
          "The weights of %s kept %s do not say where samples lie in latent space, as those of older versions; it is not drawn of them."
              .formatted(without, without == 1 ? "trial" : "trials"));
    }
    return maps;
  }
}
