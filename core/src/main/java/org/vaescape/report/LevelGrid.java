package org.vaescape.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.function.Function;
import org.vaescape.study.FinishedTrial;
import org.vaescape.study.Status;

/// Cells of a study pooled by the levels of two hyper-parameters.
record LevelGrid(LevelAxis across, LevelAxis upward, List<CellSummary> cells) {
  /// The cells at one pair of levels.
  ///
  /// @param column place of the level across
  /// @param row place of the level upward
  record Pool(int column, int row, List<CellSummary> cells) {
    List<FinishedTrial> trials() {
      return cells.stream().flatMap(cell -> cell.trials().stream()).toList();
    }

    List<FinishedTrial> complete() {
      return trials().stream().filter(CellSummary::isComplete).toList();
    }

    /// Number of runs that failed in each way, in the order of [Status].
    SequencedMap<Status, Integer> failures() {
      SequencedMap<Status, Integer> failures = new LinkedHashMap<>();
      for (Status status : Status.values()) {
        int count =
            (int)
                trials().stream()
                    .filter(trial -> trial.status() == status && !CellSummary.isComplete(trial))
                    .count();
        if (count > 0) {
          failures.put(status, count);
        }
      }
      return failures;
    }
  }

  /// Pairs of levels that were tried, by the level upward.
  List<Pool> pools() {
    SequencedMap<Integer, List<CellSummary>> byPlace = new LinkedHashMap<>();
    for (int place = 0; place < across.size() * upward.size(); place++) {
      byPlace.put(place, new ArrayList<>());
    }
    for (CellSummary cell : cells) {
      int column = across.place(cell);
      int row = upward.place(cell);
      if (column >= 0 && row >= 0) {
        byPlace.getOrDefault(row * across.size() + column, new ArrayList<>()).add(cell);
      }
    }
    List<Pool> pools = new ArrayList<>();
    byPlace.forEach((place, own) -> {
      if (!own.isEmpty()) {
        pools.add(new Pool(place % across.size(), place / across.size(), own));
      }
    });
    return pools;
  }

  /// `learning-rate 10⁻³, optimizer adam`.
  String words(Pool pool) {
    String row = upward.name().isEmpty() ? "" : ", " + upward.words(pool.row);
    return across.words(pool.column) + row;
  }

  /// A matrix of these pools.
  TileMap.Panel panel(String heading, Function<Pool, TileMap.Tile> tile) {
    return new TileMap.Panel(
        heading,
        across.name(),
        upward.name(),
        across.labels(),
        rows(),
        pools().stream().map(tile).toList(),
        "");
  }

  /// Labels of the rows from the top down: numbers grow upward, names are read downward.
  private List<String> rows() {
    return upward.variable().numeric() ? upward.labels().reversed() : upward.labels();
  }

  int tileRow(Pool pool) {
    return upward.variable().numeric() ? upward.size() - 1 - pool.row : pool.row;
  }
}
