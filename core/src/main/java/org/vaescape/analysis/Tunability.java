package org.vaescape.analysis;

import java.util.ArrayList;
import java.util.List;

/// What can be gained over a default by tuning one factor, two, or all, with the others at their
/// default: loss(default) - loss(best).
///
/// Probst, Boulesteix and Bischl 2019, Journal of Machine Learning Research 20(53), for one data
/// set, on a grid in place of their surrogate model. The lowest of many noisy losses is too low, so
/// that gains are too high unless levels are chosen on some repeats and judged on others. Gains are
/// differences: ratios if losses are logarithms.
///
/// @param defaultLoss of the default cell
/// @param single one factor each, in the order of the grid
/// @param pairs two factors each, in that order
/// @param all of all factors together
public record Tunability(double defaultLoss, List<Gain> single, List<Gain> pairs, Gain all) {
  public Tunability {
    single = List.copyOf(single);
    pairs = List.copyOf(pairs);
  }

  /// The gain of tuning some factors together.
  ///
  /// @param factors their names
  /// @param gain at least 0 if levels are chosen on the losses that they are judged on
  /// @param cell the best, the default if nothing beats it
  /// @param missing cells that could not be chosen, for lack of a loss
  public record Gain(List<String> factors, double gain, int cell, int missing) {
    public Gain {
      factors = List.copyOf(factors);
    }
  }

  /// Gains by the losses that the levels are chosen on.
  ///
  /// @param defaults a cell with a loss
  public static Tunability of(LossGrid grid, int defaults) {
    return of(grid, grid, defaults);
  }

  /// Levels chosen on some repeats, gains by the losses of others.
  ///
  /// @param chosen losses by which levels are chosen
  /// @param judged losses of the same cells; what lacks either is missing
  /// @param defaults a cell with both losses
  public static Tunability of(LossGrid chosen, LossGrid judged, int defaults) {
    Demand.that(
        chosen.factors().equals(judged.factors()),
        "grids of " + chosen.factors() + " and " + judged.factors() + " differ");
    Demand.that(
        defaults >= 0 && defaults < chosen.cells(),
        "a grid of " + chosen.cells() + " cells has no cell " + defaults);
    Demand.that(
        present(chosen, judged, defaults), "the default, cell " + defaults + ", has no loss");
    List<Gain> single = new ArrayList<>();
    List<Gain> pairs = new ArrayList<>();
    int factors = chosen.factors().size();
    for (int i = 0; i < factors; i++) {
      single.add(gain(chosen, judged, defaults, List.of(i)));
      for (int j = i + 1; j < factors; j++) {
        pairs.add(gain(chosen, judged, defaults, List.of(i, j)));
      }
    }
    List<Integer> all = new ArrayList<>();
    for (int i = 0; i < factors; i++) {
      all.add(i);
    }
    return new Tunability(
        judged.loss(defaults), single, pairs, gain(chosen, judged, defaults, all));
  }

  /// Gains of tuning one factor alone, by the losses that the levels are chosen on.
  ///
  /// @param defaults a cell with a loss
  public static List<Gain> ofSingle(LossGrid grid, int defaults) {
    List<Gain> single = new ArrayList<>();
    for (int i = 0; i < grid.factors().size(); i++) {
      single.add(gain(grid, grid, defaults, List.of(i)));
    }
    return single;
  }

  /// What a pair gains together over the better of its factors alone: at least 0 if levels are
  /// chosen on the losses that they are judged on.
  public double jointGain(Gain pair) {
    double better = Double.NEGATIVE_INFINITY;
    for (Gain one : single) {
      better = pair.factors().containsAll(one.factors()) ? Math.max(better, one.gain()) : better;
    }
    return pair.gain() - better;
  }

  private static Gain gain(LossGrid chosen, LossGrid judged, int defaults, List<Integer> tuned) {
    int best = defaults;
    int missing = 0;
    for (int cell : reached(chosen, defaults, tuned)) {
      if (!present(chosen, judged, cell)) {
        missing++;
      } else if (chosen.loss(cell) < chosen.loss(best)) {
        best = cell;
      }
    }
    List<String> names = new ArrayList<>();
    for (int factor : tuned) {
      names.add(chosen.factors().get(factor).name());
    }
    return new Gain(names, judged.loss(defaults) - judged.loss(best), best, missing);
  }

  /// Cells that differ from the default by these factors at most, ascending.
  private static int[] reached(LossGrid grid, int defaults, List<Integer> tuned) {
    int[] at = grid.levels(defaults);
    int[] cells = {0};
    for (int factor = 0; factor < at.length; factor++) {
      int levels = grid.factors().get(factor).levels();
      boolean free = tuned.contains(factor);
      int[] finer = new int[free ? cells.length * levels : cells.length];
      for (int i = 0; i < finer.length; i++) {
        finer[i] = free ? cells[i / levels] * levels + i % levels : cells[i] * levels + at[factor];
      }
      cells = finer;
    }
    return cells;
  }

  private static boolean present(LossGrid chosen, LossGrid judged, int cell) {
    return !Double.isNaN(chosen.loss(cell)) && !Double.isNaN(judged.loss(cell));
  }
}
