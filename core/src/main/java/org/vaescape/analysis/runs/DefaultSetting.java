package org.vaescape.analysis.runs;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;
import java.util.SequencedMap;
import java.util.Set;
import java.util.stream.IntStream;

/// The setting that somebody takes who tunes nothing.
///
/// @param setting its number among those that were tried; empty where there is none
/// @param settings by variable; empty where there is none
/// @param reason why there is none; empty if there is
public record DefaultSetting(
    OptionalInt setting, SequencedMap<String, String> settings, String reason) {
  public static final String RULE =
      "optimizer adam, learning-rate 0.001, of every other number the middle value that was tried (the lower of two), of anything else the first";
  private static final String UNKNOWN =
      "no usual setting is known of runs without an optimizer or a learning rate";
  static final String DEFAULT_OPTIMIZER = "adam";
  static final double DEFAULT_RATE = 0.001;

  /// The default among the settings that were tried, by [#RULE]; without one, with the reason,
  /// where a level of it was not. Of hyper-parameters that are somebody's own nobody knows a
  /// default: the middle of what was tried is none.
  public static DefaultSetting of(TriedLosses tried) {
    Set<String> names = tried.losses().landscape().runs().getFirst().settings().keySet();
    if (Role.OPTIMIZER.among(names).isEmpty() && Role.LEARNING_RATE.among(names).isEmpty()) {
      return none(UNKNOWN);
    }
    int cell = 0;
    SequencedMap<String, String> settings = new LinkedHashMap<>();
    for (Variable variable : tried.losses().variables()) {
      int level = level(variable);
      if (level < 0) {
        return none(
            "%s was not tried"
                .formatted(
                    Role.OPTIMIZER.is(variable.name())
                        ? variable.name() + " " + DEFAULT_OPTIMIZER
                        : variable.name() + " " + DEFAULT_RATE));
      }
      settings.put(variable.name(), variable.levels().get(level));
      cell = cell * variable.levels().size() + level;
    }
    int setting = tried.setting(cell);
    return setting < 0
        ? none(Digits.settings(settings) + " was not tried in every repeat")
        : new DefaultSetting(OptionalInt.of(setting), settings, "");
  }

  private static DefaultSetting none(String reason) {
    return new DefaultSetting(OptionalInt.empty(), new LinkedHashMap<>(), reason);
  }

  /// -1 where the common default was not tried.
  private static int level(Variable variable) {
    if (Role.OPTIMIZER.is(variable.name())) {
      return level(variable, DEFAULT_OPTIMIZER);
    }
    if (Role.LEARNING_RATE.is(variable.name()) && variable.numeric()) {
      return level(variable, DEFAULT_RATE);
    }
    return middle(variable);
  }

  /// The lower of two middle ones; the first of levels without an order.
  public static int middle(Variable variable) {
    return variable.numeric() ? (variable.levels().size() - 1) / 2 : 0;
  }

  /// The first level of this optimizer, whatever parameters of its own stand behind the name; -1 if
  /// there is none.
  public static int level(Variable optimizer, String name) {
    List<String> levels = optimizer.levels();
    return IntStream.range(0, levels.size())
        .filter(level -> name(levels.get(level)).equals(name))
        .findFirst()
        .orElse(-1);
  }

  /// `sgd` of `sgd momentum 0.9`.
  public static String name(String level) {
    return level.split(" ", 2)[0].toLowerCase(Locale.ROOT);
  }

  /// -1 if there is none.
  public static int level(Variable numeric, double value) {
    return IntStream.range(0, numeric.levels().size())
        .filter(level -> Math.abs(numeric.value(level) - value) <= 1e-9 * value)
        .findFirst()
        .orElse(-1);
  }
}
