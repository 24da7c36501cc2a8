package org.vaescape.study;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// Which trials of a plan are to be trained.
///
/// @param trials in the order of the plan
/// @param digests what the store had of trials when that was asked, by id: of those that are to be
///   trained again, the result that is to be replaced
public record Remaining(List<Trial> trials, Map<String, String> digests) {
  public Remaining {
    trials = List.copyOf(trials);
    digests = Map.copyOf(digests);
  }

  /// Trials that the store does not have.
  public static Remaining of(Plan plan, TrialStore store) {
    Map<String, String> there = store.digests();
    return new Remaining(
        plan.trials().stream().filter(trial -> !there.containsKey(trial.id())).toList(), there);
  }

  /// Trials that the store has as `failed`, `out-of-memory` or `timed-out`.
  public static Remaining failed(Plan plan, TrialStore store) {
    List<StoredTrial> there = store.contents();
    Set<String> failed =
        there.stream()
            .map(StoredTrial::trial)
            .filter(trial -> mayGoBetter(trial.status()))
            .map(FinishedTrial::id)
            .collect(Collectors.toSet());
    return new Remaining(
        plan.trials().stream().filter(trial -> failed.contains(trial.id())).toList(),
        there.stream()
            .collect(Collectors.toMap(stored -> stored.trial().id(), StoredTrial::digest)));
  }

  /// These trials, whatever a store has of them now.
  public static Remaining of(List<Trial> trials, TrialStore store) {
    return new Remaining(trials, store.digests());
  }

  public int size() {
    return trials.size();
  }

  public boolean isEmpty() {
    return trials.isEmpty();
  }

  /// What another process has made of the trial meanwhile; empty if it is still to be trained.
  Optional<FinishedTrial> doneElsewhere(Trial trial, TrialStore store) {
    return store
        .trial(trial.id())
        .filter(now -> !now.digest().equals(digests.get(trial.id())))
        .map(StoredTrial::trial);
  }

  private static boolean mayGoBetter(Status status) {
    return switch (status) {
      case FAILED, OUT_OF_MEMORY, TIMED_OUT -> true;
      case CONVERGED, MAX_EPOCHS, DIVERGED, PRUNED -> false;
    };
  }
}
