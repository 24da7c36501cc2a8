package org.vaescape.engine;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.HashMap;
import java.util.Map;

/// Products of matrices in native memory, prepared once for each shape. Sums are taken and given in
/// 32 bits.
///
/// For one thread, which closes it; for [WideInput] and [WideOutput], so only where these can be.
final class Products implements AutoCloseable {
  private final Arena arena = Arena.ofConfined();
  private final Map<Shape, OneDnn.Primitive> prepared = new HashMap<>();

  /// @param adds whether the product is added to what the result holds
  private record Shape(
      OneDnn.Layout left, OneDnn.Layout right, OneDnn.Layout result, boolean adds) {}

  /// A matrix in native memory.
  ///
  /// @param memory begins at its first element
  record Matrix(MemorySegment memory, OneDnn.Layout layout) {
    /// Rows one after the other, so many floats apart.
    static Matrix rows(MemorySegment memory, long rows, long columns, long apart) {
      return new Matrix(memory, OneDnn.Layout.rows(rows, columns, apart));
    }

    /// A dense tensor.
    static Matrix of(Tensor tensor) {
      return rows(tensor.memory(), tensor.size(0), tensor.size(1), tensor.size(1));
    }

    Matrix transposed() {
      return new Matrix(memory, layout.transposed());
    }

    /// Some columns of one of 32-bit floats.
    Matrix columns(long from, long count) {
      long start = from * layout.columnStride() * Float.BYTES;
      return new Matrix(memory.asSlice(start), layout.columns(count));
    }
  }

  /// result = left x right, or result += left x right.
  void multiply(Matrix left, Matrix right, Matrix result, boolean adds) {
    Shape shape = new Shape(left.layout(), right.layout(), result.layout(), adds);
    OneDnn.Primitive primitive =
        prepared.computeIfAbsent(
            shape, s -> OneDnn.product(s.left(), s.right(), s.result(), s.adds(), arena));
    OneDnn.execute(primitive, left.memory(), right.memory(), result.memory());
  }

  @Override
  public void close() {
    prepared.values().forEach(OneDnn::free);
    arena.close();
  }
}
