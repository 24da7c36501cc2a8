package org.vaescape.report;

import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;
import org.vaescape.study.FinishedTrial;
import org.vaescape.study.Status;

/// One cell of a study, its repeats taken together.
///
/// @param planned number of trials the study asks for in this cell
/// @param trials those that ended, by repeat
record CellSummary(SequencedMap<String, String> settings, int planned, List<FinishedTrial> trials) {

  CellSummary {
    trials = trials.stream().sorted(Comparator.comparingInt(FinishedTrial::repeat)).toList();
  }

  /// The setting's text; empty where the cell has no such key.
  String setting(String key) {
    return settings.getOrDefault(key, "");
  }

  /// Trials that ran to their end.
  List<FinishedTrial> complete() {
    return trials.stream().filter(CellSummary::isComplete).toList();
  }

  static boolean isComplete(FinishedTrial trial) {
    return switch (trial.status()) {
      case CONVERGED, MAX_EPOCHS -> true;
      case DIVERGED, OUT_OF_MEMORY, TIMED_OUT, PRUNED, FAILED -> false;
    };
  }

  /// Whether a trial that ran to its end learned; of a table's runs, which have no verdict, all
  /// that have an outcome count.
  static boolean learned(FinishedTrial complete) {
    return complete.verdict().isEmpty() || complete.verdict().equals("learned");
  }

  /// Trials that did not run to their end.
  List<FinishedTrial> broken() {
    return trials.stream().filter(trial -> !isComplete(trial)).toList();
  }

  /// Mean over complete trials with a finite value; NaN without one.
  double mean(ToDoubleFunction<FinishedTrial> measure) {
    return mean(complete(), measure);
  }

  /// The same over some of the trials.
  static double mean(List<FinishedTrial> trials, ToDoubleFunction<FinishedTrial> measure) {
    return trials.stream()
        .mapToDouble(measure)
        .filter(Double::isFinite)
        .average()
        .orElse(Double.NaN);
  }

  /// Mean number of epochs of the complete trials; NaN without one.
  double epochs() {
    return mean(FinishedTrial::epochs);
  }

  /// The verdict of most of the complete trials; of equally many, the one that came first.
  String verdict() {
    return verdicts().keySet().stream().findFirst().orElse("");
  }

  /// How many of the complete trials have each verdict, the most frequent first.
  SequencedMap<String, Integer> verdicts() {
    return counted(complete().stream().map(FinishedTrial::verdict));
  }

  /// The ending of most of the broken trials. Must have one.
  Status failure() {
    return failures().firstEntry().getKey();
  }

  /// How many of the broken trials ended in each way, the most frequent first.
  SequencedMap<Status, Integer> failures() {
    return counted(broken().stream().map(FinishedTrial::status));
  }

  /// Of equally frequent ones, the one that came first stands first.
  private static <T> SequencedMap<T, Integer> counted(Stream<T> values) {
    SequencedMap<T, Integer> counts = new LinkedHashMap<>();
    values.forEach(value -> counts.merge(value, 1, Integer::sum));
    SequencedMap<T, Integer> ordered = new LinkedHashMap<>();
    counts.entrySet().stream()
        .sorted(Comparator.comparingInt(count -> -count.getValue()))
        .forEach(count -> ordered.put(count.getKey(), count.getValue()));
    return ordered;
  }
}
