package org.vaescape.analysis;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// A large complete part of a grid, where [BoxSearch] would have to try too many.
final class LevelDropping {
  private LevelDropping() {}

  /// Drops the level whose cells lack most, as a share, until none lacks any (of equal shares that
  /// of fewer cells, then the last); then takes back each dropped level that lacks nothing any
  /// more.
  ///
  /// @param present one for each cell, row-major
  /// @return empty where no cell is there
  static Optional<LevelBox> complete(List<Factor> factors, boolean[] present) {
    LevelBox box = LevelBox.whole(factors);
    while (true) {
      int[][] missing = new int[factors.size()][];
      for (int i = 0; i < missing.length; i++) {
        missing[i] = new int[factors.get(i).levels()];
      }
      int lacking = 0;
      for (int cell : box.places(factors)) {
        if (!present[cell]) {
          lacking++;
          int[] levels = LossGrid.levels(factors, cell);
          for (int i = 0; i < levels.length; i++) {
            missing[i][levels[i]]++;
          }
        }
      }
      if (lacking == 0) {
        return Optional.of(takenBack(box, factors, present));
      }
      if (lacking == box.cells()) {
        return Optional.empty(); // only of a grid without any cell: a level with one ranks last
      }
      box = withoutWorst(box, missing);
    }
  }

  private static LevelBox withoutWorst(LevelBox box, int[][] missing) {
    int factor = -1;
    int worst = -1;
    long most = 0; // missing cells x levels of the factor: the share times the cells of the box
    for (int i = 0; i < missing.length; i++) {
      List<Integer> levels = box.levels().get(i);
      for (int level : levels) {
        long share = (long) missing[i][level] * levels.size();
        boolean ties = share == most && factor >= 0;
        if (levels.size() > 1
            && (share > most || (ties && levels.size() >= box.levels().get(factor).size()))) {
          factor = i;
          worst = level;
          most = share;
        }
      }
    }
    List<Integer> rest = new ArrayList<>(box.levels().get(factor));
    rest.remove(Integer.valueOf(worst));
    return box.with(factor, rest);
  }

  private static LevelBox takenBack(LevelBox box, List<Factor> factors, boolean[] present) {
    LevelBox grown = box;
    for (int i = 0; i < factors.size(); i++) {
      for (int level = 0; level < factors.get(i).levels(); level++) {
        if (!grown.levels().get(i).contains(level)) {
          boolean complete = true;
          for (int cell : grown.with(i, List.of(level)).places(factors)) {
            complete &= present[cell];
          }
          grown = complete ? grown.withAlso(i, level) : grown;
        }
      }
    }
    return grown;
  }
}
