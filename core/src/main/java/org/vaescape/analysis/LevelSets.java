package org.vaescape.analysis;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// Which levels of one factor may be chosen together.
///
/// @param levels how many there are
/// @param contiguous whether a set may leave out no level between two that it has
record LevelSets(int levels, boolean contiguous) {
  /// How many sets there are, none of them empty; a `double`, as 2^levels may be large.
  double count() {
    return contiguous ? levels * (levels + 1.0) / 2 : Math.pow(2, levels) - 1;
  }

  /// All sets, each ascending.
  List<int[]> all() {
    List<int[]> sets = new ArrayList<>();
    if (contiguous) {
      for (int low = 0; low < levels; low++) {
        for (int high = low; high < levels; high++) {
          sets.add(run(low, high));
        }
      }
      return sets;
    }
    for (int bits = 1; bits < 1 << levels; bits++) {
      int[] set = new int[Integer.bitCount(bits)];
      int count = 0;
      for (int level = 0; level < levels; level++) {
        if ((bits >> level & 1) == 1) {
          set[count++] = level;
        }
      }
      sets.add(set);
    }
    return sets;
  }

  /// The sets of good levels that no level can be added to.
  List<int[]> largest(boolean[] good) {
    List<int[]> sets = new ArrayList<>();
    if (!contiguous) {
      int[] set = new int[levels];
      int count = 0;
      for (int level = 0; level < levels; level++) {
        if (good[level]) {
          set[count++] = level;
        }
      }
      if (count > 0) {
        sets.add(Arrays.copyOf(set, count));
      }
      return sets;
    }
    for (int low = 0; low < levels; low++) {
      int high = low;
      while (high < levels && good[high]) {
        high++;
      }
      if (high > low) {
        sets.add(run(low, high - 1));
      }
      low = high; // the level there is not good, or there is none
    }
    return sets;
  }

  private static int[] run(int low, int high) {
    int[] run = new int[high - low + 1];
    for (int i = 0; i < run.length; i++) {
      run[i] = low + i;
    }
    return run;
  }
}
