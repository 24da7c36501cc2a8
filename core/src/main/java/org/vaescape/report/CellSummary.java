package org.vaescape.report;

import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.function.ToDoubleFunction;
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
    Map<String, Integer> votes = new LinkedHashMap<>();
    complete().forEach(trial -> votes.merge(trial.verdict(), 1, Integer::sum));
    return mostFrequent(votes, "");
  }

  /// The ending of most of the broken trials. Must have one.
  Status failure() {
    Map<Status, Integer> votes = new LinkedHashMap<>();
    broken().forEach(trial -> votes.merge(trial.status(), 1, Integer::sum));
    return mostFrequent(votes, Status.FAILED);
  }

  private static <T> T mostFrequent(Map<T, Integer> votes, T otherwise) {
    T winner = otherwise;
    int most = 0;
    for (Map.Entry<T, Integer> vote : votes.entrySet()) {
      if (vote.getValue() > most) {
        winner = vote.getKey();
        most = vote.getValue();
      }
    }
    return winner;
  }
}
