package org.vaescape.analysis;

import org.vaescape.analysis.RegressionTree.Branch;
import org.vaescape.analysis.RegressionTree.Leaf;
import org.vaescape.analysis.RegressionTree.Subset;
import org.vaescape.analysis.RegressionTree.Threshold;

/// A regression tree as arrays, a left child right behind its parent: what is asked for millions of
/// values has to lie close together.
final class FlatTree implements MixedFunction {
  private static final int LEAF = -1;

  private final int[] axis; // of the split, or LEAF
  private final double[] value; // of a leaf; threshold of a split; NaN where it is of levels
  private final long[] left; // levels that go left, as bits
  private final int[] right; // child

  FlatTree(RegressionTree tree) {
    int nodes = nodes(tree);
    axis = new int[nodes];
    value = new double[nodes];
    left = new long[nodes];
    right = new int[nodes];
    add(tree, 0);
  }

  @Override
  public double at(double[] pair, long fromX) {
    int node = 0;
    while (axis[node] != LEAF) {
      int input = axis[node];
      double at = MixedFunction.value(pair, input, fromX);
      double threshold = value[node];
      boolean goesLeft =
          Double.isNaN(threshold) ? (left[node] >>> (int) at & 1) != 0 : at <= threshold;
      node = goesLeft ? node + 1 : right[node];
    }
    return value[node];
  }

  private static int nodes(RegressionTree tree) {
    return switch (tree) {
      case Leaf _ -> 1;
      case Branch branch -> 1 + nodes(branch.left()) + nodes(branch.right());
    };
  }

  /// Writes a tree from a node on and returns the node after it.
  private int add(RegressionTree tree, int node) {
    return switch (tree) {
      case Leaf leaf -> {
        axis[node] = LEAF;
        value[node] = leaf.value();
        yield node + 1;
      }
      case Branch branch -> {
        axis[node] = branch.split().axis();
        switch (branch.split()) {
          case Threshold cut -> value[node] = cut.threshold();
          case Subset cut -> {
            value[node] = Double.NaN;
            left[node] = cut.left();
          }
        }
        int next = add(branch.left(), node + 1);
        right[node] = next;
        yield add(branch.right(), next);
      }
    };
  }
}
