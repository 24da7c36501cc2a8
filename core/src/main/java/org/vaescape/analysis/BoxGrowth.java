package org.vaescape.analysis;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/// Large boxes of good cells only, where [BoxSearch] would have to try too many: each is grown from
/// one cell by the level that adds most cells (of equals that of the lowest mean loss, then the
/// first) until every other level would add a cell that is not good.
record BoxGrowth(LossGrid grid, List<LevelSets> sets, boolean[] good) {
  /// The box of most cells that grows from a good cell, of equals the first in an order.
  Optional<LevelBox> largest(Comparator<LevelBox> ties) {
    Comparator<LevelBox> order =
        Comparator.comparingInt(LevelBox::cells).reversed().thenComparing(ties);
    Optional<LevelBox> largest = Optional.empty();
    for (int cell = 0; cell < good.length; cell++) {
      if (good[cell]) {
        LevelBox grown = grown(LevelBox.ofCell(grid.levels(cell)));
        if (largest.isEmpty() || order.compare(grown, largest.get()) < 0) {
          largest = Optional.of(grown);
        }
      }
    }
    return largest;
  }

  private LevelBox grown(LevelBox seed) {
    LevelBox box = seed;
    while (true) {
      int most = 0;
      double lowest = Double.POSITIVE_INFINITY;
      LevelBox next = box;
      for (int i = 0; i < sets.size(); i++) {
        for (int level = 0; level < sets.get(i).levels(); level++) {
          if (fits(level, box.levels().get(i), sets.get(i).contiguous())) {
            LevelBox added = box.with(i, List.of(level));
            if (allGood(added)) {
              double mean = SafeBox.mean(added, grid);
              if (added.cells() > most || (added.cells() == most && mean < lowest)) {
                most = added.cells();
                lowest = mean;
                next = box.withAlso(i, level);
              }
            }
          }
        }
      }
      if (most == 0) {
        return box;
      }
      box = next;
    }
  }

  private static boolean fits(int level, List<Integer> levels, boolean contiguous) {
    return contiguous
        ? level == levels.getFirst() - 1 || level == levels.getLast() + 1
        : !levels.contains(level);
  }

  private boolean allGood(LevelBox box) {
    boolean all = true;
    for (int cell : box.places(grid.factors())) {
      all &= good[cell];
    }
    return all;
  }
}
