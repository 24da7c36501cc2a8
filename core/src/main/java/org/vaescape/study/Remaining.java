package org.vaescape.study;

import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/// Which trials of a plan are to be trained.
public final class Remaining {
  private Remaining() {}

  /// Trials that the store does not have.
  public static List<Trial> of(Plan plan, TrialStore store) {
    Map<String, FinishedTrial> done = done(store);
    return plan.trials().stream().filter(trial -> !done.containsKey(trial.id())).toList();
  }

  /// Trials that the store has as `failed`, `out-of-memory` or `timed-out`.
  public static List<Trial> failed(Plan plan, TrialStore store) {
    Map<String, FinishedTrial> done = done(store);
    return plan.trials().stream()
        .filter(trial -> {
          FinishedTrial result = done.get(trial.id());
          return result != null && mayGoBetter(result.status());
        })
        .toList();
  }

  private static boolean mayGoBetter(Status status) {
    return switch (status) {
      case FAILED, OUT_OF_MEMORY, TIMED_OUT -> true;
      case CONVERGED, MAX_EPOCHS, DIVERGED, PRUNED -> false;
    };
  }

  private static Map<String, FinishedTrial> done(TrialStore store) {
    return store.trials().stream()
        .collect(Collectors.toMap(FinishedTrial::id, Function.identity()));
  }
}
