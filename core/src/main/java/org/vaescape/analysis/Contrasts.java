package org.vaescape.analysis;

import java.util.ArrayList;
import java.util.List;

/// Contrasts along the chosen axes of a grid, means along all others: f_u of the functional ANOVA
/// on the finite grid.
///
/// @param chosen places of axes, ascending; empty for the mean of all
/// @param values row-major over the levels of the chosen axes; never written to
record Contrasts(List<Integer> chosen, double[] values) {
  /// Contrasts of all sets of at most `order` axes: the empty set first, then single axes, then
  /// pairs, each kind in the order of the grid.
  ///
  /// Each axis in turn is averaged in one copy and centred in the other: after the last, the copies
  /// are the contrasts of all sets. This costs less than means of every subset, and loses no digits
  /// to their differences.
  ///
  /// @param cells row-major
  static List<Contrasts> of(double[] cells, List<Factor> factors, int order) {
    List<List<Contrasts>> bySize = new ArrayList<>();
    for (int size = 0; size <= order; size++) {
      bySize.add(new ArrayList<>());
    }
    split(new Contrasts(List.of(), cells), factors, 0, bySize);
    List<Contrasts> all = new ArrayList<>();
    bySize.forEach(all::addAll);
    return all;
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
    double sum = 0;
    for (int i = 0; i < values.length; i++) {
      sum += values[i] * other.values[i];
    }
    return sum / values.length;
  }

  /// Splits along this axis and the later ones; the axes yet to be seen run fastest.
  private static void split(
      Contrasts split, List<Factor> factors, int axis, List<List<Contrasts>> bySize) {
    int size = split.chosen.size();
    if (axis == factors.size()) {
      bySize.get(size).add(split);
      return;
    }
    int levels = factors.get(axis).levels();
    int stride = 1;
    for (int later = axis + 1; later < factors.size(); later++) {
      stride *= factors.get(later).levels();
    }
    boolean chooses = size + 1 < bySize.size();
    double[] centred = chooses ? split.values.clone() : new double[0];
    double[] means = new double[split.values.length / levels];
    for (int outer = 0, i = 0; outer < split.values.length; outer += stride * levels) {
      for (int first = outer; first < outer + stride; first++, i++) {
        double sum = 0;
        for (int level = 0; level < levels; level++) {
          sum += split.values[first + level * stride];
        }
        means[i] = sum / levels;
        for (int level = 0; level < levels && chooses; level++) {
          centred[first + level * stride] -= means[i];
        }
      }
    }
    if (chooses) {
      List<Integer> more = new ArrayList<>(size + 1);
      more.addAll(split.chosen);
      more.add(axis);
      split(new Contrasts(more, centred), factors, axis + 1, bySize);
    }
    split(new Contrasts(split.chosen, means), factors, axis + 1, bySize);
  }
}
