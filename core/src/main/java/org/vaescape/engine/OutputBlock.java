package org.vaescape.engine;

import java.lang.foreign.MemorySegment;
import org.vaescape.engine.WideOutput.Chunk;

/// Some outputs of all rows of an [OutputPass], before normalisation.
///
/// @param from the first output
/// @param columns outputs
/// @param width columns, filled up to whole vectors
/// @param rows one after the other, `width` floats each
record OutputBlock(int from, int columns, int width, int rows, MemorySegment y) {

  /// The output after the last one.
  int to() {
    return from + columns;
  }

  /// Where a row begins, in bytes.
  long at(int row) {
    return (long) row * width * Float.BYTES;
  }

  /// What is done with some rows of a block.
  interface RowWork {
    /// Does it with rows that lie one after the other.
    ///
    /// @param first of the rows
    /// @param count of rows
    void on(int first, int count);
  }

  /// As many rows at a time as the chunk holds.
  void forEachChunk(RowWork work) {
    int step = Chunk.SIZE / width;
    for (int first = 0; first < rows; first += step) {
      work.on(first, Math.min(step, rows - first));
    }
  }
}
