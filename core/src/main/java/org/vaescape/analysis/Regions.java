package org.vaescape.analysis;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;
import org.vaescape.analysis.RegressionTree.Branch;
import org.vaescape.analysis.RegressionTree.Leaf;
import org.vaescape.analysis.RegressionTree.Subset;
import org.vaescape.analysis.RegressionTree.Threshold;

/// The boxes of a tree's leaves on the grid that all its splits draw; here the integrals over
/// inputs are finite sums, and exact.
///
/// @param edges for each input, where its cells begin and end, as shares of the axis from 0 to 1
/// @param leaves the leaves with the boxes that they hold; the boxes fill the axes
record Regions(double[][] edges, List<Region> leaves) {

  static Regions of(RegressionTree tree, List<Axis> axes) {
    List<TreeSet<Double>> thresholds = new ArrayList<>();
    axes.forEach(_ -> thresholds.add(new TreeSet<>()));
    collect(tree, thresholds);
    double[][] cuts = new double[axes.size()][];
    double[][] edges = new double[axes.size()][];
    int[][] all = new int[axes.size()][];
    for (int input = 0; input < edges.length; input++) {
      cuts[input] = thresholds.get(input).stream().mapToDouble(cut -> cut).toArray();
      edges[input] = edges(axes.get(input), cuts[input]);
      all[input] = new int[] {0, edges[input].length - 1};
    }
    List<Region> leaves = new ArrayList<>();
    collect(tree, cuts, all, leaves);
    return new Regions(edges, leaves);
  }

  int inputs() {
    return edges.length;
  }

  /// Mean of the tree over all settings.
  double mean() {
    double sum = 0;
    for (Region leaf : leaves) {
      sum += leaf.value * volume(leaf, -1, -1);
    }
    return sum;
  }

  /// Variance of the tree over all settings.
  double variance() {
    double mean = mean();
    double sum = 0;
    for (Region leaf : leaves) {
      double deviation = leaf.value - mean;
      sum += deviation * deviation * volume(leaf, -1, -1);
    }
    return sum;
  }

  /// Deviation from the mean in each cell of an input, averaged over all other inputs.
  double[] marginal(int input, double mean) {
    double[] cells = new double[edges[input].length];
    for (Region leaf : leaves) {
      double height = (leaf.value - mean) * volume(leaf, input, -1);
      int[] runs = leaf.runs[input];
      for (int r = 0; r < runs.length; r += 2) {
        cells[runs[r]] += height;
        cells[runs[r + 1]] -= height;
      }
    }
    for (int cell = 1; cell < cells.length; cell++) {
      cells[cell] += cells[cell - 1];
    }
    return Arrays.copyOf(cells, cells.length - 1);
  }

  /// Deviation from the mean in each cell of two inputs, averaged over all others: cells of `first`
  /// x cells of `second`.
  ///
  /// Each box adds its height at its corners; sums along both inputs then spread it over the box.
  double[][] marginal(int first, int second, double mean) {
    double[][] cells = new double[edges[first].length][edges[second].length];
    for (Region leaf : leaves) {
      double height = (leaf.value - mean) * volume(leaf, first, second);
      int[] rows = leaf.runs[first];
      int[] columns = leaf.runs[second];
      for (int r = 0; r < rows.length; r += 2) {
        for (int c = 0; c < columns.length; c += 2) {
          cells[rows[r]][columns[c]] += height;
          cells[rows[r]][columns[c + 1]] -= height;
          cells[rows[r + 1]][columns[c]] -= height;
          cells[rows[r + 1]][columns[c + 1]] += height;
        }
      }
    }
    for (int a = 0; a < cells.length; a++) {
      double sum = 0; // along the row; the rows above are summed already
      for (int b = 0; b < cells[a].length; b++) {
        sum += cells[a][b];
        cells[a][b] = a == 0 ? sum : cells[a - 1][b] + sum;
      }
    }
    return cells;
  }

  /// Share of an axis that a cell takes up.
  double width(int input, int cell) {
    return edges[input][cell + 1] - edges[input][cell];
  }

  /// Share of all settings that a leaf holds, with up to two inputs left out (-1 for none).
  private double volume(Region leaf, int without, int withoutToo) {
    double volume = 1;
    for (int input = 0; input < edges.length; input++) {
      if (input != without && input != withoutToo) {
        int[] runs = leaf.runs[input];
        double length = 0;
        for (int r = 0; r < runs.length; r += 2) {
          length += edges[input][runs[r + 1]] - edges[input][runs[r]];
        }
        volume *= length;
      }
    }
    return volume;
  }

  private static double[] edges(Axis axis, double[] cuts) {
    return switch (axis) {
      case Axis.Real real -> {
        double[] edges = new double[cuts.length + 2];
        for (int i = 0; i < cuts.length; i++) {
          edges[i + 1] = (cuts[i] - real.low()) / (real.high() - real.low());
        }
        edges[cuts.length + 1] = 1;
        yield edges;
      }
      case Axis.Levels levels -> {
        double[] edges = new double[levels.count() + 1];
        Arrays.setAll(edges, level -> (double) level / levels.count());
        yield edges;
      }
    };
  }

  private static void collect(RegressionTree tree, List<TreeSet<Double>> thresholds) {
    if (tree instanceof Branch branch) {
      if (branch.split() instanceof Threshold cut) {
        thresholds.get(cut.axis()).add(cut.threshold());
      }
      collect(branch.left(), thresholds);
      collect(branch.right(), thresholds);
    }
  }

  private static void collect(
      RegressionTree tree, double[][] cuts, int[][] runs, List<Region> leaves) {
    switch (tree) {
      case Leaf leaf -> leaves.add(new Region(leaf.value(), runs));
      case Branch branch -> {
        int axis = branch.split().axis();
        int[] left;
        int[] right;
        switch (branch.split()) {
          case Threshold cut -> {
            int cell = Arrays.binarySearch(cuts[axis], cut.threshold()) + 1;
            left = new int[] {runs[axis][0], cell};
            right = new int[] {cell, runs[axis][1]};
          }
          case Subset cut -> {
            left = among(runs[axis], cut.left());
            right = among(runs[axis], ~cut.left());
          }
        }
        collect(branch.left(), cuts, with(runs, axis, left), leaves);
        collect(branch.right(), cuts, with(runs, axis, right), leaves);
      }
    }
  }

  private static int[][] with(int[][] runs, int axis, int[] changed) {
    int[][] copy = runs.clone();
    copy[axis] = changed;
    return copy;
  }

  /// The levels of `runs` whose bit is set, as runs.
  private static int[] among(int[] runs, long levels) {
    long kept = 0;
    for (int r = 0; r < runs.length; r += 2) {
      kept |= (1L << runs[r + 1]) - (1L << runs[r]);
    }
    kept &= levels;
    int[] found = new int[2 * runs(kept)];
    for (int r = 0; r < found.length; r += 2) {
      int from = Long.numberOfTrailingZeros(kept);
      int to = from + Long.numberOfTrailingZeros(~(kept >>> from));
      found[r] = from;
      found[r + 1] = to;
      kept &= -1L << to;
    }
    return found;
  }

  private static int runs(long bits) {
    return Long.bitCount(bits & ~(bits << 1));
  }

  /// A leaf and its box: for each input the cells that it covers, as pairs of first cell and cell
  /// after the last. Boxes share what they have in common; never written to.
  record Region(double value, int[][] runs) {}
}
