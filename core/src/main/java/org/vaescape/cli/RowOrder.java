package org.vaescape.cli;

import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.vaescape.analysis.runs.PlainNumber;
import org.vaescape.analysis.runs.Run;
import org.vaescape.data.RunTable;

/// The order of what a table holds, which hangs on what its rows say and never on their places:
/// shuffled rows are the same runs.
final class RowOrder {
  /// Numbers ascending, then anything else by its letters, then what is empty.
  static final Comparator<String> TEXTS =
      Comparator.comparing(String::isEmpty)
          .thenComparing(text -> PlainNumber.of(text).isEmpty())
          .thenComparingDouble(text -> PlainNumber.of(text).orElse(0))
          .thenComparing(Comparator.naturalOrder());

  private RowOrder() {}

  /// Number of each label of a repeat, from 0.
  static Map<String, Integer> numbers(Collection<String> labels) {
    Map<String, Integer> numbers = new HashMap<>();
    labels.stream().distinct().sorted(TEXTS).forEach(label -> numbers.put(label, numbers.size()));
    return numbers;
  }

  /// By the settings, the first factor slowest, and within a setting by the repeat.
  static Comparator<Run> runs(List<String> factors) {
    return factors.stream()
        .map(factor -> Comparator.comparing((Run run) -> run.setting(factor), TEXTS))
        .reduce((_, _) -> 0, Comparator::thenComparing)
        .thenComparingInt(Run::repeat);
  }

  /// The rows by chance, the same in every order of the file: where they are sorted by outcome,
  /// equal places among equal settings would be taken for something that runs share.
  static List<RunTable.Row> shuffled(List<RunTable.Row> rows) {
    return rows.stream()
        .sorted(
            Comparator.comparingLong(
                    (RunTable.Row row) -> new SplittableRandom(text(row).hashCode()).nextLong())
                .thenComparing(RowOrder::text))
        .toList();
  }

  private static String text(RunTable.Row row) {
    return String.join("\t", row.fields());
  }
}
