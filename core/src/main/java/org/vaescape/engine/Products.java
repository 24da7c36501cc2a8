package org.vaescape.engine;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.HashMap;
import java.util.Map;

/// Products of matrices of 32-bit floats in native memory, prepared once for each shape.
///
/// With operands in bfloat16 every number of both matrices is rounded to the nearest bfloat16, ties
/// to even, and products are summed in 32 bits. A processor with tiles does so by itself where
/// matrices are not small; elsewhere operands are rounded first, so that results differ by the
/// order of sums alone.
///
/// For one thread, which closes it; for [WideInput] and [WideOutput], so only where these can be.
final class Products implements AutoCloseable {
  /// Up to so many rows, columns or numbers that meet, oneDNN multiplies without tiles, and does
  /// not round.
  private static final long SMALL = 32;

  private final boolean inBfloat16;
  private final Arena arena = Arena.ofConfined();
  private final Map<Shape, OneDnn.Primitive> prepared = new HashMap<>();
  private MemorySegment roundedLeft = MemorySegment.NULL;
  private MemorySegment roundedRight = MemorySegment.NULL;

  /// @param adds whether the product is added to what the result holds
  private record Shape(
      OneDnn.Layout left, OneDnn.Layout right, OneDnn.Layout result, boolean adds) {}

  /// A matrix in native memory.
  ///
  /// @param memory begins at its first element
  record Matrix(MemorySegment memory, OneDnn.Layout layout) {
    /// Rows one after the other, so many floats apart.
    static Matrix rows(MemorySegment memory, long rows, long columns, long apart) {
      return new Matrix(memory, new OneDnn.Layout(rows, columns, apart, 1));
    }

    /// A dense tensor.
    static Matrix of(Tensor tensor) {
      return rows(tensor.memory(), tensor.size(0), tensor.size(1), tensor.size(1));
    }

    Matrix transposed() {
      return new Matrix(memory, layout.transposed());
    }
  }

  Products(boolean inBfloat16) {
    this.inBfloat16 = inBfloat16;
  }

  /// result = left x right, or result += left x right.
  void multiply(Matrix left, Matrix right, Matrix result, boolean adds) {
    Matrix first = left;
    Matrix second = right;
    if (inBfloat16 && !(OneDnn.hasTiles() && isLarge(left.layout(), right.layout()))) {
      roundedLeft = room(roundedLeft, left);
      first = rounded(left, roundedLeft);
      roundedRight = room(roundedRight, right);
      second = rounded(right, roundedRight);
    }
    Shape shape = new Shape(first.layout(), second.layout(), result.layout(), adds);
    OneDnn.Primitive primitive =
        prepared.computeIfAbsent(
            shape,
            s -> OneDnn.product(s.left(), s.right(), s.result(), s.adds(), inBfloat16, arena));
    OneDnn.execute(primitive, first.memory(), second.memory(), result.memory());
  }

  private static boolean isLarge(OneDnn.Layout left, OneDnn.Layout right) {
    return Math.min(Math.min(left.rows(), left.columns()), right.columns()) > SMALL;
  }

  private MemorySegment room(MemorySegment memory, Matrix matrix) {
    long bytes = matrix.layout().rows() * matrix.layout().columns() * Float.BYTES;
    return memory.byteSize() >= bytes ? memory : arena.allocate(bytes, 64);
  }

  /// A dense copy, rounded, that keeps the order in memory.
  private static Matrix rounded(Matrix matrix, MemorySegment copy) {
    if (matrix.layout().columnStride() != 1) {
      return rounded(matrix.transposed(), copy).transposed();
    }
    long rows = matrix.layout().rows();
    long columns = matrix.layout().columns();
    if (matrix.layout().rowStride() == columns) {
      RoundingLoops.toBfloat16(matrix.memory(), 0, copy, 0, rows * columns);
    } else {
      for (long row = 0; row < rows; row++) {
        long from = row * matrix.layout().rowStride() * Float.BYTES;
        RoundingLoops.toBfloat16(matrix.memory(), from, copy, row * columns * Float.BYTES, columns);
      }
    }
    return Matrix.rows(copy, rows, columns, columns);
  }

  /// The nearest bfloat16, ties to even; of NaN the same NaN.
  static float bfloat16(float value) {
    int bits = Float.floatToRawIntBits(value);
    if (Float.isNaN(value)) {
      return value;
    }
    int up = 0x7fff + ((bits >>> 16) & 1);
    return Float.intBitsToFloat((bits + up) & 0xffff0000);
  }

  @Override
  public void close() {
    prepared.values().forEach(OneDnn::free);
    arena.close();
  }
}
