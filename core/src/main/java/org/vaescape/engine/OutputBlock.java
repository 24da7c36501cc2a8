package org.vaescape.engine;

import java.lang.foreign.MemorySegment;
import java.util.function.Consumer;
import org.vaescape.engine.Products.Matrix;
import org.vaescape.engine.WideOutput.Chunk;

/// Some outputs of all rows of an [OutputPass], before normalisation.
///
/// @param from the first output
/// @param columns outputs
/// @param width columns, filled up to whole vectors
/// @param rows one after the other, `width` floats each
/// @param hidden (rows, inputs), as products take them
/// @param weights (columns, inputs), likewise
record OutputBlock(
    int from, int columns, int width, int rows, MemorySegment y, Matrix hidden, Matrix weights) {

  /// The output after the last one.
  int to() {
    return from + columns;
  }

  /// Some rows of a block.
  ///
  /// @param first of the pass's rows
  /// @param count rows that lie one after the other
  /// @param width floats of each
  /// @param from the block's first output
  /// @param shape what a block's memory holds, in bytes
  record Rows(int first, int count, int width, int from, long shape) {
    long bytesOfRow() {
      return (long) width * Float.BYTES;
    }

    long bytes() {
      return count * bytesOfRow();
    }

    /// Where the first of these rows begins in memory of the block's shape.
    long in(MemorySegment memory) {
      return memory.asSlice(0, shape).address() + first * bytesOfRow();
    }
  }

  /// As many rows at a time as the chunk holds.
  void forEachChunk(Consumer<Rows> work) {
    int step = Chunk.SIZE / width;
    long shape = (long) rows * width * Float.BYTES;
    for (int first = 0; first < rows; first += step) {
      work.accept(new Rows(first, Math.min(step, rows - first), width, from, shape));
    }
  }
}
