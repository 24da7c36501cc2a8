package org.vaescape.analysis.sensitivity;

import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// What a claim asserts, apart from its numbers: two studies may both support
/// `importance/vae/val_mse` and mean different hyper-parameters.
///
/// It is the first sentence with `#` for numbers, but for values of hyper-parameters, which come
/// after a name (`learning-rate 0.1`, `latent 10 or 20`).
final class Assertion {
  private static final Pattern END = Pattern.compile("\\.(\\s+(?=[A-Z])|$)");
  private static final Pattern NUMBER =
      Pattern.compile("(?<![\\w.-])[-+]?\\d+(?:\\.\\d+)?(?:[eE][-+]?\\d+)?(?![\\w-])");

  private final Pattern value;

  private Assertion(Pattern value) {
    this.value = value;
  }

  /// Knows the names of the hyper-parameters that these runs have.
  static Assertion of(List<Run> runs) {
    Set<String> names = new LinkedHashSet<>();
    for (Run run : runs) {
      for (String key : run.settings().keySet()) {
        names.add(key);
        names.add(key.substring(key.lastIndexOf('.') + 1));
      }
    }
    String any =
        names.stream()
            .sorted(Comparator.comparingInt(String::length).reversed())
            .map(Pattern::quote)
            .collect(Collectors.joining("|"));
    return new Assertion(Pattern.compile("(?:^|[^\\w.-])(?:" + any + ") $"));
  }

  String of(String sentence) {
    Matcher end = END.matcher(sentence);
    String first = end.find() ? sentence.substring(0, end.start()) : sentence;
    StringBuilder text = new StringBuilder();
    Matcher number = NUMBER.matcher(first);
    int from = 0;
    boolean kept = false;
    while (number.find()) {
      String before = first.substring(from, number.start());
      kept = value.matcher(before).find() || (kept && before.equals(" or "));
      text.append(before).append(kept ? number.group() : "#");
      from = number.end();
    }
    return text.append(first.substring(from)).toString();
  }
}
