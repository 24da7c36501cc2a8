package org.vaescape.study;

import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.vaescape.study.Study.KeepWeights;

/// The trials whose weights are kept, of those that have come so far, in whatever order they came.
///
/// A new one is held against its rivals' best alone: a long study would spend more time on going
/// through all that came before than on the store.
final class ChosenTrials {
  private static final Comparator<FinishedTrial> BEST_FIRST =
      Comparator.comparingDouble((FinishedTrial trial) -> trial.metric("val_mse"))
          .thenComparing(FinishedTrial::id);

  private final KeepWeights policy;
  private final Map<String, FinishedTrial> byRivals = new HashMap<>();

  ChosenTrials(KeepWeights policy) {
    this.policy = policy;
  }

  /// Adds a trial that has not come before, and tells whether another's weights are no longer kept
  /// for it.
  boolean add(FinishedTrial trial) {
    return wouldKeep(trial) && byRivals.put(rivals(trial), trial) != null;
  }

  /// Whether the weights of a trial that has not come before are kept, if it comes next.
  boolean wouldKeep(FinishedTrial trial) {
    FinishedTrial best = byRivals.get(rivals(trial));
    return mayBeKept(trial) && (best == null || BEST_FIRST.compare(best, trial) > 0);
  }

  boolean contains(FinishedTrial trial) {
    FinishedTrial best = byRivals.get(rivals(trial));
    return best != null && best.id().equals(trial.id());
  }

  Set<String> ids() {
    return byRivals.values().stream().map(FinishedTrial::id).collect(Collectors.toSet());
  }

  private boolean mayBeKept(FinishedTrial trial) {
    return switch (policy) {
      case NONE -> false;
      // One without a verdict has no weights; those of an earlier result of its are not its own.
      case ALL -> !trial.verdict().isEmpty();
      case BEST -> trial.verdict().equals("learned") && Double.isFinite(trial.metric("val_mse"));
    };
  }

  /// The name of those of which one is kept.
  private String rivals(FinishedTrial trial) {
    return policy == KeepWeights.BEST ? trial.settings().getOrDefault("model", "") : trial.id();
  }
}
