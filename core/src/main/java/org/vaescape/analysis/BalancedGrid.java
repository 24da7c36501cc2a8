package org.vaescape.analysis;

import java.util.ArrayList;
import java.util.List;

/// An outcome in every cell of a complete grid, equally often: y(level of each factor, repeat).
///
/// A block that is crossed with the cells (a split of its own for each repeat) is a [Factor] like
/// any other, in a grid of one repeat.
///
/// @param factors at least one, names distinct
/// @param repeats in each cell, at least 1
/// @param values row-major, the repeat runs fastest; all finite, so that whoever has failed cells
///   must say first how they count
public record BalancedGrid(List<Factor> factors, int repeats, double[] values) {
  public BalancedGrid {
    factors = List.copyOf(factors);
    values = values.clone();
    Demand.that(!factors.isEmpty(), "a grid must have at least one factor");
    Demand.that(repeats >= 1, "repeats must be at least 1 but are " + repeats);
    List<Factor> all = factors;
    Demand.that(distinct(factors), () -> "names of factors must be distinct but are " + names(all));
    int size = Math.multiplyExact(repeats, LossGrid.cells(factors));
    int count = values.length;
    Demand.that(
        values.length == size,
        () -> "a grid of " + all + " x " + repeats + " has " + size + " values but got " + count);
    Demand.finite(values, "values of a grid");
  }

  /// A copy, as [#values] of the constructor was copied.
  @Override
  public double[] values() {
    return values.clone();
  }

  /// Number of cells: the product of all levels.
  public int cells() {
    return values.length / repeats;
  }

  /// The grid of the means of the cells, one value in each.
  public BalancedGrid cellMeans() {
    double[] means = new double[cells()];
    for (int cell = 0; cell < means.length; cell++) {
      means[cell] = meanOf(cell);
    }
    return new BalancedGrid(factors, 1, means);
  }

  /// All values at one level of a factor, in the order of the grid.
  ///
  /// @param factor place in [#factors], from 0
  public Observations at(int factor, int level) {
    int stride = repeats;
    for (int i = factors.size() - 1; i > factor; i--) {
      stride *= factors.get(i).levels();
    }
    int levels = factors.get(factor).levels();
    double[] found = new double[values.length / levels];
    int count = 0;
    for (int i = 0; i < values.length; i++) {
      if (i / stride % levels == level) {
        found[count++] = values[i];
      }
    }
    return new Observations(found);
  }

  private double meanOf(int cell) {
    double sum = 0;
    for (int i = cell * repeats; i < (cell + 1) * repeats; i++) {
      sum += values[i];
    }
    return sum / repeats;
  }

  /// Whether no two factors have one name. Factors are few, and grids many.
  static boolean distinct(List<Factor> factors) {
    for (int i = 1; i < factors.size(); i++) {
      for (int j = 0; j < i; j++) {
        if (factors.get(i).name().equals(factors.get(j).name())) {
          return false;
        }
      }
    }
    return true;
  }

  static List<String> names(List<Factor> factors) {
    List<String> names = new ArrayList<>();
    factors.forEach(factor -> names.add(factor.name()));
    return names;
  }
}
