package org.vaescape.report;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.vaescape.study.FinishedTrial;

/// What a table of anybody's runs holds, in sentences.
record TableSummary(StudyCells runs, TableColumns columns) {
  /// Beyond so many, the values of a factor are counted instead of named.
  private static final int MOST_VALUES = 12;

  private static final String FINISHED = "finished";

  /// How a run ended, in the words of the table where these say more than a sign does.
  static String ending(FinishedTrial run) {
    return CellSummary.isComplete(run)
        ? FINISHED
        : run.message().isEmpty() ? run.status().text() : run.message();
  }

  /// What varied, and how often each setting was tried.
  String asked() {
    String varied =
        runs.varying().stream()
            .map(key -> key + " (" + values(key) + ")")
            .collect(Collectors.joining(", "));
    return "Outcome: %s, of which %s values are good. Varied: %s. %s, %s."
        .formatted(
            columns.outcome(),
            columns.lowerIsBetter() ? "small" : "large",
            varied.isEmpty() ? "nothing" : varied,
            Numbers.count(runs.cells().size(), "setting"),
            runs.repeats() > 1 ? "up to " + runs.repeats() + " runs of each" : "one run of each");
  }

  private String values(String key) {
    List<String> given = runs.values(key).stream().filter(value -> !value.isEmpty()).toList();
    String values =
        given.size() > MOST_VALUES
            ? given.size() + " values"
            : String.join(", ", ValueAxis.ordinal(given, 1).values());
    return columns.logarithmic().contains(key) ? values + "; on its logarithm" : values;
  }

  /// How many runs ended in which way.
  String counts() {
    SequencedMap<String, Integer> endings = new LinkedHashMap<>();
    endings.put(FINISHED, 0);
    Map<String, Integer> failed = new TreeMap<>();
    runs.trials()
        .forEach(run ->
            (CellSummary.isComplete(run) ? endings : failed).merge(ending(run), 1, Integer::sum));
    endings.putAll(failed);
    return "%s: %s."
        .formatted(
            Numbers.count(runs.trials().size(), "run"),
            endings.entrySet().stream()
                .map(one -> one.getValue() + " " + one.getKey())
                .collect(Collectors.joining(", ")));
  }
}
