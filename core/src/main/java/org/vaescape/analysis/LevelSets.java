package org.vaescape.analysis;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// Which levels of one factor may be chosen together.
///
/// @param levels how many there are
/// @param contiguous whether a set may leave out no level between two that it has
/// @param held the level that every set has, or -1 for none
record LevelSets(int levels, boolean contiguous, int held) {
  /// How many sets there are, none of them empty; a `double`, as 2^levels may be large.
  double count() {
    if (contiguous) {
      return held < 0 ? levels * (levels + 1.0) / 2 : (held + 1.0) * (levels - held);
    }
    return held < 0 ? Math.pow(2, levels) - 1 : Math.pow(2, levels - 1.0);
  }

  /// All sets, each ascending.
  List<int[]> all() {
    List<int[]> sets = new ArrayList<>();
    if (contiguous) {
      for (int low = 0; low <= (held < 0 ? levels - 1 : held); low++) {
        for (int high = Math.max(low, held); high < levels; high++) {
          sets.add(run(low, high));
        }
      }
      return sets;
    }
    for (int bits = 1; bits < 1 << levels; bits++) {
      if (held < 0 || (bits >> held & 1) == 1) {
        int[] set = new int[Integer.bitCount(bits)];
        int count = 0;
        for (int level = 0; level < levels; level++) {
          if ((bits >> level & 1) == 1) {
            set[count++] = level;
          }
        }
        sets.add(set);
      }
    }
    return sets;
  }

  /// The sets of good levels that no level can be added to.
  List<int[]> largest(boolean[] good) {
    List<int[]> sets = new ArrayList<>();
    if (held >= 0 && !good[held]) {
      return sets;
    }
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
      if (high > low && (held < 0 || (low <= held && held < high))) {
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
