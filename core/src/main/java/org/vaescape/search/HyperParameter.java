package org.vaescape.search;

import java.util.List;
import java.util.stream.Stream;

/// A named setting with a default, a range and a reason.
///
/// Values are plain: [Real] takes `Double`, [Count] `Long`, [Choice] `String`, [Flag] `Boolean`,
/// [RealOrWord] `Double` or `String`, [Counts] a list of `Long`.
public sealed interface HyperParameter {

  /// Key in kebab case, as the study file writes it.
  String name();

  Object defaultValue();

  /// What it does, in one line without a full stop.
  String meaning();

  /// The rule that a value keeps, ready to stand after "must be": "a number in (0, 1]".
  String rule();

  /// Returns `value` as this setting's own type.
  ///
  /// @throws IllegalArgumentException with rule and value if it breaks the rule
  Object check(Object value);

  /// Allowed values beside the default, at least one: every other word, and of numbers one below it
  /// and one above, where the range has them.
  List<Object> others();

  private static List<Object> otherNumbers(Range range, double initial) {
    Stream<Double> below = Stream.of(initial / 2, initial - 1).filter(range::contains);
    Stream<Double> above = Stream.of(initial + 1, (initial + 1) / 2).filter(range::contains);
    return Stream.concat(
            below.filter(value -> value < initial).limit(1),
            above.filter(value -> value > initial).limit(1))
        .<Object>map(value -> value)
        .toList();
  }

  private static List<Object> otherWords(List<String> words, Object initial) {
    return words.stream().filter(word -> !word.equals(initial)).<Object>map(word -> word).toList();
  }

  private static IllegalArgumentException broken(HyperParameter setting, Object value) {
    return new IllegalArgumentException(
        "%s must be %s but was %s".formatted(setting.name(), setting.rule(), Cell.text(value)));
  }

  private static IllegalArgumentException broken(
      HyperParameter setting, Object value, List<String> words) {
    String hint =
        NearMiss.of(Cell.text(value), words).map(n -> "; did you mean " + n + "?").orElse("");
    return new IllegalArgumentException(broken(setting, value).getMessage() + hint);
  }

  /// A finite real number in an interval.
  record Real(String name, double initial, Range range, String meaning) implements HyperParameter {
    @Override
    public Object defaultValue() {
      return initial;
    }

    @Override
    public List<Object> others() {
      return otherNumbers(range, initial);
    }

    @Override
    public String rule() {
      return "a number in " + range;
    }

    @Override
    public Object check(Object value) {
      if (value instanceof Number number && range.contains(number.doubleValue())) {
        return number.doubleValue() + 0.0; // -0.0 and 0.0 are one value
      }
      throw broken(this, value);
    }
  }

  /// A whole number of at least `min`.
  record Count(String name, long initial, long min, String meaning) implements HyperParameter {
    @Override
    public Object defaultValue() {
      return initial;
    }

    @Override
    public List<Object> others() {
      return List.of(initial + 1);
    }

    @Override
    public String rule() {
      return "a whole number of at least " + min;
    }

    @Override
    public Object check(Object value) {
      if (value instanceof Long number && number >= min) {
        return number;
      }
      // 1e3 is a whole number too.
      if (value instanceof Double number && number == Math.rint(number) && number >= min) {
        return Math.round(number);
      }
      throw broken(this, value);
    }
  }

  /// One of a few words.
  record Choice(String name, String initial, List<String> words, String meaning)
      implements HyperParameter {
    public Choice {
      words = List.copyOf(words);
    }

    @Override
    public Object defaultValue() {
      return initial;
    }

    @Override
    public List<Object> others() {
      return otherWords(words, initial);
    }

    @Override
    public String rule() {
      return "one of " + String.join(", ", words);
    }

    @Override
    public Object check(Object value) {
      if (value instanceof String word && words.contains(word)) {
        return word;
      }
      throw broken(this, value, words);
    }
  }

  /// A finite real number in an interval, or one of a few words.
  record RealOrWord(String name, Object initial, Range range, List<String> words, String meaning)
      implements HyperParameter {
    public RealOrWord {
      words = List.copyOf(words);
    }

    @Override
    public Object defaultValue() {
      return initial;
    }

    @Override
    public List<Object> others() {
      return Stream.concat(
              otherWords(words, initial).stream(),
              otherNumbers(range, initial instanceof Double number ? number : 1).stream())
          .toList();
    }

    @Override
    public String rule() {
      return "a number in " + range + " or " + String.join(" or ", words);
    }

    @Override
    public Object check(Object value) {
      if (value instanceof Number number && range.contains(number.doubleValue())) {
        return number.doubleValue() + 0.0;
      }
      if (value instanceof String word && words.contains(word)) {
        return word;
      }
      throw broken(this, value, words);
    }
  }

  /// A list of whole numbers of at least 1, which may be empty; one number stands for a list of
  /// one.
  record Counts(String name, List<Long> initial, String meaning) implements HyperParameter {
    public Counts {
      initial = List.copyOf(initial);
    }

    @Override
    public Object defaultValue() {
      return initial;
    }

    @Override
    public List<Object> others() {
      return List.of(initial.isEmpty() ? List.of(1L) : List.of(initial.getFirst() + 1));
    }

    @Override
    public String rule() {
      return "a list of whole numbers of at least 1";
    }

    @Override
    public Object check(Object value) {
      List<?> items = value instanceof List<?> list ? list : List.of(value);
      if (items.stream().allMatch(n -> n instanceof Long count && count >= 1)) {
        return List.copyOf(items);
      }
      throw broken(this, value);
    }
  }

  /// True or false.
  record Flag(String name, boolean initial, String meaning) implements HyperParameter {
    @Override
    public Object defaultValue() {
      return initial;
    }

    @Override
    public List<Object> others() {
      return List.of(!initial);
    }

    @Override
    public String rule() {
      return "true or false";
    }

    @Override
    public Object check(Object value) {
      if (value instanceof Boolean flag) {
        return flag;
      }
      throw broken(this, value);
    }
  }
}
