package org.vaescape.analysis.compare;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.SequencedSet;
import java.util.Set;
import java.util.stream.Collectors;
import org.vaescape.analysis.runs.CellOutcomes;
import org.vaescape.analysis.runs.Landscape;
import org.vaescape.analysis.runs.Role;
import org.vaescape.analysis.runs.Run;

/// Settings that two studies both tried, by what varied in both.
///
/// A key that varied in one study only must have there the value that it has in the other one;
/// where no run has it, the mean over its values stands for them.
///
/// @param pairs in the order of the first study
/// @param averaged keys of which only means could be compared
/// @param onlyInOne settings of the first study, by what varied in both, that the second did not
///   try in any repeat
/// @param onlyInOther the other way round
record MatchedCells(
    List<Pair> pairs, SequencedSet<String> averaged, int onlyInOne, int onlyInOther) {

  /// A setting in both studies.
  ///
  /// @param settings of the keys that varied in both
  /// @param one what the first study ran there, one cell unless there are means
  record Pair(
      SequencedMap<String, String> settings,
      List<CellOutcomes.Cell> one,
      List<CellOutcomes.Cell> other) {
    String setting(Role role) {
      return role.in(settings);
    }
  }

  static MatchedCells of(CellOutcomes one, CellOutcomes other) {
    List<String> ofOne = keys(one.landscape());
    List<String> ofOther = keys(other.landscape());
    List<String> common = ofOne.stream().filter(ofOther::contains).toList();
    Map<SequencedMap<String, String>, List<CellOutcomes.Cell>> first = by(common, one);
    Map<SequencedMap<String, String>, List<CellOutcomes.Cell>> second = by(common, other);
    SequencedSet<String> averaged = new LinkedHashSet<>();
    List<Pair> pairs = new ArrayList<>();
    first.forEach((settings, cells) -> {
      List<CellOutcomes.Cell> there = second.getOrDefault(settings, List.of());
      if (!there.isEmpty()) {
        List<CellOutcomes.Cell> here = narrowed(cells, there, without(ofOne, common), averaged);
        pairs.add(
            new Pair(settings, here, narrowed(there, here, without(ofOther, common), averaged)));
      }
    });
    return new MatchedCells(
        pairs,
        averaged,
        only(common, one.landscape(), other.landscape()),
        only(common, other.landscape(), one.landscape()));
  }

  /// Settings that one alone tried.
  private static int only(List<String> keys, Landscape one, Landscape other) {
    Set<SequencedMap<String, String>> own = tried(keys, one);
    own.removeAll(tried(keys, other));
    return own.size();
  }

  private static Set<SequencedMap<String, String>> tried(List<String> keys, Landscape landscape) {
    Set<SequencedMap<String, String>> tried = new HashSet<>();
    landscape.allRuns().forEach(run -> tried.add(settings(keys, run)));
    return tried;
  }

  private static List<String> keys(Landscape landscape) {
    return landscape.variables().stream().flatMap(one -> one.keys().stream()).toList();
  }

  private static List<String> without(List<String> keys, List<String> common) {
    return keys.stream().filter(key -> !common.contains(key)).toList();
  }

  private static Map<SequencedMap<String, String>, List<CellOutcomes.Cell>> by(
      List<String> keys, CellOutcomes outcomes) {
    return outcomes.cells().stream()
        .collect(
            Collectors.groupingBy(
                cell -> settings(keys, cell.run()), LinkedHashMap::new, Collectors.toList()));
  }

  private static SequencedMap<String, String> settings(List<String> keys, Run run) {
    SequencedMap<String, String> settings = new LinkedHashMap<>();
    for (String key : keys) {
      if (run.settings().containsKey(key)) {
        settings.put(key, run.setting(key));
      }
    }
    return settings;
  }

  /// Cells that have of these keys what the other study's have.
  private static List<CellOutcomes.Cell> narrowed(
      List<CellOutcomes.Cell> cells,
      List<CellOutcomes.Cell> others,
      List<String> keys,
      SequencedSet<String> averaged) {
    List<CellOutcomes.Cell> left = cells;
    for (String key : keys) {
      List<String> values = others.stream().map(cell -> cell.setting(key)).distinct().toList();
      List<CellOutcomes.Cell> same =
          left.stream()
              .filter(cell -> values.size() == 1 && cell.setting(key).equals(values.getFirst()))
              .toList();
      if (!same.isEmpty()) {
        left = same;
      } else if (left.stream().map(cell -> cell.setting(key)).distinct().count() > 1) {
        averaged.add(key);
      }
    }
    return left;
  }

  /// Mean of the cells that learned, over the repeats in which they did; `NaN` if none did.
  static double mean(List<CellOutcomes.Cell> cells) {
    return cells.stream()
        .mapToDouble(CellOutcomes.Cell::meanWhereLearned)
        .filter(Double::isFinite)
        .average()
        .orElse(Double.NaN);
  }
}
