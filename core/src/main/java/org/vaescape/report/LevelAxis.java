package org.vaescape.report;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.vaescape.analysis.runs.PlainNumber;
import org.vaescape.analysis.runs.Role;
import org.vaescape.analysis.runs.Variable;

/// The levels of a hyper-parameter along a side of a matrix: each by itself or, of many numbers, in
/// quarters, and of many names the first and the others together.
///
/// @param labels in order, also of those that are no numbers
/// @param places in the labels, by level
record LevelAxis(Variable variable, List<String> labels, Map<String, Integer> places) {
  /// Levels that stand for themselves.
  private static final int MOST = 12;

  private static final int PARTS = 4;

  /// The side that a single hyper-parameter leaves over: all runs are at its only place.
  static final LevelAxis NONE = of(new Variable(List.of(""), List.of(""), false));

  LevelAxis {
    labels = List.copyOf(labels);
    places = Map.copyOf(places);
  }

  static LevelAxis of(Variable variable) {
    List<String> levels = variable.levels();
    boolean many = levels.size() > MOST;
    int parts = !many ? levels.size() : variable.numeric() ? PARTS : MOST;
    List<String> labels = new ArrayList<>();
    Map<String, Integer> places = new HashMap<>();
    for (int part = 0; part < parts; part++) {
      List<String> own = many ? part(variable, part) : levels.subList(part, part + 1);
      own.forEach(level -> places.put(level, labels.size()));
      labels.add(label(variable, own));
    }
    if (!many && Role.LEARNING_RATE.is(variable.name())) {
      return new LevelAxis(variable, ValueAxis.logarithmic(levels, 1).labels(), places);
    }
    return new LevelAxis(variable, labels, places);
  }

  private static List<String> part(Variable variable, int part) {
    List<String> levels = variable.levels();
    int all = levels.size();
    if (variable.numeric()) {
      return levels.subList(part * all / PARTS, (part + 1) * all / PARTS);
    }
    return part < MOST - 1 ? levels.subList(part, part + 1) : levels.subList(part, all);
  }

  private static String label(Variable variable, List<String> own) {
    if (own.size() == 1) {
      return !own.getFirst().isEmpty() ? own.getFirst() : variable.name().isEmpty() ? "" : "none";
    }
    return variable.numeric()
        ? number(own.getFirst()) + " to " + number(own.getLast())
        : own.size() + " others";
  }

  private static String number(String level) {
    return Numbers.value(PlainNumber.of(level).orElseThrow());
  }

  String name() {
    return variable.name();
  }

  int size() {
    return labels.size();
  }

  /// Place of the cell's level; -1 if it has none of them.
  int place(CellSummary cell) {
    return places.getOrDefault(variable.text(cell.settings()), -1);
  }

  /// `learning-rate 10⁻³`.
  String words(int place) {
    return name() + " " + labels.get(place);
  }
}
