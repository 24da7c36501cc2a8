package org.vaescape.analysis;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import org.vaescape.analysis.RegressionTree.Branch;
import org.vaescape.analysis.RegressionTree.Leaf;
import org.vaescape.analysis.RegressionTree.Split;

/// Grows one tree of a forest: each node is cut where squared deviation falls most.
///
/// The runs are sorted along every input once, and each cut keeps that order in its parts, so a
/// level of the tree costs runs x inputs.
final class TreeGrower {
  /// Deeper trees say nothing more, and would be as deep as there are runs where outcomes grow
  /// without bound.
  private static final int MOST_DEPTH = 64;

  private final Evaluations evaluations;
  private final double[] y;
  private final int[] weights; // how often each run was drawn
  private final int[][] sorted; // inputs x runs drawn; a node is the same range of every row
  private final boolean[] left; // for each run, side of the cut at hand
  private final int[] spare;
  private final int[] inputs; // in the order in which a node tries them
  private final SplittableRandom random;

  private TreeGrower(
      Evaluations evaluations, int[][] sorted, int[] weights, SplittableRandom random) {
    this.evaluations = evaluations;
    this.y = evaluations.y();
    this.weights = weights;
    this.sorted = sorted;
    this.left = new boolean[y.length];
    this.spare = new int[sorted[0].length];
    this.inputs = new int[sorted.length];
    Arrays.setAll(inputs, input -> input);
    this.random = random;
  }

  /// @param sorted inputs x runs: the runs by value of each input
  static RegressionTree grow(Evaluations evaluations, int[][] sorted, SplittableRandom random) {
    int[] weights = new int[evaluations.runs()];
    for (int draw = 0; draw < weights.length; draw++) {
      weights[random.nextInt(weights.length)]++;
    }
    return grow(evaluations, sorted, weights, random);
  }

  /// @param weights how often each run counts, not all 0
  static RegressionTree grow(
      Evaluations evaluations, int[][] sorted, int[] weights, SplittableRandom random) {
    int[][] drawn = new int[sorted.length][];
    for (int input = 0; input < sorted.length; input++) {
      drawn[input] = Arrays.stream(sorted[input]).filter(run -> weights[run] > 0).toArray();
    }
    return new TreeGrower(evaluations, drawn, weights, random).grow(0, drawn[0].length, 0);
  }

  private RegressionTree grow(int from, int to, int depth) {
    long weight = 0;
    double sum = 0;
    double least = Double.POSITIVE_INFINITY;
    double most = Double.NEGATIVE_INFINITY;
    for (int i = from; i < to; i++) {
      int run = sorted[0][i];
      weight += weights[run];
      sum += weights[run] * y[run];
      least = Math.min(least, y[run]);
      most = Math.max(most, y[run]);
    }
    if (least == most) {
      return new Leaf(least);
    }
    double mean = sum / weight;
    Cut cut = depth == MOST_DEPTH ? null : best(from, to, mean, weight);
    if (cut == null) {
      return new Leaf(mean);
    }
    int middle = part(from, to, cut.split());
    return new Branch(
        cut.split(), cut.decrease(), grow(from, middle, depth + 1), grow(middle, to, depth + 1));
  }

  /// The cut that lowers squared deviation most; of equal ones that of the input tried first, whose
  /// order is drawn anew for each node. Null where all settings are equal.
  private @Nullable Cut best(int from, int to, double mean, long weight) {
    for (int i = inputs.length - 1; i > 0; i--) {
      int j = random.nextInt(i + 1);
      int swapped = inputs[i];
      inputs[i] = inputs[j];
      inputs[j] = swapped;
    }
    Cut best = null;
    for (int input : inputs) {
      Cut cut =
          switch (evaluations.axes().get(input)) {
            case Axis.Real _ -> threshold(input, from, to, mean, weight);
            case Axis.Levels levels -> subset(input, levels.count(), from, to, mean, weight);
          };
      if (cut != null && (best == null || cut.decrease() > best.decrease())) {
        best = cut;
      }
    }
    return best;
  }

