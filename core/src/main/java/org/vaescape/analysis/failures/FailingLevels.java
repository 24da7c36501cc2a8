package org.vaescape.analysis.failures;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.function.Predicate;
import org.vaescape.analysis.runs.Digits;
import org.vaescape.analysis.runs.Fate;
import org.vaescape.analysis.runs.Landscape;
import org.vaescape.analysis.runs.PlainNumber;
import org.vaescape.analysis.runs.Run;
import org.vaescape.analysis.runs.Variable;

/// At which levels some runs are, all of which failed or learned nothing.
///
/// Of a hyper-parameter that was drawn at random every run has a level of its own, so that they
/// tell nothing by themselves: what counts is whether runs that learned lie between them.
public final class FailingLevels {
  /// Levels that a sentence can bear.
  private static final int MOST_NAMED = 8;

  /// Fewer values lie side by side by chance.
  private static final int LEAST_DRAWN = 3;

  private FailingLevels() {}

  /// Whether levels were drawn and not chosen: many, and most of one setting only.
  public static boolean drawn(Landscape landscape, Variable variable) {
    int levels = variable.levels().size();
    return variable.numeric() && levels > MOST_NAMED && 2 * levels > landscape.cells();
  }

  /// For each variable the levels that these runs have, if they are not all of its levels, and if
  /// of a drawn one no run that learned lies between them, of those at the levels of what was
  /// chosen.
  public static SequencedMap<String, List<String>> of(Landscape landscape, List<Run> runs) {
    SequencedMap<String, List<String>> within = new LinkedHashMap<>();
    if (runs.isEmpty()) {
      return within;
    }
    List<Run> learned =
        landscape.allRuns().stream().filter(run -> run.fate() == Fate.LEARNED).toList();
    for (Variable variable : landscape.variables()) {
      List<String> levels = List.copyOf(variable.byLevel(runs).keySet());
      if (!drawn(landscape, variable) && levels.size() < variable.levels().size()) {
        learned = learned.stream().filter(at(variable, levels)).toList();
      }
    }
    for (Variable variable : landscape.variables()) {
      List<String> levels = List.copyOf(variable.byLevel(runs).keySet());
      boolean some = levels.size() < variable.levels().size();
      if (some && (!drawn(landscape, variable) || apart(variable, levels, learned))) {
        within.put(variable.name(), levels);
      }
    }
    return within;
  }

  private static Predicate<Run> at(Variable variable, List<String> levels) {
    return run ->
        variable.level(run) >= 0 && levels.contains(variable.levels().get(variable.level(run)));
  }

  private static boolean apart(Variable variable, List<String> levels, List<Run> learned) {
    int low = variable.levels().indexOf(levels.getFirst());
    int high = variable.levels().indexOf(levels.getLast());
    return levels.size() >= LEAST_DRAWN
        && learned.stream()
            .mapToInt(variable::level)
            .noneMatch(level -> low <= level && level <= high);
  }

  /// `learning-rate 0.01 or 0.1`; `33 values of learning-rate from 0.02 to 0.1` where there are
  /// many; `learning-rate above 0.052` where they were drawn.
  static String words(Landscape landscape, Map.Entry<String, List<String>> side) {
    Variable variable = landscape.variable(side.getKey()).orElseThrow();
    List<String> levels = side.getValue();
    if (drawn(landscape, variable)) {
      return range(variable, levels);
    }
    return words(variable.name(), levels);
  }

  public static String words(String variable, List<String> levels) {
    if (levels.size() <= MOST_NAMED) {
      return variable + " " + String.join(" or ", levels);
    }
    String many = levels.size() + " values of " + variable;
    boolean numbers = levels.stream().allMatch(level -> PlainNumber.of(level).isPresent());
    return numbers ? many + " from " + levels.getFirst() + " to " + levels.getLast() : many;
  }

  /// `learning-rate above 0.052`, rounded so that all of these levels lie within.
  public static String range(Variable variable, List<String> levels) {
    String low = rounded(levels.getFirst(), RoundingMode.FLOOR);
    String high = rounded(levels.getLast(), RoundingMode.CEILING);
    if (levels.getLast().equals(variable.levels().getLast())) {
      return variable.name() + " above " + low;
    }
    return levels.getFirst().equals(variable.levels().getFirst())
        ? variable.name() + " below " + high
        : variable.name() + " from " + low + " to " + high;
  }

  private static String rounded(String level, RoundingMode mode) {
    double number = PlainNumber.of(level).orElseThrow();
    return Digits.three(BigDecimal.valueOf(number).round(new MathContext(3, mode)).doubleValue());
  }
}
