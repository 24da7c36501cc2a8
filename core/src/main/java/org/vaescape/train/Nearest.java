package org.vaescape.train;

import java.util.Arrays;

/// The few candidates with the least distances among those seen; of equals those seen first.
final class Nearest {
  private final int[] indices;
  private final double[] distances;
  private int found;

  /// @param most how many are kept, at least 0
  Nearest(int most) {
    indices = new int[most];
    distances = new double[most];
  }

  /// Takes a candidate into account.
  ///
  /// @param distance not NaN
  void see(int index, double distance) {
    int most = indices.length;
    if (found == most && (most == 0 || distance >= distances[most - 1])) {
      return;
    }
    int place = found < most ? found++ : most - 1;
    while (place > 0 && distances[place - 1] > distance) {
      distances[place] = distances[place - 1];
      indices[place] = indices[place - 1];
      place--;
    }
    distances[place] = distance;
    indices[place] = index;
  }

  /// Nearest first.
  int[] indices() {
    return Arrays.copyOf(indices, found);
  }
}
