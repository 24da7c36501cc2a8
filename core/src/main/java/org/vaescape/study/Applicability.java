package org.vaescape.study;

import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.Set;
import java.util.function.Predicate;
import org.vaescape.search.Cell;
import org.vaescape.search.Dimension;
import org.vaescape.search.Inapplicable;
import org.vaescape.search.Space;
import org.vaescape.train.Numerics;
import org.vaescape.train.TrainingSettings;

/// Which keys a cell goes without, so that any setting may vary beside any other, and no training
/// stands in a plan twice under two names, each with noise of its own:
///
/// - a key that *changes nothing* there. Nobody lists these. Models, optimizers, schedulers and
///   [TrainingSettings] fix the values of what does nothing beside their other settings, so that
///   equal settings are equal trainings; a key changes nothing where all its values make equal
///   settings;
/// - a key that *has no meaning* there, such as free bits of a loss without a KL by unit. Whoever
///   has no use for it says so by [Inapplicable].
///
/// Values that contradict each other, such as a smallest step above the largest, make no cell at
/// all; [Unfolded] counts them. A value is refused only if all combinations that have it refuse it;
/// see [AskedValues].
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

  /// What goes, by the values of all that are not [#APART].
  private final Map<Map<String, Object>, Useless> useless = new HashMap<>();

  /// Keys that a cell goes without.
  ///
  /// @param keys all of them
  /// @param meaningless why those of them that have no meaning cannot be, by key
  private record Useless(Set<String> keys, Map<String, String> meaningless) {}

  Applicability(Study study) {
    this.study = study;
    // Where it would be computed does not matter.
    this.numerics = Numerics.of("fp32", "auto", "cpu", study.threads());
  }

  /// The cells without what they can go without, and the first of those that are then equal
  /// trainings.
  Unfolded unfolded(List<Cell> combinations) {
    SequencedMap<Object, Cell> different = new LinkedHashMap<>();
    SequencedMap<String, Integer> leftOut = new LinkedHashMap<>();
    Space space = study.fullSpace();
    AskedValues asked = new AskedValues(space);
    for (Cell cell : combinations) {
      try {
        Useless gone = useless(cell);
        Cell needed = without(cell, gone.keys()::contains);
        TrainingSettings training = training(needed);
        // What is trained on is no setting of the training.
        different.putIfAbsent(List.of(training, needed.text(StudyKeys.DATA_FIT)), needed);
        asked.tried(cell, gone.meaningless());
      } catch (IllegalArgumentException e) {
        String reason = String.valueOf(e.getMessage());
        leftOut.merge(reason, 1, Integer::sum);
        asked.leftOut(cell, reason);
      }
    }
    Set<String> mattering = new HashSet<>();
    different.values().forEach(cell -> mattering.addAll(cell.values().keySet()));
    List<String> idle =
        space.dimensions().stream()
            .filter(dimension -> dimension.varies() && !mattering.contains(dimension.key()))
            .map(Dimension::key)
            .toList();
    return new Unfolded(
        List.copyOf(different.values()), combinations.size(), leftOut, idle, asked.refusal());
  }

  /// @throws IllegalArgumentException if the cell cannot be
  private Useless useless(Cell cell) {
    Map<String, Object> deciding = new HashMap<>(cell.values());
    deciding.keySet().removeAll(APART);
    Useless known = useless.get(deciding);
    if (known != null) {
      return known;
    }
    Map<String, String> meaningless = new LinkedHashMap<>();
    Cell meant = meant(cell, meaningless);
    Set<String> keys = new HashSet<>(cell.values().keySet());
    keys.removeAll(needed(meant, training(meant)).values().keySet());
    Useless found = new Useless(keys, meaningless);
    // Only now: the next cell may be one that can be, if this one has a batch that cannot.
    useless.put(deciding, found);
    return found;
  }

  /// The cell without keys that have no meaning in it.
  ///
  /// @param meaningless to which the reasons are added, by key
  /// @throws IllegalArgumentException if the cell cannot be
  private Cell meant(Cell cell, Map<String, String> meaningless) {
    try {
      training(cell);
      return cell;
    } catch (Inapplicable e) {
      if (!cell.values().containsKey(e.key())) {
        throw e; // its default is refused
      }
      meaningless.put(e.key(), String.valueOf(e.getMessage()));
      return meant(without(cell, keysOf(e.key())), meaningless);
    }
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

  /// Whether all values of a key make equal trainings, or have no meaning. A value that is refused
  /// beside the others tells nothing.
  private boolean changesNothing(Cell cell, String key, TrainingSettings training) {
    Cell without = without(cell, keysOf(key));
    int same = 0;
    for (Object value : StudyKeys.setting(cell, key).others()) {
      try {
        if (!training(with(without, key, value)).equals(training)) {
          return false;
        }
        same++;
      } catch (Inapplicable e) {
        same += e.key().equals(key) ? 1 : 0;
      } catch (IllegalArgumentException _) {
        // The value cannot be beside the others.
      }
    }
    return same > 0 && isTraining(without, training);
  }

  private boolean isTraining(Cell cell, TrainingSettings training) {
    try {
      return training(cell).equals(training);
    } catch (IllegalArgumentException e) {
      return false;
    }
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

  /// @throws IllegalArgumentException if the cell cannot be
  private TrainingSettings training(Cell cell) {
    return CellTraining.checked(study, cell, SAMPLES, numerics);
  }
}
