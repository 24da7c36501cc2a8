package org.vaescape.analysis;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// The smallest level of an ordered factor that is enough: whose best loss, over all other factors,
/// is as good as the best of all.
///
/// Both are lowest losses of many and favour luck, the more so the fewer repeats; whether the
/// choice holds is to be asked of other repeats. That a smaller level is not enough is a statement
/// of its own: see what level another grid gives.
///
/// @param level place of it, levels ascending
/// @param cell the best at this level
/// @param best the best of all
/// @param losses the best loss at each level; `NaN` at levels where there is none
public record SmallestLevel(int level, int cell, int best, List<Double> losses) {
  public SmallestLevel {
    losses = List.copyOf(losses);
  }

  /// The smallest level that is enough for these losses.
  ///
  /// @param factor name of it; its levels are in ascending order
  public static SmallestLevel of(LossGrid grid, String factor, Tolerance within) {
    int axis = grid.factor(factor);
    int levels = grid.factors().get(axis).levels();
    int[] cells = new int[levels];
    Arrays.fill(cells, -1);
    for (int cell = 0; cell < grid.cells(); cell++) {
      int level = grid.levels(cell)[axis];
      if (!Double.isNaN(grid.loss(cell))
          && (cells[level] < 0 || grid.loss(cell) < grid.loss(cells[level]))) {
        cells[level] = cell;
      }
    }
    double limit = within.limit(grid.loss(grid.best()));
    List<Double> losses = new ArrayList<>();
    int smallest = -1;
    for (int level = 0; level < levels; level++) {
      double loss = cells[level] < 0 ? Double.NaN : grid.loss(cells[level]);
      losses.add(loss);
      smallest = smallest < 0 && loss <= limit ? level : smallest;
    }
    return new SmallestLevel(smallest, cells[smallest], grid.best(), losses);
  }

  /// How much more the chosen cell at this level loses than the best cell, both as chosen here, by
  /// losses of other repeats; `NaN` where one of them has none.
  public double excess(LossGrid other) {
    return other.loss(cell) - other.loss(best);
  }

  /// Whether that excess is tolerated; not where one of the cells has no loss.
  public boolean holds(LossGrid other, Tolerance within) {
    double reference = other.loss(best);
    return !Double.isNaN(reference) && other.loss(cell) <= within.limit(reference);
  }
}
