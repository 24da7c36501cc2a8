package org.vaescape.analysis.runs;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import org.vaescape.analysis.Factor;

/// A hyper-parameter that varied, and the values it took.
///
/// @param keys of the settings that it is made of: its own, then those that have a meaning only for
///   some of its values (`optimizer`, `sgd.momentum`), so that `sgd momentum 0.9` is one value
/// @param levels different texts: numbers ascending, anything else in the order of the runs
/// @param numeric whether all levels are numbers, and so have an order
public record Variable(List<String> keys, List<String> levels, boolean numeric) {
  /// A level of more than this many is a small part of the runs, and its absence no other way of
  /// looking at them.
  private static final int MOST_LEFT_OUT = 50;

  public Variable {
    keys = List.copyOf(keys);
    levels = LevelTexts.of(levels);
  }

  /// The variable of these keys, with the values that runs have.
  static Variable of(List<String> keys, List<Run> runs) {
    List<String> levels = runs.stream().map(run -> text(keys, run.settings())).distinct().toList();
    boolean numeric = levels.stream().allMatch(level -> PlainNumber.of(level).isPresent());
    return new Variable(
        keys,
        numeric
            ? levels.stream()
                .sorted(Comparator.comparingDouble(level -> PlainNumber.of(level).orElseThrow()))
                .toList()
            : levels,
        numeric);
  }

  public String name() {
    return keys.getFirst();
  }

  /// Place of the run's value among the levels, -1 if it is none of them.
  public int level(Run run) {
    return levels.indexOf(text(keys, run.settings()));
  }

  /// The level as a number.
  ///
  /// @throws IllegalStateException of a variable without an order
  public double value(int level) {
    return PlainNumber.of(levels.get(level))
        .orElseThrow(() -> new IllegalStateException(name() + " has levels that are no numbers"));
  }

  /// The runs at each level, in the order of levels; levels without a run are left out.
  public SequencedMap<String, List<Run>> byLevel(List<Run> runs) {
    Map<String, List<Run>> found = new HashMap<>();
    for (Run run : runs) {
      found.computeIfAbsent(text(keys, run.settings()), _ -> new ArrayList<>()).add(run);
    }
    SequencedMap<String, List<Run>> ordered = new LinkedHashMap<>();
    for (String level : levels) {
      List<Run> own = found.get(level);
      if (own != null) {
        ordered.put(level, own);
      }
    }
    return ordered;
  }

  /// Those that runs are looked at without, one by one.
  public List<View.Level> levelsToLeaveOut() {
    return levels.size() > MOST_LEFT_OUT
        ? List.of()
        : levels.stream().map(level -> new View.Level(name(), level)).toList();
  }

  public Factor factor() {
    return new Factor(name(), levels.size());
  }

  /// With some of its levels only.
  Variable only(int[] places) {
    return new Variable(keys, Arrays.stream(places).mapToObj(levels::get).toList(), numeric);
  }

  /// The value that these settings have, which is none of the levels if no run had it.
  public String text(SequencedMap<String, String> settings) {
    return text(keys, settings);
  }

  /// `sgd momentum 0.9` of the settings `optimizer: sgd, sgd.momentum: 0.9`.
  private static String text(List<String> keys, SequencedMap<String, String> settings) {
    String own = settings.getOrDefault(keys.getFirst(), "");
    if (keys.size() == 1) {
      return own;
    }
    List<String> words = new ArrayList<>(List.of(own));
    for (String key : keys.subList(1, keys.size())) {
      if (settings.containsKey(key)) {
        words.add(key.substring(key.lastIndexOf('.') + 1) + " " + settings.get(key));
      }
    }
    return String.join(" ", words);
  }
}
