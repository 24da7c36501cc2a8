package org.vaescape.study;

import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.SequencedMap;
import java.util.Set;
import org.vaescape.UserError;
import org.vaescape.search.Cell;

/// Whether batches fit the training part.
final class BatchRules {
  /// Share of the training part that may be left out of every epoch without a word.
  private static final double MOST_DROPPED = 0.2;

  private BatchRules() {}

  /// The cells that have a batch at all.
  ///
  /// @param samples of the training part
  /// @throws UserError if none of them has a value of `batch` or `drop-last` that is asked for
  static List<Cell> withABatch(List<Cell> cells, int samples) {
    List<Cell> trained = cells.stream().filter(cell -> hasBatch(cell, samples)).toList();
    for (String key : List.of("batch", "drop-last")) {
      Set<Object> values = new HashSet<>();
      trained.forEach(cell -> values.add(CellSettings.value(cell, key)));
      for (Cell cell : cells) {
        if (!values.contains(CellSettings.value(cell, key))) {
          throw new UserError(
              "%s; set batch to at most %d (--set train.batch=%d) or drop-last to false"
                  .formatted(noBatch(cell, samples), samples, samples));
        }
      }
    }
    return trained;
  }

  /// What [#withABatch] leaves out, one sentence for each size of a batch.
  static List<String> leftOut(List<Cell> cells, int samples) {
    SequencedMap<String, Integer> reasons = new LinkedHashMap<>();
    cells.stream()
        .filter(cell -> !hasBatch(cell, samples))
        .forEach(cell -> reasons.merge(noBatch(cell, samples), 1, Integer::sum));
    return reasons.entrySet().stream()
        .map(reason ->
            "%d of %d cells are left out: %s; set batch to at most %d, or drop-last to false"
                .formatted(reason.getValue(), cells.size(), reason.getKey(), samples))
        .toList();
  }

  private static boolean hasBatch(Cell cell, int samples) {
    return CellTraining.count(cell, "batch") <= samples || !dropsLast(cell);
  }

  private static boolean dropsLast(Cell cell) {
    return (Boolean) CellSettings.value(cell, "drop-last");
  }

  private static String noBatch(Cell cell, int samples) {
    return "batch is %d but the training part has %d samples, and drop-last leaves no batch of them"
        .formatted(CellTraining.count(cell, "batch"), samples);
  }

  /// Warnings, one sentence each.
  ///
  /// @param cells that have a batch
  /// @throws UserError if a cell would have no batch but one of one sample
  static List<String> check(List<Cell> cells, int samples) {
    if (cells.stream().anyMatch(cell -> samples < CellLayers.smallestBatch(cell))) {
      throw new UserError(
          "the training part has %d sample, of which batch normalisation has no variance; it needs at least 2: make data.split.validation and data.split.test smaller, or bring more samples"
              .formatted(samples));
    }
    Set<String> warnings = new LinkedHashSet<>();
    for (Cell cell : cells) {
      int batch = CellTraining.count(cell, "batch");
      if (batch > samples) {
        warnings.add(
            "batch is %d but the training part has %d samples: every epoch is one batch; set batch to at most %d (--set train.batch=%d)"
                .formatted(batch, samples, samples, samples));
      } else if (!dropsLast(cell) && lastBatch(samples, batch) < CellLayers.smallestBatch(cell)) {
        warnings.add(
            "the last batch of %d would be one sample, of which batch normalisation has no variance; it is left out: set batch to %d, or drop-last to true"
                .formatted(batch, nextBatch(cell, samples, batch)));
      } else if (dropsLast(cell) && samples % batch > MOST_DROPPED * samples) {
        warnings.add(
            "batch is %d and drop-last leaves out %d of %d training samples in every epoch; set batch to %d, or drop-last to false"
                .formatted(
                    batch, samples % batch, samples, Math.ceilDiv(samples, samples / batch + 1)));
      }
    }
    return List.copyOf(warnings);
  }

  /// The next larger batch whose last one is large enough; the whole part at the latest.
  private static int nextBatch(Cell cell, int samples, int batch) {
    int next = batch + 1;
    while (lastBatch(samples, next) < CellLayers.smallestBatch(cell)) {
      next++;
    }
    return next;
  }

  private static int lastBatch(int samples, int batch) {
    return samples % batch == 0 ? batch : samples % batch;
  }
}
