package org.vaescape.analysis;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// The largest set of settings of which every combination does as well as the best: neighbouring
/// levels of factors that have an order, any levels of the others.
///
/// Largest by cells; of equals the one of the lowest mean loss, then the one that has the first
/// level in which they differ. Cells without a loss are in no box. Luck of the best cell lowers the
/// limit for all: whether a box holds is what [#coverage] on other repeats says.
///
/// @param factors of the grid
/// @param box levels of each
/// @param meanLoss over the cells of the box
/// @param exact whether all boxes were tried, which they are up to 2^16 choices of levels for all
///   factors but the one with most. Otherwise boxes are grown, from every good cell in turn, always
///   by the level that adds most cells (of equals that of the lowest mean loss, then the first),
///   and the largest is taken
public record SafeBox(List<Factor> factors, LevelBox box, double meanLoss, boolean exact) {
  public SafeBox {
    factors = List.copyOf(factors);
  }

  /// The largest box wherever it lies: a plateau is found though a lucky cell off it is the best.
  ///
  /// @param ordered names of factors that have an order
  public static SafeBox anywhere(LossGrid grid, Set<String> ordered, Tolerance within) {
    List<LevelSets> sets = new ArrayList<>();
    for (Factor factor : grid.factors()) {
      sets.add(new LevelSets(factor.levels(), ordered.contains(factor.name())));
    }
    return of(grid, ordered, within, sets);
  }

  /// Share of the cells of this box that are as good as the best in other repeats too; to be held
  /// against the [Closeness#share] of all cells there, which is what a box at random has.
  ///
  /// @param other losses of the same grid; a cell without one is not good
  public double coverage(LossGrid other, Tolerance within) {
    Demand.that(
        other.factors().equals(factors),
        "grids of " + factors + " and " + other.factors() + " differ");
    double limit = within.limit(other.loss(other.best()));
    int good = 0;
    for (int cell : box.places(factors)) {
      good += other.loss(cell) <= limit ? 1 : 0;
    }
    return (double) good / box.cells();
  }

  private static SafeBox of(
      LossGrid grid, Set<String> ordered, Tolerance within, List<LevelSets> sets) {
    ordered.forEach(grid::factor);
    double limit = within.limit(grid.loss(grid.best()));
    boolean[] good = new boolean[grid.cells()];
    for (int cell = 0; cell < good.length; cell++) {
      good[cell] = grid.loss(cell) <= limit;
    }
    Comparator<LevelBox> ties =
        Comparator.<LevelBox>comparingDouble(box -> mean(box, grid)).thenComparing(LevelBox.ORDER);
    boolean exact = BoxSearch.feasible(sets);
    Optional<LevelBox> found =
        exact ? BoxSearch.largest(sets, good, ties) : new BoxGrowth(grid, sets, good).largest(ties);
    LevelBox box = found.orElseThrow(); // the best cell is good, and a box
    return new SafeBox(grid.factors(), box, mean(box, grid), exact);
  }

  static double mean(LevelBox box, LossGrid grid) {
    double sum = 0;
    for (int cell : box.places(grid.factors())) {
      sum += grid.loss(cell);
    }
    return sum / box.cells();
  }
}
