package org.vaescape.analysis;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/// The sets of at most so many axes of a grid, and the contrasts of numbers on it by these sets.
///
/// Each axis in turn is averaged in one copy and centred in the other: after the last, the copies
/// are the contrasts of all sets. This costs less than means of every subset, and loses no digits
/// to their differences. Which copy is which set is worked out once, for thousands of simulated
/// grids.
final class ContrastSets {
  private final List<Factor> factors;
  private final int order;

  /// Sets as copies come about, and the place of each in the result.
  private final List<List<Integer>> sets = new ArrayList<>();

  private final int[] places;

  ContrastSets(List<Factor> factors, int order) {
    this.factors = factors;
    this.order = order;
    list(List.of(), 0);
    places = new int[sets.size()];
    int[] sorted =
        IntStream.range(0, places.length)
            .boxed()
            .sorted(Comparator.comparingInt(set -> sets.get(set).size()))
            .mapToInt(set -> set)
            .toArray();
    for (int place = 0; place < places.length; place++) {
      places[sorted[place]] = place;
    }
  }

  private void list(List<Integer> chosen, int axis) {
    if (axis == factors.size()) {
      sets.add(List.copyOf(chosen));
      return;
    }
    if (chosen.size() < order) {
      List<Integer> more = new ArrayList<>(chosen);
      more.add(axis);
      list(more, axis + 1);
    }
    list(chosen, axis + 1);
  }

  /// The empty set first, then single axes, then pairs, each kind in the order of the grid.
  ///
  /// @param cells row-major
  List<Contrasts> of(double[] cells) {
    Contrasts[] all = new Contrasts[places.length];
    split(cells, 0, 0, 0, all);
    return Arrays.asList(all);
  }

  /// The same without the empty set.
  List<Contrasts> ofSome(double[] cells) {
    return of(cells).subList(1, places.length);
  }

  /// Splits along this axis and the later ones; the axes yet to be seen run fastest.
  ///
  /// @param chosen how many axes were chosen so far
  /// @param done copies that are ready
  /// @return as many, and those that came of this one
  private int split(double[] values, int axis, int chosen, int done, Contrasts[] all) {
    if (axis == factors.size()) {
      all[places[done]] = new Contrasts(sets.get(done), values);
      return done + 1;
    }
    int levels = factors.get(axis).levels();
    int stride = 1;
    for (int later = axis + 1; later < factors.size(); later++) {
      stride *= factors.get(later).levels();
    }
    double[] means = means(values, levels, stride);
    int ready =
        chosen < order
            ? split(centred(values, means, levels, stride), axis + 1, chosen + 1, done, all)
            : done;
    return split(means, axis + 1, chosen, ready, all);
  }

  /// Over all levels of an axis, of which neighbours lie a stride apart.
  static double[] means(double[] values, int levels, int stride) {
    double[] means = new double[values.length / levels];
    for (int outer = 0, i = 0; outer < values.length; outer += stride * levels) {
      for (int first = outer; first < outer + stride; first++, i++) {
        double sum = 0;
        for (int level = 0; level < levels; level++) {
          sum += values[first + level * stride];
        }
        means[i] = sum / levels;
      }
    }
    return means;
  }

  private static double[] centred(double[] values, double[] means, int levels, int stride) {
    double[] centred = values.clone();
    for (int outer = 0, i = 0; outer < values.length; outer += stride * levels) {
      for (int first = outer; first < outer + stride; first++, i++) {
        for (int level = 0; level < levels; level++) {
          centred[first + level * stride] -= means[i];
        }
      }
    }
    return centred;
  }
}
