package org.vaescape.study;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.vaescape.UserError;
import org.vaescape.search.Cell;

/// Whether batches fit the training part.
final class BatchRules {
  private BatchRules() {}

  /// Warnings, one sentence each.
  ///
  /// @throws UserError if a cell would have no batch at all, or only one of one sample
  static List<String> check(List<Cell> cells, int samples) {
    if (cells.stream().anyMatch(cell -> samples < CellLayers.smallestBatch(cell))) {
      throw new UserError(
          "the training part has %d sample, of which batch normalisation has no variance; it needs at least 2: make data.split.validation and data.split.test smaller, or bring more samples"
              .formatted(samples));
    }
    Set<String> warnings = new LinkedHashSet<>();
    for (Cell cell : cells) {
      int batch = CellTraining.count(cell, "batch");
      boolean dropLast = (Boolean) CellSettings.value(cell, "drop-last");
      if (batch > samples && dropLast) {
        throw new UserError(
            "batch is %d but the training part has %d samples, and drop-last leaves no batch of them; set batch to at most %d (--set train.batch=%d) or drop-last to false"
                .formatted(batch, samples, samples, samples));
      }
      if (batch > samples) {
        warnings.add(
            "batch is %d but the training part has %d samples: every epoch is one batch; set batch to at most %d (--set train.batch=%d)"
                .formatted(batch, samples, samples, samples));
      } else if (!dropLast && lastBatch(samples, batch) < CellLayers.smallestBatch(cell)) {
        warnings.add(
            "the last batch of %d would be one sample, of which batch normalisation has no variance; it is left out: set batch to %d, or drop-last to true"
                .formatted(batch, nextBatch(cell, samples, batch)));
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
