package org.vaescape.analysis.korkic2021;

import java.util.List;
import java.util.Optional;
import java.util.function.IntPredicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.vaescape.analysis.runs.Variable;

/// The levels that claims of the study speak of, among those that were tried.
public final class StudyLevels {
  private StudyLevels() {}

  /// Place of an optimizer: by itself, or without momentum where momentum varied.
  static Optional<Integer> optimizer(Variable variable, String name) {
    int place =
        Math.max(variable.levels().indexOf(name), variable.levels().indexOf(name + " momentum 0"));
    return place < 0 ? Optional.empty() : Optional.of(place);
  }

  /// Place of a number; empty where it was not tried.
  static Optional<Integer> number(Variable variable, double value) {
    return variable.numeric()
        ? IntStream.range(0, variable.levels().size())
            .filter(level -> Math.abs(variable.value(level) - value) <= 1e-9 * Math.abs(value))
            .boxed()
            .findFirst()
        : Optional.empty();
  }

  /// The lower half of the levels of a number; the middle one of an odd count is in neither half.
  static IntPredicate low(Variable variable) {
    return level -> level < variable.levels().size() / 2;
  }

  /// The upper half.
  static IntPredicate high(Variable variable) {
    return level -> level >= variable.levels().size() - variable.levels().size() / 2;
  }

  /// `10, 20 and 30`.
  static String text(Variable variable, IntPredicate levels) {
    return and(
        IntStream.range(0, variable.levels().size())
            .filter(levels)
            .mapToObj(level -> variable.levels().get(level))
            .toList());
  }

  public static String and(List<String> words) {
    int last = words.size() - 1;
    return last < 1
        ? String.join("", words)
        : words.subList(0, last).stream().collect(Collectors.joining(", "))
            + " and "
            + words.get(last);
  }
}
