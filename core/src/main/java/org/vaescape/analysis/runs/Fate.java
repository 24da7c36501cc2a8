package org.vaescape.analysis.runs;

/// What became of a run, as far as statistics go.
public enum Fate {
  /// It ran to its end and learned, or is somebody's run of which only the outcome is known.
  LEARNED,
  /// It ran to its end and learned nothing: untrained, collapsed, exploded, below the mean
  /// predictor.
  UNLEARNED,
  /// It has no outcome: diverged, out of memory, timed out, failed.
  FAILED
}
