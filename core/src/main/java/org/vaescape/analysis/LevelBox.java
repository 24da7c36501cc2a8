package org.vaescape.analysis;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// Some levels of each factor, and with them every cell that has one of these levels of each.
///
/// @param levels of each factor at least one, ascending, from 0
public record LevelBox(List<List<Integer>> levels) {
  /// Of the first level that one box has and the other has not, the one that has it.
  static final Comparator<LevelBox> ORDER = LevelBox::inOrder;

  public LevelBox {
    List<List<Integer>> copy = new ArrayList<>();
    for (List<Integer> chosen : levels) {
      boolean ascending = !chosen.isEmpty() && chosen.getFirst() >= 0;
      for (int i = 1; i < chosen.size(); i++) {
        ascending &= chosen.get(i - 1) < chosen.get(i);
      }
      Demand.that(
          ascending, () -> "levels of a box must be ascending, at least one, but are " + chosen);
      copy.add(List.copyOf(chosen));
    }
    levels = List.copyOf(copy);
  }

  /// The box of one cell.
  static LevelBox ofCell(int[] levels) {
    List<List<Integer>> single = new ArrayList<>();
    for (int level : levels) {
      single.add(List.of(level));
    }
    return new LevelBox(single);
  }

  /// All levels of all factors.
  static LevelBox whole(List<Factor> factors) {
    List<List<Integer>> all = new ArrayList<>();
    for (Factor factor : factors) {
      List<Integer> levels = new ArrayList<>();
      for (int level = 0; level < factor.levels(); level++) {
        levels.add(level);
      }
      all.add(levels);
    }
    return new LevelBox(all);
  }

  public int cells() {
    int cells = 1;
    for (List<Integer> chosen : levels) {
      cells *= chosen.size();
    }
    return cells;
  }

  /// Places of the cells in the grid of these factors, ascending.
  int[] places(List<Factor> factors) {
    Demand.that(
        factors.size() == levels.size(),
        "a box of " + levels.size() + " factors does not lie in a grid of " + factors.size());
    int[] places = {0};
    for (int i = 0; i < levels.size(); i++) {
      List<Integer> chosen = levels.get(i);
      Demand.that(
          chosen.getLast() < factors.get(i).levels(),
          factors.get(i) + " has no level " + chosen.getLast() + " (from 0)");
      int[] next = new int[places.length * chosen.size()];
      for (int j = 0; j < next.length; j++) {
        next[j] =
            places[j / chosen.size()] * factors.get(i).levels() + chosen.get(j % chosen.size());
      }
      places = next;
    }
    return places;
  }

  /// The same with other levels of one factor.
  LevelBox with(int factor, List<Integer> chosen) {
    List<List<Integer>> changed = new ArrayList<>(levels);
    changed.set(factor, chosen);
    return new LevelBox(changed);
  }

  /// The same with one more level of one factor.
  LevelBox withAlso(int factor, int level) {
    List<Integer> more = new ArrayList<>(levels.get(factor));
    more.add(level);
    more.sort(null);
    return with(factor, more);
  }

  private int inOrder(LevelBox other) {
    for (int i = 0; i < levels.size(); i++) {
      List<Integer> mine = levels.get(i);
      List<Integer> others = other.levels.get(i);
      for (int j = 0; j < Math.min(mine.size(), others.size()); j++) {
        if (!mine.get(j).equals(others.get(j))) {
          return Integer.compare(mine.get(j), others.get(j)); // the other skips the lower one
        }
      }
      if (mine.size() != others.size()) {
        return Integer.compare(others.size(), mine.size());
      }
    }
    return 0;
  }
}
