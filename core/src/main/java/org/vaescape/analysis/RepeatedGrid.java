package org.vaescape.analysis;

import java.util.List;
import java.util.Optional;

/// A complete grid, and what is known of the noise of its repeats.
///
/// @param grid value number r of every cell belongs to repeat r
/// @param crossed whether repeat r shares something in all cells (a split of the data), so that its
///   values may all be shifted alike; with one repeat that shift is part of every value and cannot
///   be told
/// @param noisyBy name of the factor whose levels may have noise of different size, empty where all
///   cells are taken to be equally noisy
public record RepeatedGrid(BalancedGrid grid, boolean crossed, Optional<String> noisyBy) {
  public RepeatedGrid {
    Demand.that(
        noisyBy.isEmpty() || BalancedGrid.names(grid.factors()).contains(noisyBy.get()),
        () -> "the grid has no factor " + noisyBy.orElse(""));
  }

  List<Factor> factors() {
    return grid.factors();
  }

  int cells() {
    return grid.cells();
  }

  int repeats() {
    return grid.repeats();
  }

  /// Number of groups of cells that are equally noisy.
  int groups() {
    return noisyBy.isEmpty() ? 1 : factors().get(noisyAxis()).levels();
  }

  /// The group of each cell.
  int[] groupOfCells() {
    int[] groups = new int[cells()];
    if (noisyBy.isPresent()) {
      int stride = 1;
      for (Factor later : factors().subList(noisyAxis() + 1, factors().size())) {
        stride *= later.levels();
      }
      int count = groups();
      for (int cell = 0; cell < groups.length; cell++) {
        groups[cell] = cell / stride % count;
      }
    }
    return groups;
  }

  private int noisyAxis() {
    int axis = 0;
    while (!factors().get(axis).name().equals(noisyBy.orElseThrow())) {
      axis++;
    }
    return axis;
  }
}
