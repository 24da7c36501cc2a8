package org.vaescape.report;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.stream.Stream;
import org.vaescape.analysis.runs.Role;
import org.vaescape.analysis.runs.Variable;

/// How settings are laid out in matrices: latent size across and learning rate upward, with a
/// matrix for each optimizer, as far as these varied; else numbers first.
///
/// @param upward [LevelAxis#NONE] where a single hyper-parameter varied
/// @param apart whose levels have a matrix each
record SettingSides(LevelAxis across, LevelAxis upward, Optional<Variable> apart) {
  /// Levels that have a matrix each.
  private static final int MOST_APART = 6;

  private static final int SIDES = 2;

  /// @param variables at least one
  static SettingSides of(List<Variable> variables) {
    List<Variable> ordered =
        variables.stream().sorted(Comparator.comparingInt(SettingSides::rank)).toList();
    return new SettingSides(
        LevelAxis.of(ordered.getFirst()),
        ordered.size() > 1 ? LevelAxis.of(ordered.get(1)) : LevelAxis.NONE,
        ordered.stream()
            .skip(SIDES)
            .filter(variable -> variable.levels().size() <= MOST_APART)
            .min(Comparator.comparingInt(one -> Role.OPTIMIZER.is(one.name()) ? 0 : 1)));
  }

  private static int rank(Variable variable) {
    return Role.LATENT.is(variable.name())
        ? 0
        : Role.LEARNING_RATE.is(variable.name()) ? 1 : variable.numeric() ? 2 : 3;
  }

  /// Whether tiles or matrices tell its levels apart.
  boolean tells(String variable) {
    return Stream.concat(
            Stream.of(across.name(), upward.name()), apart.map(Variable::name).stream())
        .anyMatch(variable::equals);
  }

  /// A matrix for each level of what is apart, by its heading; empty where nothing is.
  SequencedMap<String, LevelGrid> grids(List<CellSummary> cells) {
    SequencedMap<String, List<CellSummary>> byLevel = new LinkedHashMap<>();
    apart.ifPresent(
        variable -> variable.levels().forEach(level -> byLevel.put(level, new ArrayList<>())));
    for (CellSummary cell : cells) {
      String level = apart.map(variable -> variable.text(cell.settings())).orElse("");
      byLevel.computeIfAbsent(level, _ -> new ArrayList<>()).add(cell);
    }
    SequencedMap<String, LevelGrid> grids = new LinkedHashMap<>();
    byLevel.forEach((level, own) -> grids.put(heading(level), new LevelGrid(across, upward, own)));
    return grids;
  }

  /// Optimizers speak for themselves; of others the name is said.
  private String heading(String level) {
    if (apart.isEmpty()) {
      return "";
    }
    String name = apart.get().name();
    String value = level.isEmpty() ? "none" : level;
    return Role.OPTIMIZER.is(name) ? value : name + " " + value;
  }
}
