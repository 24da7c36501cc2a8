package org.vaescape.analysis;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/// The largest box of good cells only, by trying all.
///
/// The levels of one factor, the one with most choices, follow from the others: they are those that
/// are good everywhere. Every choice of the others is tried, and given up where nothing is good.
final class BoxSearch {
  /// Most choices of the other factors that are tried; each costs about a microsecond.
  static final int MOST = 1 << 16;

  private final List<LevelSets> sets;
  private final Comparator<LevelBox> ties;
  private final int last;
  private final int[][] chosen;
  private Optional<LevelBox> largest = Optional.empty();

  private BoxSearch(List<LevelSets> sets, Comparator<LevelBox> ties) {
    this.sets = sets;
    this.ties = ties;
    this.last = last(sets);
    this.chosen = new int[sets.size()][];
  }

  /// Whether all choices can be tried.
  static boolean feasible(List<LevelSets> sets) {
    double choices = 1;
    for (int i = 0; i < sets.size(); i++) {
      choices *= i == last(sets) ? 1 : sets.get(i).count();
    }
    return choices <= MOST;
  }

  /// The box of most cells, and of those the first in an order.
  ///
  /// @param good of each cell, row-major over the levels of `sets`
  /// @return empty where no cell that may be chosen is good
  static Optional<LevelBox> largest(
      List<LevelSets> sets, boolean[] good, Comparator<LevelBox> ties) {
    BoxSearch search = new BoxSearch(sets, ties);
    search.choose(0, good);
    return search.largest;
  }

  private static int last(List<LevelSets> sets) {
    int last = 0;
    for (int i = 1; i < sets.size(); i++) {
      last = sets.get(i).count() > sets.get(last).count() ? i : last;
    }
    return last;
  }

  /// Chooses levels of this factor and the later ones.
  ///
  /// @param good for each cell of the factors not chosen yet, row-major: whether it is good at all
  ///   levels chosen of the others
  private void choose(int factor, boolean[] good) {
    if (factor == sets.size()) {
      for (int[] levels : sets.get(last).largest(good)) {
        chosen[last] = levels;
        weigh();
      }
      return;
    }
    if (factor == last) {
      choose(factor + 1, good);
      return;
    }
    int stride = 1;
    for (LevelSets later : sets.subList(factor + 1, sets.size())) {
      stride *= later.levels();
    }
    for (int[] levels : sets.get(factor).all()) {
      boolean[] everywhere = new boolean[good.length / sets.get(factor).levels()];
      boolean any = false;
      for (int i = 0; i < everywhere.length; i++) {
        int first = i / stride * stride * sets.get(factor).levels() + i % stride;
        boolean all = true;
        for (int j = 0; j < levels.length && all; j++) {
          all = good[first + levels[j] * stride];
        }
        everywhere[i] = all;
        any |= all;
      }
      if (any) {
        chosen[factor] = levels;
        choose(factor + 1, everywhere);
      }
    }
  }

  private void weigh() {
    int cells = 1;
    for (int[] levels : chosen) {
      cells *= levels.length;
    }
    if (largest.isPresent() && cells < largest.get().cells()) {
      return;
    }
    List<List<Integer>> boxed = new ArrayList<>();
    for (int[] levels : chosen) {
      boxed.add(Arrays.stream(levels).boxed().toList());
    }
    LevelBox box = new LevelBox(boxed);
    if (largest.isEmpty()
        || cells > largest.get().cells()
        || ties.compare(box, largest.get()) < 0) {
      largest = Optional.of(box);
    }
  }
}