  private @Nullable Cut threshold(int input, int from, int to, double mean, long weight) {
    int[] runs = sorted[input];
    double most = -1;
    int last = -1;
    long weightLeft = 0;
    double sumLeft = 0;
    double value = evaluations.x(runs[from], input);
    for (int i = from; i + 1 < to; i++) {
      int run = runs[i];
      weightLeft += weights[run];
      sumLeft += weights[run] * (y[run] - mean);
      double next = evaluations.x(runs[i + 1], input);
      if (value < next) {
        double decrease = decrease(sumLeft, weightLeft, weight);
        if (decrease > most) {
          most = decrease;
          last = i;
        }
        value = next;
      }
    }
    if (last < 0) {
      return null;
    }
    double below = evaluations.x(runs[last], input);
    double above = evaluations.x(runs[last + 1], input);
    double middle = below + (above - below) / 2;
    // Halfway between neighbouring doubles may round up.
    return new Cut(new RegressionTree.Threshold(input, middle < above ? middle : below), most);
  }

  /// The best of all sets of levels is one of those that hold the levels of lowest mean (Breiman et
  /// al. 1984, theorem 4.5). Levels that the node lacks go with the larger part.
  private @Nullable Cut subset(int input, int count, int from, int to, double mean, long weight) {
    double[] sums = new double[count];
    long[] sizes = new long[count];
    for (int i = from; i < to; i++) {
      int run = sorted[input][i];
      int level = (int) evaluations.x(run, input);
      sizes[level] += weights[run];
      sums[level] += weights[run] * (y[run] - mean);
    }
    int[] levels = byMean(sums, sizes);
    double most = -1;
    long best = 0;
    long sizeOfBest = 0;
    long chosen = 0;
    long weightLeft = 0;
    double sumLeft = 0;
    long present = 0;
    for (int i = 0; i < levels.length; i++) {
      present |= 1L << levels[i];
      if (i + 1 < levels.length) {
        chosen = present;
        weightLeft += sizes[levels[i]];
        sumLeft += sums[levels[i]];
        double decrease = decrease(sumLeft, weightLeft, weight);
        if (decrease > most) {
          most = decrease;
          best = chosen;
          sizeOfBest = weightLeft;
        }
      }
    }
    if (best == 0) {
      return null;
    }
    long absent = ~present & ((1L << count) - 1);
    return new Cut(
        new RegressionTree.Subset(input, 2 * sizeOfBest >= weight ? best | absent : best), most);
  }

  /// Levels that occur, by mean, then by number.
  private static int[] byMean(double[] sums, long[] sizes) {
    int[] levels = new int[sums.length];
    int found = 0;
    for (int level = 0; level < sums.length; level++) {
      if (sizes[level] > 0) {
        int at = found++;
        while (at > 0
            && sums[levels[at - 1]] / sizes[levels[at - 1]] > sums[level] / sizes[level]) {
          levels[at] = levels[at - 1];
          at--;
        }
        levels[at] = level;
      }
    }
    return Arrays.copyOf(levels, found);
  }

  /// By how much the sum of squares falls when the left part gets its own mean.
  ///
  /// @param sumLeft sum of deviations from the mean of both parts
  private static double decrease(double sumLeft, long weightLeft, long weight) {
    return sumLeft * sumLeft * weight / ((double) weightLeft * (weight - weightLeft));
  }

  /// Moves the runs of the left side to the front of the range, along every input.
  private int part(int from, int to, Split split) {
    for (int i = from; i < to; i++) {
      int run = sorted[0][i];
      left[run] = split.isLeft(evaluations.x(run, split.axis()));
    }
    int middle = from;
    for (int[] runs : sorted) {
      int right = 0;
      middle = from;
      for (int i = from; i < to; i++) {
        if (left[runs[i]]) {
          runs[middle++] = runs[i];
        } else {
          spare[right++] = runs[i];
        }
      }
      System.arraycopy(spare, 0, runs, middle, right);
    }
    return middle;
  }

  private record Cut(Split split, double decrease) {}
}
