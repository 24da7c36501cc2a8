package org.vaescape.analysis;

import java.util.Arrays;
import java.util.stream.IntStream;

/// Kernel densities on cells 0, 1, ..., as the tree-structured Parzen estimator has them (Bergstra
/// et al. 2011, as Optuna 5 writes it): a kernel for each occupied cell, weighed by its runs, and a
/// prior that weighs as much as one run.
final class ParzenDensity {
  /// Keeps quotients of densities finite.
  private static final double LEAST = 1e-12;

  private ParzenDensity() {}

  /// Probability of each cell of an order. Kernels are normal, cut at the ends, with the width of
  /// Scott's rule from the smaller of standard deviation and scaled quartile distance, at least 0.5
  /// / 1.64.
  static double[] ordered(int[] runsOfCell) {
    int[] occupied = occupied(runsOfCell);
    int cells = runsOfCell.length;
    double runs = Arrays.stream(runsOfCell).sum();
    double width = width(runsOfCell, occupied, runs);
    double[] density = new double[cells];
    for (int cell : occupied) {
      addNormal(density, runsOfCell[cell] / (runs + 1), cell, width);
    }
    addNormal(density, 1 / (runs + 1), (cells - 1) / 2.0, cells);
    return aboveZero(density);
  }

  /// Probability of each of a few kinds. A kernel gives its own kind a run more than all others.
  static double[] unordered(int[] runsOfLevel) {
    int[] occupied = occupied(runsOfLevel);
    int levels = runsOfLevel.length;
    double runs = Arrays.stream(runsOfLevel).sum();
    double share = 1.0 / (occupied.length + 1);
    double[] density = new double[levels];
    Arrays.fill(density, 1 / (runs + 1) / levels);
    for (int own : occupied) {
      double weight = runsOfLevel[own] / (runs + 1) / (levels * share + 1);
      for (int level = 0; level < levels; level++) {
        density[level] += weight * (level == own ? share + 1 : share);
      }
    }
    return aboveZero(density);
  }

  private static double width(int[] runsOfCell, int[] occupied, double runs) {
    double sum = 0;
    for (int cell : occupied) {
      sum += (double) runsOfCell[cell] * cell;
    }
    double mean = sum / runs;
    double squares = 0;
    for (int cell : occupied) {
      squares += runsOfCell[cell] * (cell - mean) * (cell - mean);
    }
    double deviation = Math.sqrt(squares / Math.max(1, runs - 1));
    int[] upTo = new int[occupied.length];
    int before = 0;
    for (int k = 0; k < upTo.length; k++) {
      before += runsOfCell[occupied[k]];
      upTo[k] = before;
    }
    int lower = 0;
    while (upTo[lower] < before / 4) {
      lower++;
    }
    int upper = 0;
    while (upper < upTo.length - 1 && upTo[upper] <= before * 3L / 4) {
      upper++;
    }
    double quartiles = (occupied[upper] - occupied[lower]) / 1.34;
    double scott = 1.059 * Math.min(quartiles, deviation) * StrictMath.pow(runs, -0.2);
    return Math.max(scott, 0.5 / 1.64);
  }

  private static void addNormal(double[] density, double weight, double mean, double deviation) {
    double[] below = new double[density.length + 1];
    for (int edge = 0; edge < below.length; edge++) {
      below[edge] = Tails.NORMAL.cumulativeProbability((edge - 0.5 - mean) / deviation);
    }
    double all = below[density.length] - below[0];
    for (int cell = 0; cell < density.length; cell++) {
      density[cell] += weight * (below[cell + 1] - below[cell]) / all;
    }
  }

  private static int[] occupied(int[] runsOfCell) {
    return IntStream.range(0, runsOfCell.length).filter(cell -> runsOfCell[cell] > 0).toArray();
  }

  private static double[] aboveZero(double[] density) {
    return Arrays.stream(density).map(p -> p + LEAST).toArray();
  }
}
