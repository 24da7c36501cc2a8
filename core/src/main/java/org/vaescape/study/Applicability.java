package org.vaescape.study;

import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;
import java.util.function.Predicate;
import org.vaescape.search.Cell;
import org.vaescape.train.Numerics;
import org.vaescape.train.TrainingSettings;

/// Which keys change nothing in a cell: it goes without them, so that no training stands in a plan
/// twice under two names, each with noise of its own.
///
/// Nobody lists these keys. Models, optimizers, schedulers and [TrainingSettings] fix the values of
/// what does nothing beside their other settings, so that equal settings are equal trainings; a key
/// changes nothing where all its values make equal settings.
final class Applicability {
  /// No number that a study says is the share of a batch in this many samples, so that `batch/n`
  /// equals none.
  private static final int SAMPLES = Integer.MAX_VALUE;

  /// Keys that matter in every cell, and whether others do does not depend on them: cells that
  /// differ in nothing else are looked at once.
  private static final Set<String> APART =
      Set.of(
          "latent",
          "learning-rate",
          "batch",
          "drop-last",
          "max-epochs",
          "restore",
          "horizon",
          StudyKeys.CLIP.name(),
          StudyKeys.VALIDATION_LATENT,
          StudyKeys.DATA_FIT);

  private final Study study;
  private final Numerics numerics;

  /// Keys that change nothing, by the values of all that are not [#APART].
  private final Map<Map<String, Object>, Set<String>> useless = new HashMap<>();

  Applicability(Study study) {
    this.study = study;
    // Where it would be computed does not matter.
    this.numerics = Numerics.of("fp32", "cpu", study.threads());
  }

  /// The cells without what changes nothing in them, and the first of those that are then equal
  /// trainings. Cells that make no sense stay as they are.
  List<Cell> different(List<Cell> cells) {
    SequencedMap<Object, Cell> different = new LinkedHashMap<>();
    for (Cell cell : cells) {
      Cell needed = needed(cell);
      Object training =
          training(needed)
              // What is trained on is no setting of the training.
              .<Object>map(settings -> List.of(settings, needed.text(StudyKeys.DATA_FIT)))
              .orElse(needed);
      different.putIfAbsent(training, needed);
    }
    return List.copyOf(different.values());
  }

  private Cell needed(Cell cell) {
    Map<String, Object> deciding = new HashMap<>(cell.values());
    deciding.keySet().removeAll(APART);
    Set<String> gone =
        useless.computeIfAbsent(
            deciding,
            _ -> {
              Set<String> keys = new HashSet<>(cell.values().keySet());
              keys.removeAll(
                  training(cell).map(t -> needed(cell, t)).orElse(cell).values().keySet());
              return keys;
            });
    return without(cell, gone::contains);
  }

  private Cell needed(Cell cell, TrainingSettings training) {
    Cell needed = cell;
    for (String key : cell.values().keySet()) {
      boolean open = needed.values().containsKey(key) && !APART.contains(key);
      if (open && changesNothing(needed, key, training)) {
        needed = without(needed, keysOf(key));
      }
    }
    // What was left out may have been what made another key matter.
    return needed.equals(cell) ? cell : needed(needed, training);
  }

  /// A value that is refused beside the others tells nothing.
  private boolean changesNothing(Cell cell, String key, TrainingSettings training) {
    Cell without = without(cell, keysOf(key));
    int same = 0;
    for (Object value : StudyKeys.setting(cell, key).others()) {
      Optional<TrainingSettings> other = training(with(without, key, value));
      if (other.isPresent() && !other.get().equals(training)) {
        return false;
      }
      same += other.isPresent() ? 1 : 0;
    }
    return same > 0 && training(without).equals(Optional.of(training));
  }

  /// The key, and where it names a member of a catalogue the member's settings below it.
  private static Predicate<String> keysOf(String key) {
    return StudyKeys.NAMED.stream()
        .filter(named -> named.dimension().equals(key))
        .findFirst()
        .<Predicate<String>>map(
            named -> other -> other.startsWith(named.key() + ".") || other.equals(key))
        .orElse(key::equals);
  }

  private static Cell without(Cell cell, Predicate<String> gone) {
    SequencedMap<String, Object> values = new LinkedHashMap<>(cell.values());
    values.keySet().removeIf(gone);
    return new Cell(values);
  }

  private static Cell with(Cell cell, String key, Object value) {
    SequencedMap<String, Object> values = new LinkedHashMap<>(cell.values());
    values.put(key, value);
    return new Cell(values);
  }

  /// Empty where the cell makes no sense.
  private Optional<TrainingSettings> training(Cell cell) {
    try {
      return Optional.of(CellTraining.settings(study, cell, SAMPLES, numerics));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }
}
