package org.vaescape.study;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToLongFunction;
import org.vaescape.search.Cell;

/// How much a study writes to its folder, about.
final class DiskEstimate {
  /// Store and tables, measured on 360 trials: what each epoch and each trial takes, and what
  /// figures and report take.
  private static final long EPOCH_BYTES = 900;

  private static final long TRIAL_BYTES = 14_000;
  private static final long REPORT_BYTES = 4_000_000;

  private DiskEstimate() {}

  /// Bytes when all of these trials have ended; more is never needed, but for one trial's weights.
  ///
  /// @param epochs that a trial of this cell takes
  /// @param weightBytes of a trial of this cell
  static long bytes(
      List<Trial> trials,
      Study.KeepWeights keep,
      ToLongFunction<Cell> epochs,
      ToLongFunction<Cell> weightBytes) {
    long bytes = REPORT_BYTES;
    long all = 0;
    Map<String, Long> largestOfModel = new HashMap<>();
    Map<Cell, Long> weights = new HashMap<>();
    for (Trial trial : trials) {
      Cell cell = trial.cell();
      bytes += TRIAL_BYTES + epochs.applyAsLong(cell) * EPOCH_BYTES;
      long ofThis = weights.computeIfAbsent(cell, weightBytes::applyAsLong);
      all += ofThis;
      largestOfModel.merge(cell.text("model"), ofThis, Math::max);
    }
    return bytes
        + switch (keep) {
          case NONE -> 0;
          case ALL -> all;
          // One for each model, of any size that it has.
          case BEST -> largestOfModel.values().stream().mapToLong(Long::longValue).sum();
        };
  }
}
