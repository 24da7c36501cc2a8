package org.vaescape.engine;

import java.lang.foreign.MemorySegment;
import org.vaescape.engine.Products.Matrix;

/// Takes matrices to the form that they are multiplied in, and holds the numbers of the last one: a
/// matrix that several products need is rounded once.
///
/// In bfloat16 every number is rounded to the nearest bfloat16, ties to even. A processor that
/// multiplies them fast takes them in 16 bits; elsewhere oneDNN is faster with the same numbers in
/// 32. Products are summed in 32 bits, so that results differ by the order of sums alone.
///
/// For one thread, which closes it.
final class Rounding implements AutoCloseable {
  /// What operands of products are.
  enum Form {
    /// The numbers themselves.
    EXACT(0),
    /// bfloat16 numbers in 32 bits.
    WIDE(Float.BYTES),
    /// bfloat16 numbers in 16 bits.
    NARROW(Short.BYTES);

    /// Bytes that a rounded number takes.
    private final int bytes;

    Form(int bytes) {
      this.bytes = bytes;
    }

    /// The one for products in 32 bits or in bfloat16 on this machine.
    static Form of(boolean inBfloat16) {
      if (!inBfloat16) {
        return EXACT;
      }
      return Processor.multipliesBfloat16Fast() ? NARROW : WIDE;
    }
  }

  private final Form form;
  private final Buffer buffer = new Buffer();

  Rounding(Form form) {
    this.form = form;
  }

  /// How many 32-bit numbers the copy of a matrix of so many takes the room of.
  static long room(long numbers, boolean inBfloat16) {
    return numbers * Form.of(inBfloat16).bytes / Float.BYTES;
  }

  /// The matrix in this form, until the next one: itself, or a dense copy that keeps the order in
  /// memory.
  ///
  /// @param matrix of 32-bit floats whose rows, or whose columns, are dense
  Matrix of(Matrix matrix) {
    if (form == Form.EXACT) {
      return matrix;
    }
    OneDnn.Layout layout = matrix.layout();
    if (layout.columnStride() != 1) {
      if (layout.rowStride() != 1) {
        throw new IllegalArgumentException("neither rows nor columns of " + layout + " are dense");
      }
      return of(matrix.transposed()).transposed();
    }
    long rows = layout.rows();
    long columns = layout.columns();
    MemorySegment copy = buffer.of(rows * columns * form.bytes);
    if (layout.rowStride() == columns) {
      round(matrix.memory(), 0, copy, 0, rows * columns);
    } else {
      for (long row = 0; row < rows; row++) {
        round(
            matrix.memory(),
            row * layout.rowStride() * Float.BYTES,
            copy,
            row * columns * form.bytes,
            columns);
      }
    }
    OneDnn.Layout dense = OneDnn.Layout.rows(rows, columns, columns);
    return new Matrix(copy, form == Form.NARROW ? dense.inBfloat16() : dense);
  }

  private void round(MemorySegment from, long fromByte, MemorySegment to, long toByte, long count) {
    if (form == Form.NARROW) {
      RoundingLoops.toHalves(from, fromByte, to, toByte, count);
    } else {
      RoundingLoops.toBfloat16(from, fromByte, to, toByte, count);
    }
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
    buffer.close();
  }
}
