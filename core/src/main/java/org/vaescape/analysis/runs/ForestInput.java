package org.vaescape.analysis.runs;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.SequencedSet;
import org.vaescape.analysis.Axis;

/// A hyper-parameter as an input of a fitted surface.
///
/// @param levels texts of an axis of levels, by place; empty for an axis of numbers
/// @param logarithmic whether numbers count by their logarithm (base 10)
public record ForestInput(String name, Axis axis, List<String> levels, boolean logarithmic) {
  public ForestInput {
    levels = List.copyOf(levels);
  }

  /// The inputs of a landscape, for some of its runs.
  public static List<ForestInput> all(
      Landscape landscape, List<Run> runs, List<String> logarithmic) {
    return landscape.variables().stream()
        .flatMap(variable -> variable.keys().stream())
        .flatMap(key -> of(runs, key, logarithmic.contains(key)).stream())
        .toList();
  }

  /// The input of a hyper-parameter that takes more than one value: numbers if all its values are,
  /// levels else. Empty where it takes one only, or more levels than an axis can have.
  ///
  /// @param logarithmic whether it counts on a logarithmic scale, if all its values have one
  static Optional<ForestInput> of(List<Run> runs, String name, boolean logarithmic) {
    SequencedSet<String> values = values(runs, name);
    if (values.size() < 2) {
      return Optional.empty();
    }
    double[] numbers =
        values.stream().flatMapToDouble(text -> PlainNumber.of(text).stream()).sorted().toArray();
    if (numbers.length < values.size()) {
      return values.size() <= Axis.Levels.MOST
          ? Optional.of(
              new ForestInput(
                  name, new Axis.Levels(values.size()), values.stream().sorted().toList(), false))
          : Optional.empty();
    }
    double low = numbers[0];
    double high = numbers[numbers.length - 1];
    boolean log = logarithmic && low > 0;
    return Optional.of(
        new ForestInput(
            name,
            log ? new Axis.Real(Math.log10(low), Math.log10(high)) : new Axis.Real(low, high),
            List.of(),
            log));
  }

  /// How many values a hyper-parameter takes, if they are no numbers and too many for an axis of
  /// levels; 0 if it can be an input.
  static int tooManyLevels(List<Run> runs, String name) {
    SequencedSet<String> values = values(runs, name);
    boolean numbers = values.stream().allMatch(text -> PlainNumber.of(text).isPresent());
    return numbers || values.size() <= Axis.Levels.MOST ? 0 : values.size();
  }

  private static SequencedSet<String> values(List<Run> runs, String name) {
    SequencedSet<String> values = new LinkedHashSet<>();
    for (Run run : runs) {
      if (run.settings().containsKey(name)) {
        values.add(run.setting(name));
      }
    }
    return values;
  }

  public boolean absent(Run run) {
    return !run.settings().containsKey(name);
  }

  /// The run's value on the axis; of a run without one any value of the axis.
  public double value(Run run) {
    if (absent(run)) {
      return switch (axis) {
        case Axis.Real real -> real.low();
        case Axis.Levels _ -> 0;
      };
    }
    String text = run.setting(name);
    return switch (axis) {
      case Axis.Levels _ -> levels.indexOf(text);
      case Axis.Real real -> {
        double number = PlainNumber.of(text).orElseThrow();
        yield Math.clamp(logarithmic ? Math.log10(number) : number, real.low(), real.high());
      }
    };
  }
}
