package org.vaescape.engine;

import static java.lang.foreign.ValueLayout.JAVA_FLOAT;

import java.lang.foreign.MemorySegment;
import org.jspecify.annotations.Nullable;
import org.vaescape.engine.Products.Matrix;

/// A matrix with many columns, copied so that each block of them lies together: rows one after the
/// other in memory are far apart where each is long, and every look at a few columns of many rows
/// waits for another page.
///
/// The last block is filled up with zeros.
final class ColumnBlocks {
  /// Columns of a block.
  static final int WIDTH = 128;

  private final Buffer buffer = new Buffer();
  private @Nullable Tensor copied;
  private MemorySegment memory = MemorySegment.NULL;
  private int rows;
  private int columns;

  /// Makes this the blocks of a matrix, if it is not already.
  ///
  /// @param matrix dense; what it holds must not change while it is a matrix of this
  void hold(Tensor matrix) {
    if (matrix == copied) {
      return;
    }
    rows = Math.toIntExact(matrix.size(0));
    columns = Math.toIntExact(matrix.size(1));
    memory = buffer.of((long) rows * count() * WIDTH * Float.BYTES);
    MemorySegment from = matrix.memory();
    for (int row = 0; row < rows; row++) {
      for (int block = 0; block < count(); block++) {
        MemorySegment.copy(
            from,
            ((long) row * columns + (long) block * WIDTH) * Float.BYTES,
            memory,
            place(block, row),
            (long) columns(block) * Float.BYTES);
      }
    }
    clearRest();
    copied = matrix;
  }

  private void clearRest() {
    int last = count() - 1;
    int rest = WIDTH - columns(last);
    for (int row = 0; rest > 0 && row < rows; row++) {
      memory
          .asSlice(place(last, row) + (long) columns(last) * Float.BYTES, (long) rest * Float.BYTES)
          .fill((byte) 0);
    }
  }

  int count() {
    return Math.ceilDiv(columns, WIDTH);
  }

  int columns(int block) {
    return Math.min(WIDTH, columns - block * WIDTH);
  }

  private long place(int block, int row) {
    return ((long) block * rows + row) * WIDTH * Float.BYTES;
  }

  /// The columns of a block. (rows, columns of the block)
  Matrix block(int block) {
    return Matrix.rows(memory.asSlice(place(block, 0)), rows, columns(block), WIDTH);
  }

  /// Copies some columns of a row, which lie in one block.
  void copy(int row, int from, int count, float[] to, int place) {
    long start = place(from / WIDTH, row) + (long) (from % WIDTH) * Float.BYTES;
    MemorySegment.copy(memory, JAVA_FLOAT, start, to, place, count);
  }

  void free() {
    buffer.close();
  }
}
