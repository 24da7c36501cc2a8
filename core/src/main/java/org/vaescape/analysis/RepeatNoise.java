package org.vaescape.analysis;

/// How far repeats of one cell lie apart, as variances of a single value: unbiased estimates, so
/// that those of a crossed grid may be negative.
///
/// @param pooled mean over all cells
/// @param ofGroups mean over the cells of each group
/// @param block what a repeat adds to all its cells alike; 0 where repeats share nothing
record RepeatNoise(double pooled, double[] ofGroups, double block) {

  /// The estimates of at least 2 repeats.
  ///
  /// In a crossed grid they come from r = y - mean of the cell - shift of the repeat, of which E
  /// r^2 = (1 - 1/S) (s_c (1 - 2/N) + s/N) with the cell's own variance s_c and the mean s over N
  /// cells and S repeats. Between means of repeats lies N block + s.
  ///
  /// @param values as in a [BalancedGrid] of the design
  /// @param groupOfCells as the design says
  static RepeatNoise of(double[] values, RepeatedGrid design, int[] groupOfCells) {
    int repeats = design.repeats();
    int cells = design.cells();
    double[] shifts = design.crossed() ? shifts(values, repeats) : new double[repeats];
    double[] squares = new double[design.groups()];
    int[] members = new int[squares.length];
    for (int cell = 0; cell < cells; cell++) {
      double mean = 0;
      for (int r = 0; r < repeats; r++) {
        mean += values[cell * repeats + r];
      }
      mean /= repeats;
      for (int r = 0; r < repeats; r++) {
        double rest = values[cell * repeats + r] - mean - shifts[r];
        squares[groupOfCells[cell]] += rest * rest;
      }
      members[groupOfCells[cell]]++;
    }
    double all = 0;
    for (double ofGroup : squares) {
      all += ofGroup;
    }
    double pooled = all / ((repeats - 1.0) * (design.crossed() ? cells - 1 : cells));
    for (int group = 0; group < squares.length; group++) {
      double mean = squares[group] / ((repeats - 1.0) * members[group]);
      squares[group] = design.crossed() ? ofCrossed(mean, pooled, cells) : mean;
    }
    double block = 0;
    for (double shift : shifts) {
      block += shift * shift / (repeats - 1);
    }
    return new RepeatNoise(pooled, squares, design.crossed() ? block - pooled / cells : 0);
  }

  /// Two cells share one difference: which of them is noisier, nothing tells.
  private static double ofCrossed(double mean, double pooled, int cells) {
    return cells == 2 ? pooled : (mean - pooled / cells) / (1 - 2.0 / cells);
  }

  /// Mean of each repeat less the mean of all.
  private static double[] shifts(double[] values, int repeats) {
    double[] shifts = new double[repeats];
    for (int first = 0; first < values.length; first += repeats) {
      for (int r = 0; r < repeats; r++) {
        shifts[r] += values[first + r] * repeats / values.length;
      }
    }
    double mean = new Observations(shifts).mean();
    for (int r = 0; r < repeats; r++) {
      shifts[r] -= mean;
    }
    return shifts;
  }
}
