package org.vaescape.study;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;

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
  /// @param epochs after which a trial stops
  /// @param weightBytes of a trial
  static long bytes(
      List<Trial> trials, Study.KeepWeights keep, long epochs, ToLongFunction<Trial> weightBytes) {
    return REPORT_BYTES
        + trials.size() * (TRIAL_BYTES + epochs * EPOCH_BYTES)
        + weights(trials, keep, weightBytes);
  }

  private static long weights(
      List<Trial> trials, Study.KeepWeights keep, ToLongFunction<Trial> weightBytes) {
    return switch (keep) {
      case NONE -> 0;
      case ALL -> trials.stream().mapToLong(weightBytes).sum();
      // One for each model, of any size that it has.
      case BEST ->
          byModel(trials).values().stream()
              .mapToLong(ofModel -> ofModel.stream().mapToLong(weightBytes).max().orElse(0))
              .sum();
    };
  }

  private static Map<String, List<Trial>> byModel(Collection<Trial> trials) {
    return trials.stream()
        .collect(Collectors.groupingBy(trial -> trial.cell().texts().getOrDefault("model", "")));
  }
}
