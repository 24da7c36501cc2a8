package org.vaescape.analysis;

/// A function that is constant on the boxes that splits cut the inputs into.
public sealed interface RegressionTree {
  /// Value at a setting, one number for each input.
  double predict(double[] x);

  /// A box, and the mean outcome of the runs in it.
  record Leaf(double value) implements RegressionTree {
    @Override
    public double predict(double[] x) {
      return value;
    }
  }

  /// A box that is cut in two.
  ///
  /// @param decrease by how much the cut lowers the squared deviation from the mean of a part,
  ///   summed over the runs that the tree was grown on
  record Branch(Split split, double decrease, RegressionTree left, RegressionTree right)
      implements RegressionTree {
    @Override
    public double predict(double[] x) {
      return (split.isLeft(x[split.axis()]) ? left : right).predict(x);
    }
  }

  /// Which values of one input go left; the others go right.
  sealed interface Split {
    int axis();

    boolean isLeft(double value);
  }

  /// Values of at most `threshold` go left.
  record Threshold(int axis, double threshold) implements Split {
    @Override
    public boolean isLeft(double value) {
      return value <= threshold;
    }
  }

  /// Levels whose bit is set in `left` go left.
  record Subset(int axis, long left) implements Split {
    @Override
    public boolean isLeft(double value) {
      return ((left >>> (int) value) & 1) != 0;
    }
  }
}
