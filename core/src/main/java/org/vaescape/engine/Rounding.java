package org.vaescape.engine;

import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
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
    OneDnn.Layout layout = matrix.layout();
    if (layout.columnStride() == 1) {
      return parts(matrix, layout.columns()).getFirst();
    }
    if (layout.rowStride() != 1) {
      throw new IllegalArgumentException("neither rows nor columns of " + layout + " are dense");
    }
    return parts(matrix.transposed(), layout.rows()).getFirst().transposed();
  }

  /// The same for parts of so many columns, the last one of what is left.
  ///
  /// @param matrix of 32-bit floats whose rows are dense
  List<Matrix> parts(Matrix matrix, long width) {
    List<Matrix> parts = new ArrayList<>();
    for (long from = 0; from < matrix.layout().columns(); from += width) {
      parts.add(matrix.columns(from, Math.min(width, matrix.layout().columns() - from)));
    }
    return form == Form.EXACT ? parts : copies(matrix, parts);
  }

  private List<Matrix> copies(Matrix whole, List<Matrix> parts) {
    long rows = whole.layout().rows();
    long columns = whole.layout().columns();
    MemorySegment memory = buffer.of(rows * columns * form.bytes);
    List<Matrix> copies = new ArrayList<>();
    long start = 0;
    for (Matrix part : parts) {
      OneDnn.Layout dense = part.layout().dense();
      copies.add(
          new Matrix(memory.asSlice(start), form == Form.NARROW ? dense.inBfloat16() : dense));
      start += rows * dense.columns() * form.bytes;
    }
    if (parts.size() == 1 && whole.layout().equals(whole.layout().dense())) {
      round(whole.memory(), 0, memory, 0, rows * columns);
    } else {
      for (long row = 0; row < rows; row++) {
        // From end to end: part after part would meet another page with each piece of a row.
        for (int part = 0; part < parts.size(); part++) {
          roundRow(parts.get(part), copies.get(part), row);
        }
      }
    }
    return copies;
  }

  private void roundRow(Matrix matrix, Matrix copy, long row) {
    long columns = matrix.layout().columns();
    round(
        matrix.memory(),
        row * matrix.layout().rowStride() * Float.BYTES,
        copy.memory(),
        row * columns * form.bytes,
        columns);
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
