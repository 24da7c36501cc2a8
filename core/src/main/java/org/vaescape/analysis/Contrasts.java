package org.vaescape.analysis;

import java.util.List;

/// Contrasts along the chosen axes of a grid, means along all others: f_u of the functional ANOVA
/// on the finite grid.
///
/// @param chosen places of axes, ascending; empty for the mean of all
/// @param values row-major over the levels of the chosen axes; never written to
record Contrasts(List<Integer> chosen, double[] values) {
  /// Contrasts of all sets of at most `order` axes, in the order of [ContrastSets#of].
  ///
  /// @param cells row-major
  static List<Contrasts> of(double[] cells, List<Factor> factors, int order) {
    return new ContrastSets(factors, order).of(cells);
  }

  /// Product of levels - 1 of the chosen axes.
  int degreesOfFreedom(List<Factor> factors) {
    int degrees = 1;
    for (int axis : chosen) {
      degrees *= factors.get(axis).levels() - 1;
    }
    return degrees;
  }

  /// Mean of the squares: the variance that these contrasts give to the cells.
  double meanSquare() {
    return meanProduct(this);
  }

  /// Mean product with contrasts of the same axes.
  double meanProduct(Contrasts other) {
    return meanProduct(values, other.values);
  }

  static double meanProduct(double[] one, double[] other) {
    double sum = 0;
    for (int i = 0; i < one.length; i++) {
      sum += one[i] * other[i];
    }
    return sum / one.length;
  }

  /// Differences from the mean of all.
  static double[] centred(double[] values) {
    double mean = new Observations(values).mean();
    double[] centred = new double[values.length];
    for (int i = 0; i < values.length; i++) {
      centred[i] = values[i] - mean;
    }
    return centred;
  }
}
