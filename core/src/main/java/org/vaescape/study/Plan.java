package org.vaescape.study;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.SequencedMap;
import java.util.Set;
import org.vaescape.search.Cell;
import org.vaescape.search.Dimension;
import org.vaescape.search.HyperParameter;

/// Every trial that a study asks for: its cells, once for each repeat, repeat 0 first.
///
/// @param trials all different
/// @param facts what trials must agree in to be compared, by key; see [Comparability]
public record Plan(List<Trial> trials, SequencedMap<String, Set<String>> facts) {
  public Plan {
    trials = List.copyOf(trials);
    facts = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(facts));
    if (trials.stream().map(Trial::id).distinct().count() != trials.size()) {
      throw new IllegalArgumentException("two trials of one id");
    }
  }

  /// The plan of a study.
  ///
  /// @param dataHash content hash of the matrix
  /// @param labelsHash content hash of labels, batches and survival, empty without any
  public static Plan of(Study study, String dataHash, String labelsHash, Execution execution) {
    return of(study, study.cells(), dataHash, labelsHash, execution);
  }

  /// The plan of some cells of a study.
  static Plan of(
      Study study, List<Cell> cells, String dataHash, String labelsHash, Execution execution) {
    Identity identity = new Identity(study, dataHash, labelsHash, execution);
    List<Trial> trials = new ArrayList<>();
    for (int repeat = 0; repeat < study.repeats().count(); repeat++) {
      for (Cell cell : cells) {
        trials.add(new Trial(identity.id(cell, repeat), cell, repeat));
      }
    }
    return new Plan(trials, facts(study, identity, cells));
  }

  private static SequencedMap<String, Set<String>> facts(
      Study study, Identity identity, List<Cell> cells) {
    SequencedMap<String, Set<String>> facts = new LinkedHashMap<>();
    identity.common().forEach((key, value) -> facts.put(key, Set.of(value)));
    facts.put("seed", Set.of(Long.toString(study.seed())));
    for (HyperParameter own : StudyKeys.OWN_SEEDS) {
      String key = "seeds." + own.name();
      facts.put(key, Set.of(study.seeds().texts().getOrDefault(key, "")));
    }
    // With one repeat there is but one split, whatever the mode.
    if (study.repeats().count() > 1) {
      facts.put("repeats.split", Set.of(study.repeats().split().name().toLowerCase(Locale.ROOT)));
    }
    for (Dimension dimension : study.rules()) {
      if (cells.stream().noneMatch(cell -> isIn(cell, dimension))) {
        continue;
      }
      // Members of a catalogue may have values of their own for one key.
      Set<String> values = new LinkedHashSet<>(facts.getOrDefault(name(dimension), Set.of()));
      dimension.values().forEach(value -> values.add(Cell.text(value)));
      facts.put(name(dimension), Collections.unmodifiableSet(values));
    }
    return facts;
  }

  private static boolean isIn(Cell cell, Dimension dimension) {
    return cell.values().containsKey(dimension.key())
        && dimension.conditions().stream().allMatch(condition -> condition.holds(cell.values()));
  }

  /// The key, with the model that it is for where several dimensions have it.
  private static String name(Dimension dimension) {
    return dimension.key().equals("clip") && !dimension.conditions().isEmpty()
        ? "clip of " + ByModel.label(dimension)
        : dimension.key();
  }
}
