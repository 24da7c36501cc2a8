package org.vaescape.analysis.runs;

import java.util.Arrays;
import java.util.List;

/// How runs count that failed or learned nothing.
public enum FailureRule {
  /// Failed runs are left out, with as many whole levels as leave a complete grid; what learned
  /// nothing counts as measured.
  LEFT_OUT("failed runs left out"),
  /// A failed run counts as the worst outcome that was measured, of crossed repeats in its own.
  WORST("failed runs as the worst outcome"),
  /// Runs that failed or learned nothing are left out, with whole levels.
  LEARNED("unlearned runs left out as well"),
  /// A run that failed or learned nothing counts as the worst outcome of a run that learned,
  /// likewise.
  WORST_LEARNED("failed and unlearned runs as the worst that learned");

  private final String text;

  FailureRule(String text) {
    this.text = text;
  }

  public String text() {
    return text;
  }

  /// Rules that make a difference to this outcome of these runs.
  public static List<FailureRule> of(List<Run> runs, String metric, StopPoint stop) {
    boolean unlearned = runs.stream().anyMatch(run -> run.fate() == Fate.UNLEARNED);
    boolean failed = runs.stream().anyMatch(run -> lacks(run, metric, stop));
    return Arrays.stream(values())
        .filter(rule -> failed || rule != WORST)
        .filter(rule -> unlearned || (rule != LEARNED && rule != WORST_LEARNED))
        .toList();
  }

  /// One that failed, or that learned nothing and came to no number of this outcome.
  private static boolean lacks(Run run, String metric, StopPoint stop) {
    return run.fate() != Fate.LEARNED && !Double.isFinite(run.outcome(metric, stop));
  }
}
