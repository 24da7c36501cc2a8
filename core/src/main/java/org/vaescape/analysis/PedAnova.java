package org.vaescape.analysis;

import java.util.Arrays;

/// PED-ANOVA (Watanabe, Bansal and Hutter 2023, arXiv:2304.10255): how much the settings of an
/// input differ between the best runs and all of them, by the Pearson divergence of two densities.
/// It asks what matters for being good, fANOVA what matters anywhere.
///
/// Importances are comparable between inputs of the same runs, and sum to nothing in particular.
///
/// @param axis the input
/// @param cells cells that the axis is cut into; for levels their number
public record PedAnova(Axis axis, int cells) {
  /// Cells of an axis of real numbers, the first and last centred on its ends.
  public static final int CELLS = 50;

  public PedAnova {
    Demand.that(cells >= 2, "an input must have at least 2 cells but had " + cells);
  }

  public static PedAnova of(Axis axis) {
    return switch (axis) {
      case Axis.Real _ -> new PedAnova(axis, CELLS);
      case Axis.Levels levels -> new PedAnova(axis, levels.count());
    };
  }

  /// The best part of the runs: those whose loss is at most the ceil(quantile x runs)-th smallest.
  ///
  /// @param quantile above 0, up to 1
  public static boolean[] best(double[] loss, double quantile) {
    Demand.that(quantile > 0 && quantile <= 1, "a quantile must lie in (0, 1] but was " + quantile);
    Demand.that(loss.length > 0, "there must be at least one run");
    Demand.finite(loss, "losses");
    double[] sorted = loss.clone();
    Arrays.sort(sorted);
    double cut = sorted[(int) Math.ceil(quantile * loss.length) - 1];
    boolean[] best = new boolean[loss.length];
    for (int run = 0; run < loss.length; run++) {
      best[run] = loss[run] <= cut;
    }
    return best;
  }

  /// Importance among the settings that were tried: the best runs against the density of all.
  ///
  /// @param x setting of each run, on the axis
  public double local(double[] x, boolean[] best) {
    return divergence(x, best, density(x, new boolean[0]));
  }

  /// Importance over the whole axis: the best runs against equally likely cells.
  public double global(double[] x, boolean[] best) {
    double[] uniform = new double[cells];
    Arrays.fill(uniform, 1.0 / cells);
    return divergence(x, best, uniform);
  }

  /// Squared share of the best runs x the divergence sum over cells of b (a / b - 1)^2.
  private double divergence(double[] x, boolean[] best, double[] base) {
    Demand.that(
        x.length == best.length && x.length > 0,
        x.length + " settings do not fit " + best.length + " runs");
    int chosen = 0;
    for (boolean one : best) {
      chosen += one ? 1 : 0;
    }
    if (chosen == 0) {
      return 0; // the share below
    }
    double[] top = density(x, best);
    double sum = 0;
    for (int cell = 0; cell < cells; cell++) {
      double excess = top[cell] / base[cell] - 1;
      sum += base[cell] * excess * excess;
    }
    double share = (double) chosen / x.length;
    return share * share * sum;
  }

  /// Density of the chosen runs, of all where none is named.
  private double[] density(double[] x, boolean[] chosen) {
    int[] runs = new int[cells];
    for (int run = 0; run < x.length; run++) {
      Demand.that(axis.contains(x[run]), "a setting must lie on " + axis + " but was " + x[run]);
      if (chosen.length == 0 || chosen[run]) {
        runs[cell(x[run])]++;
      }
    }
    return switch (axis) {
      case Axis.Real _ -> ParzenDensity.ordered(runs);
      case Axis.Levels _ -> ParzenDensity.unordered(runs);
    };
  }

  private int cell(double value) {
    return switch (axis) {
      case Axis.Real real -> {
        double width = (real.high() - real.low()) / (cells - 1);
        int cell = (int) Math.ceil((value - real.low()) / width - 0.5);
        yield Math.clamp(cell, 0, cells - 1);
      }
      case Axis.Levels _ -> (int) value;
    };
  }
}
