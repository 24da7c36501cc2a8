package org.vaescape.analysis;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/// The largest part of a grid that lacks no cell: some levels of each factor, all cells of which
/// are there.
///
/// Largest by cells; of equals the one in which more factors keep at least 2 levels, then the one
/// that drops the fewest levels, then the one that keeps the first level in which they differ (in
/// the order of the factors): there is one answer.
///
/// @param box levels that are kept
/// @param exact whether all choices of levels were tried, which they are up to 2^16 of them for all
///   factors but the longest. Otherwise the level whose cells lack most, as a share, is dropped
///   until none lacks any (of equal shares that of fewer cells, then the last); then each dropped
///   level that lacks nothing any more is taken back
public record CompleteSubgrid(LevelBox box, boolean exact) {
  private static final Comparator<LevelBox> TIES =
      Comparator.comparingInt(CompleteSubgrid::varying)
          .thenComparingInt(CompleteSubgrid::kept)
          .reversed()
          .thenComparing(LevelBox.ORDER);

  /// The largest complete part of the cells that are there.
  ///
  /// @param present one for each cell, row-major, not all `false`
  public static CompleteSubgrid of(List<Factor> factors, boolean[] present) {
    Demand.that(!factors.isEmpty(), "a grid must have at least one factor");
    List<LevelSets> sets = new ArrayList<>();
    for (Factor factor : factors) {
      sets.add(new LevelSets(factor.levels(), false));
    }
    int cells = LossGrid.cells(factors);
    Demand.that(
        present.length == cells,
        () -> "a grid of " + factors + " has " + cells + " cells but got " + present.length);
    boolean exact = BoxSearch.feasible(sets);
    Optional<LevelBox> box =
        exact ? BoxSearch.largest(sets, present, TIES) : LevelDropping.complete(factors, present);
    return new CompleteSubgrid(
        box.orElseThrow(() -> new IllegalArgumentException("no cell of the grid is there")), exact);
  }

  private static int varying(LevelBox box) {
    int varying = 0;
    for (List<Integer> levels : box.levels()) {
      varying += levels.size() >= 2 ? 1 : 0;
    }
    return varying;
  }

  private static int kept(LevelBox box) {
    int kept = 0;
    for (List<Integer> levels : box.levels()) {
      kept += levels.size();
    }
    return kept;
  }
}
