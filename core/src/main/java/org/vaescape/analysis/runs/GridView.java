package org.vaescape.analysis.runs;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.vaescape.analysis.BalancedGrid;
import org.vaescape.analysis.Factor;
import org.vaescape.analysis.Ranks;
import org.vaescape.analysis.RepeatedGrid;

/// A complete grid with repeats, made of a landscape by a [View].
///
/// @param variables of the grid, with the levels it has: at least 2 each
/// @param grid outcomes on the scale of the view
/// @param dropped levels that are not in it since a run there is missing or does not count; without
///   the one that the view itself leaves out
/// @param scale on which the outcomes are
public record GridView(
    List<Variable> variables, RepeatedGrid grid, List<View.Level> dropped, Scale scale) {
  /// The variable whose values differ most in noise: by 10 to 40 times, measured on studies of this
  /// kind.
  private static final Role NOISY = Role.OPTIMIZER;

  public GridView {
    variables = List.copyOf(variables);
    dropped = List.copyOf(dropped);
  }

  /// The largest complete grid that a view sees; empty where the landscape is no grid, no variable
  /// keeps two levels, all outcomes are equal, or the logarithm is asked of one that is not
  /// positive.
  public static Optional<GridView> of(Landscape landscape, View view) {
    return Part.of(landscape, view).flatMap(part -> part.on(view.scale()));
  }

  /// What a view sees, on no scale yet: the same for views that differ in their scale alone.
  ///
  /// @param variables of the landscape, with the levels that are left
  /// @param outcomes raw
  record Part(
      Landscape landscape, List<Variable> variables, double[] outcomes, List<View.Level> dropped) {
    /// Empty where the landscape is no grid, or nothing varies in what is left.
    static Optional<Part> of(Landscape landscape, View view) {
      if (!landscape.grid()) {
        return Optional.empty();
      }
      Levels asked = Levels.of(landscape.variables(), view);
      double[] values = landscape.values(view);
      int repeats = landscape.repeats().size();
      Levels kept = asked.complete(landscape, values, repeats);
      List<Variable> variables = new ArrayList<>(kept.variables());
      variables.removeIf(variable -> variable.levels().size() < 2);
      double[] outcomes = kept.pick(values, repeats);
      return variables.isEmpty() || outcomes.length == 0 || equal(outcomes)
          ? Optional.empty()
          : Optional.of(new Part(landscape, variables, outcomes, asked.missingFrom(kept)));
    }

    /// Empty where the scale does not take these outcomes, or they are all equal on it.
    Optional<GridView> on(Scale scale) {
      double[] scaled = scaled(outcomes, scale);
      if (scaled.length == 0 || equal(scaled)) {
        return Optional.empty();
      }
      List<Factor> factors = variables.stream().map(Variable::factor).toList();
      Optional<String> noisy = NOISY.among(variables.stream().map(Variable::name).toList());
      BalancedGrid grid = new BalancedGrid(factors, landscape.repeats().size(), scaled);
      return Optional.of(
          new GridView(
              variables, new RepeatedGrid(grid, landscape.crossed(), noisy), dropped, scale));
    }
  }

  public int cells() {
    return grid.grid().cells();
  }

  public int repeats() {
    return grid.grid().repeats();
  }

  /// Empty where the scale does not take these outcomes.
  private static double[] scaled(double[] outcomes, Scale scale) {
    return switch (scale) {
      case RAW -> outcomes;
      case RANK -> Ranks.of(outcomes);
      case LOG -> logarithms(outcomes);
    };
  }

  private static double[] logarithms(double[] outcomes) {
    double[] logarithms = new double[outcomes.length];
    for (int i = 0; i < outcomes.length; i++) {
      if (!(outcomes[i] > 0)) {
        return new double[0];
      }
      logarithms[i] = Math.log(outcomes[i]);
    }
    return logarithms;
  }

  private static boolean equal(double[] outcomes) {
    for (double outcome : outcomes) {
      if (outcome != outcomes[0]) {
        return false;
      }
    }
    return true;
  }

  /// Levels of a landscape, by their places among all levels of each variable.
  private record Levels(List<Variable> all, int[][] places) {
    static Levels of(List<Variable> all, View view) {
      int[][] places = new int[all.size()][];
      for (int axis = 0; axis < places.length; axis++) {
        Variable variable = all.get(axis);
        int left =
            view.leftOut()
                .filter(level -> level.variable().equals(variable.name()))
                .map(level -> variable.levels().indexOf(level.level()))
                .orElse(-1);
        places[axis] =
            IntStream.range(0, variable.levels().size()).filter(level -> level != left).toArray();
      }
      return new Levels(all, places);
    }

    /// The largest part that has a value in every cell and repeat; without any cell if there is
    /// none.
    Levels complete(Landscape landscape, double[] values, int repeats) {
      double[] picked = pick(values, repeats);
      int cells = picked.length / repeats;
      if (cells > 0 && !lacks(picked)) {
        return this; // without a search
      }
      BitSet present = present(picked, repeats);
      List<Factor> factors =
          variables().stream()
              .filter(variable -> variable.levels().size() > 1)
              .map(Variable::factor)
              .toList();
      int[][] rest = new int[places.length][0];
      if (present.isEmpty() || factors.isEmpty()) {
        return new Levels(all, rest);
      }
      Iterator<List<Integer>> kept = landscape.completeLevels(factors, present).iterator();
      for (int axis = 0; axis < rest.length; axis++) {
        int[] own = places[axis];
        rest[axis] =
            own.length > 1 ? kept.next().stream().mapToInt(place -> own[place]).toArray() : own;
      }
      return new Levels(all, rest);
    }

    private static boolean lacks(double[] values) {
      for (double value : values) {
        if (Double.isNaN(value)) {
          return true;
        }
      }
      return false;
    }

    /// Cells that lack no value.
    private static BitSet present(double[] values, int repeats) {
      long[] bits = new long[(values.length / repeats + Long.SIZE - 1) / Long.SIZE];
      int cell = 0;
      for (int first = 0; first < values.length; first += repeats) {
        boolean whole = true;
        for (int r = 0; r < repeats; r++) {
          whole &= !Double.isNaN(values[first + r]);
        }
        if (whole) {
          bits[cell / Long.SIZE] |= 1L << cell; // modulo 64
        }
        cell++;
      }
      return BitSet.valueOf(bits);
    }

    /// Values of the cells of these levels, row-major, the repeat fastest.
    double[] pick(double[] values, int repeats) {
      int cells = 1;
      for (int[] own : places) {
        cells *= own.length;
      }
      double[] picked = new double[cells * repeats];
      int[] at = new int[places.length]; // of the cell, a place of each axis
      for (int cell = 0; cell < cells; cell++) {
        int from = 0;
        for (int axis = 0; axis < at.length; axis++) {
          from = from * all.get(axis).levels().size() + places[axis][at[axis]];
        }
        System.arraycopy(values, from * repeats, picked, cell * repeats, repeats);
        for (int axis = at.length - 1; axis >= 0 && ++at[axis] == places[axis].length; axis--) {
          at[axis] = 0;
        }
      }
      return picked;
    }

    List<Variable> variables() {
      List<Variable> variables = new ArrayList<>();
      for (int axis = 0; axis < places.length; axis++) {
        Variable variable = all.get(axis);
        boolean whole = places[axis].length == variable.levels().size();
        variables.add(whole ? variable : variable.only(places[axis]));
      }
      return variables;
    }

    List<View.Level> missingFrom(Levels kept) {
      List<View.Level> missing = new ArrayList<>();
      for (int axis = 0; axis < places.length; axis++) {
        int[] there = kept.places[axis];
        for (int level : places[axis]) {
          if (Arrays.binarySearch(there, level) < 0) {
            Variable variable = all.get(axis);
            missing.add(new View.Level(variable.name(), variable.levels().get(level)));
          }
        }
      }
      return missing;
    }
  }
}
