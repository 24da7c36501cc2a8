package org.vaescape.analysis.runs;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.function.IntPredicate;

/// One number for each cell of a grid: lower is better.
///
/// @param values row-major; `NaN` where there is none, which of a cell that was run is worse than
///   any number
/// @param tried cells that were run; of any other nothing is known
/// @param scale on which the numbers are
public record CellTable(List<Variable> variables, double[] values, BitSet tried, Scale scale) {
  public CellTable {
    variables = List.copyOf(variables);
  }

  /// The means of the cells of a complete grid.
  public static CellTable of(GridView view) {
    double[] means = view.grid().grid().cellMeans().values();
    BitSet tried = new BitSet();
    tried.set(0, means.length);
    return new CellTable(view.variables(), means, tried, view.scale());
  }

  /// The same cells with other numbers.
  public CellTable with(double[] others) {
    return new CellTable(variables, others, tried, scale);
  }

  public Optional<Variable> variable(String name) {
    return variables.stream().filter(variable -> variable.name().equals(name)).findFirst();
  }

  /// Level of a cell, from 0.
  ///
  /// @param variable one of this table
  public int level(Variable variable, int cell) {
    return cell / stride(variable) % variable.levels().size();
  }

  /// The level of the best cell; -1 if there is no number.
  ///
  /// @param variable one of this table
  public int bestLevel(Variable variable) {
    int best = bestCell();
    return best < 0 ? -1 : level(variable, best);
  }

  /// Numbers of all cells at some levels that were run.
  ///
  /// @param variable one of this table
  public double[] at(Variable variable, IntPredicate levels) {
    double[] found = new double[values.length];
    int stride = stride(variable);
    int count = 0;
    for (int cell = 0; cell < values.length; cell++) {
      if (tried.get(cell) && levels.test(cell / stride % variable.levels().size())) {
        found[count++] = values[cell];
      }
    }
    return Arrays.copyOf(found, count);
  }

  /// Numbers at all levels of a variable, one row for each setting of all others.
  ///
  /// @param variable one of this table
  public List<double[]> along(Variable variable) {
    int stride = stride(variable);
    List<double[]> rows = new ArrayList<>();
    for (int cell = 0; cell < values.length; cell++) {
      if (cell / stride % variable.levels().size() == 0) {
        double[] row = new double[variable.levels().size()];
        for (int level = 0; level < row.length; level++) {
          row[level] = values[cell + level * stride];
        }
        rows.add(row);
      }
    }
    return rows;
  }

  private int stride(Variable variable) {
    int stride = 1;
    for (int i = variables.size() - 1; !variables.get(i).equals(variable); i--) {
      stride *= variables.get(i).levels().size();
    }
    return stride;
  }

  /// The cell of the lowest number, the first of equals; -1 if there is no number.
  public int bestCell() {
    int best = -1;
    for (int cell = 0; cell < values.length; cell++) {
      if (best < 0 ? !Double.isNaN(values[cell]) : values[cell] < values[best]) {
        best = cell;
      }
    }
    return best;
  }

  /// The highest number; `NaN` if there is none.
  public double worst() {
    double worst = Double.NaN;
    for (double value : values) {
      worst = value > worst || Double.isNaN(worst) ? value : worst;
    }
    return worst;
  }

  /// The highest number that is within a ratio of another.
  ///
  /// @param ratio above 1
  /// @return empty on a scale that has no ratios
  public Optional<Double> limit(double number, double ratio) {
    return switch (scale) {
      case RAW -> number > 0 ? Optional.of(number * ratio) : Optional.empty();
      case LOG -> Optional.of(number + Math.log(ratio));
      case RANK -> Optional.empty();
    };
  }

  /// The lowest number; `NaN` if there is none.
  public static double best(double[] numbers) {
    double best = Double.NaN;
    for (double number : numbers) {
      best = number < best || Double.isNaN(best) ? number : best;
    }
    return best;
  }

  /// The median, where none counts as the worst; `NaN` if that makes it so.
  public static double median(double[] numbers) {
    double[] sorted = numbers.clone();
    Arrays.sort(sorted); // NaN comes last
    int middle = sorted.length / 2;
    return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
  }

  /// Whether one number is better than another, none being worse than any.
  public static boolean lower(double one, double other) {
    return one < other || (Double.isNaN(other) && !Double.isNaN(one));
  }
}
