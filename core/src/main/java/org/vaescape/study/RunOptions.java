package org.vaescape.study;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// How a study is worked through on this machine; no part of any result.
///
/// @param workers trials that are trained at once, at least 1
/// @param memoryBytes what all of them together may take
/// @param maxTrials at most so many are finished, at least 1
/// @param timeLimit after it no trial starts; null for none
public record RunOptions(
    int workers, long memoryBytes, int maxTrials, @Nullable Duration timeLimit) {
  public RunOptions {
    if (workers < 1 || maxTrials < 1 || memoryBytes < 1) {
      throw new IllegalArgumentException(
          "workers, trials and memory must be at least 1 but were %d, %d and %d"
              .formatted(workers, maxTrials, memoryBytes));
    }
  }
}
