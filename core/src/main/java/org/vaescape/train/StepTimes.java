package org.vaescape.train;

import java.util.List;

/// How long steps of so many trials at once took.
///
/// @param trials at once
/// @param seconds of each step that was timed, ascending, at least one
public record StepTimes(int trials, List<Double> seconds) {
  public StepTimes {
    if (seconds.isEmpty()) {
      throw new IllegalArgumentException("no step was timed");
    }
    seconds = seconds.stream().sorted().toList();
  }

  /// What is least disturbed by what else the machine does.
  public double minimum() {
    return seconds.getFirst();
  }

  /// The usual step; of an even number the lower of the two in the middle.
  public double median() {
    return seconds.get((seconds.size() - 1) / 2);
  }
}
