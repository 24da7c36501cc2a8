package org.vaescape.analysis.runs;

import java.util.SplittableRandom;

/// A seed for each purpose, so that nothing depends on what was computed before.
public final class SimulationSeed {
  private SimulationSeed() {}

  /// The seed of one purpose.
  ///
  /// @param seed of the study
  /// @param purpose words that no other purpose has
  public static long of(long seed, String... purpose) {
    SplittableRandom random = new SplittableRandom(seed);
    for (String word : purpose) {
      random = new SplittableRandom(random.nextLong() + word.hashCode());
    }
    return random.nextLong();
  }
}
