package org.vaescape.analysis;

import java.util.List;

/// Losses of a grid that may lack some: lower is better.
///
/// @param factors at least one, names distinct
/// @param losses one for each cell, row-major, the last factor runs fastest; `NaN` where a cell was
///   not run or failed, so that whoever counts a failure as a loss writes that loss; all others
///   finite, and at least one
public record LossGrid(List<Factor> factors, double[] losses) {
  public LossGrid {
    factors = List.copyOf(factors);
    losses = losses.clone();
    Demand.that(!factors.isEmpty(), "a grid must have at least one factor");
    List<Factor> all = factors;
    Demand.that(
        BalancedGrid.distinct(factors),
        () -> "names of factors must be distinct but are " + BalancedGrid.names(all));
    int cells = cells(factors);
    int count = losses.length;
    Demand.that(
        count == cells, () -> "a grid of " + all + " has " + cells + " losses but got " + count);
    best(losses);
  }

  /// A copy, as the constructor's was copied.
  @Override
  public double[] losses() {
    return losses.clone();
  }

  public double loss(int cell) {
    return losses[cell];
  }

  public int cells() {
    return losses.length;
  }

  /// The cell of the lowest loss, the first of equals.
  public int best() {
    return best(losses);
  }

  /// Level of each factor in a cell.
  public int[] levels(int cell) {
    return levels(factors, cell);
  }

  /// The cell at these levels, one of each factor.
  public int cell(int... levels) {
    Demand.that(
        levels.length == factors.size(),
        "a cell has " + factors.size() + " levels but got " + levels.length);
    int cell = 0;
    for (int i = 0; i < levels.length; i++) {
      Factor factor = factors.get(i);
      Demand.that(
          levels[i] >= 0 && levels[i] < factor.levels(),
          factor + " has no level " + levels[i] + " (from 0)");
      cell = cell * factor.levels() + levels[i];
    }
    return cell;
  }

  int factor(String name) {
    int place = BalancedGrid.names(factors).indexOf(name);
    Demand.that(place >= 0, "the grid has no factor " + name);
    return place;
  }

  static int cells(List<Factor> factors) {
    int cells = 1;
    for (Factor factor : factors) {
      cells = Math.multiplyExact(cells, factor.levels());
    }
    return cells;
  }

  static int[] levels(List<Factor> factors, int cell) {
    int[] levels = new int[factors.size()];
    int left = cell;
    for (int i = levels.length - 1; i >= 0; i--) {
      levels[i] = left % factors.get(i).levels();
      left /= factors.get(i).levels();
    }
    return levels;
  }

  /// Place of the lowest number, the first of equals.
  ///
  /// @param losses finite, at least one of them, or `NaN`
  static int best(double[] losses) {
    int best = -1;
    for (int i = 0; i < losses.length; i++) {
      if (Double.isInfinite(losses[i])) {
        throw new IllegalArgumentException(
            "losses must be finite, or NaN of what failed, but number " + i + " is " + losses[i]);
      }
      if (!Double.isNaN(losses[i]) && (best < 0 || losses[i] < losses[best])) {
        best = i;
      }
    }
    Demand.that(best >= 0, () -> "at least one of " + losses.length + " losses must be a number");
    return best;
  }
}
