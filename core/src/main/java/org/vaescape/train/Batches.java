package org.vaescape.train;

import java.util.ArrayList;
import java.util.List;

/// How samples fall into batches.
///
/// @param ranges from (included) and to (left out) of each batch
record Batches(List<Range> ranges) {
  record Range(int from, int to) {
    int size() {
      return to - from;
    }
  }

  Batches {
    ranges = List.copyOf(ranges);
  }

  /// Batches of a training part; one smaller than `batch` is one batch.
  ///
  /// @param smallest samples that a last batch needs to be trained on
  static Batches ofTraining(int samples, int batch, boolean dropLast, int smallest) {
    return new Batches(cut(samples, batch, dropLast, smallest));
  }

  /// Batches of a validation part, which is never left out whole.
  static Batches ofValidation(int samples, int batch, boolean dropLast) {
    return new Batches(cut(samples, batch, dropLast, 1));
  }

  private static List<Range> cut(int samples, int batch, boolean dropLast, int smallest) {
    List<Range> ranges = new ArrayList<>();
    for (int from = 0; from < samples; from += batch) {
      int to = Math.min(samples, from + batch);
      boolean first = ranges.isEmpty();
      boolean complete = to - from == batch;
      if (complete || first || (!dropLast && to - from >= smallest)) {
        ranges.add(new Range(from, to));
      }
    }
    return ranges;
  }

  /// Samples in all batches together.
  int samples() {
    return ranges.stream().mapToInt(Range::size).sum();
  }
}
