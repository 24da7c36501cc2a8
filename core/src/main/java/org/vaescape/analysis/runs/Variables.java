package org.vaescape.analysis.runs;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SequencedSet;

/// Which hyper-parameters of a set of runs are variables.
///
/// @param variables in the order of the settings
/// @param confounded keys that took several values and are none, since that of another tells which;
///   without those of one value in all runs that have them
record Variables(List<Variable> variables, List<Confounded> confounded) {
  /// A key of more values than this (a momentum drawn at random) is a variable of its own: levels
  /// of two together would be as many as nobody can compare.
  private static final int MOST_TOGETHER = 12;

  Variables {
    variables = List.copyOf(variables);
    confounded = List.copyOf(confounded);
  }

  /// A key that cannot be told apart from another.
  ///
  /// @param with name of the variable whose value tells its value
  record Confounded(String key, String with) {}

  /// The variables of these runs, in the order of their settings.
  ///
  /// A key that some runs lack belongs to the first variable whose value tells which
  /// (`sgd.momentum` to `optimizer`). A key whose value another's tells (`clip` where each model
  /// has its own) cannot be told apart from it, and is no variable; of two that tell each other the
  /// first is one.
  ///
  /// @param ignored keys that are none, such as readings
  static Variables of(List<Run> runs, List<String> ignored) {
    long settings = runs.stream().map(Run::settings).distinct().count();
    List<String> everywhere = new ArrayList<>();
    List<String> somewhere = new ArrayList<>();
    for (String key : keys(runs)) {
      if (!ignored.contains(key)
          && runs.stream().map(run -> value(run, key)).distinct().count() > 1) {
        boolean all = runs.stream().allMatch(run -> run.settings().containsKey(key));
        (all ? everywhere : somewhere).add(key);
      }
    }
    List<String> told = told(runs, settings, everywhere);
    List<List<String>> groups = new ArrayList<>();
    everywhere.stream()
        .filter(key -> !told.contains(key))
        .forEach(key -> groups.add(new ArrayList<>(List.of(key))));
    List<Confounded> confounded = new ArrayList<>();
    for (String key : told) {
      confounded.add(
          new Confounded(key, teller(runs, settings, groups, key).orElseThrow().getFirst()));
    }
    for (String key : somewhere) {
      Optional<List<String>> teller = teller(runs, settings, groups, key);
      if (teller.isPresent()) {
        if (runs.stream()
                .map(run -> run.settings().get(key))
                .filter(Objects::nonNull)
                .distinct()
                .count()
            > 1) {
          confounded.add(new Confounded(key, teller.get().getFirst()));
        }
        continue;
      }
      boolean few = runs.stream().map(run -> value(run, key)).distinct().count() <= MOST_TOGETHER;
      groups.stream()
          .filter(group -> few && tellsPresence(runs, group.getFirst(), key))
          .findFirst()
          .ifPresentOrElse(
              group -> group.add(key), () -> groups.add(new ArrayList<>(List.of(key))));
    }
    return new Variables(
        groups.stream().map(group -> Variable.of(group, runs)).toList(), confounded);
  }

  /// Those of the keys whose values are told by another that stays, in their order. What tells a
  /// key has as many values or more, so that those of most values are asked first: with the order
  /// of keys in its place, a table's columns would decide whether an optimizer of which each has
  /// rates of its own is told by the rate.
  private static List<String> told(List<Run> runs, long settings, List<String> keys) {
    Comparator<String> byValues =
        Comparator.comparingLong(
            key -> runs.stream().map(run -> value(run, key)).distinct().count());
    List<List<String>> staying = new ArrayList<>();
    List<String> told = new ArrayList<>();
    for (String key : keys.stream().sorted(byValues.reversed()).toList()) {
      if (teller(runs, settings, staying, key).isPresent()) {
        told.add(key);
      } else {
        staying.add(List.of(key));
      }
    }
    return keys.stream().filter(told::contains).toList();
  }

  private static Optional<List<String>> teller(
      List<Run> runs, long settings, List<List<String>> groups, String key) {
    return groups.stream().filter(group -> tells(runs, settings, group, key)).findFirst();
  }

  private static SequencedSet<String> keys(List<Run> runs) {
    SequencedSet<String> keys = new LinkedHashSet<>();
    runs.forEach(run -> keys.addAll(run.settings().keySet()));
    return keys;
  }

  /// Absent is a value of its own; no setting contains this character.
  private static String value(Run run, String key) {
    return run.settings().getOrDefault(key, "\0");
  }

  /// Values that nearly every setting has for itself (a learning rate drawn at random) tell
  /// nothing.
  private static boolean tells(List<Run> runs, long settings, List<String> group, String key) {
    Map<List<String>, String> seen = new HashMap<>();
    for (Run run : runs) {
      List<String> values = group.stream().map(one -> value(run, one)).toList();
      String before = seen.putIfAbsent(values, value(run, key));
      if (before != null && !before.equals(value(run, key))) {
        return false;
      }
    }
    return 2L * seen.size() <= settings;
  }

  private static boolean tellsPresence(List<Run> runs, String owner, String key) {
    Map<String, Boolean> seen = new HashMap<>();
    for (Run run : runs) {
      boolean present = run.settings().containsKey(key);
      Boolean before = seen.putIfAbsent(value(run, owner), present);
      if (before != null && before != present) {
        return false;
      }
    }
    return true;
  }
}
