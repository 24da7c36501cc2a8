package org.vaescape.data.simulation;

import java.util.SplittableRandom;

/// Where the randomness of a simulation comes from: a stream for each purpose and place, so that
/// none depends on the order in which they are drawn from.
final class Draws {
  static final int CLASSES = 1;
  static final int FACTORS = 2;
  static final int NOISE = 3;
  static final int LOADINGS = 4;
  static final int CENTROIDS = 5;

  private Draws() {}

  static SplittableRandom of(long seed, long... place) {
    SplittableRandom random = new SplittableRandom(seed);
    for (long number : place) {
      random = new SplittableRandom(random.nextLong() + number);
    }
    return random;
  }
}
