package org.vaescape.train;

import java.util.Arrays;
import org.vaescape.engine.DType;
import org.vaescape.engine.Device;
import org.vaescape.engine.Tensor;

/// Samples x genes, of which some rows are looked at at a time, wherever they lie.
interface SampleRows {
  int size();

  int genes();

  /// Rows `from` (included) to `to` (left out) in double precision: (rows, genes). They belong to
  /// the innermost scope, and are not to be changed.
  Tensor rows(int from, int to);

  /// Rows of a matrix on the heap, row by row.
  ///
  /// @throws IllegalArgumentException if there are none, or they are not whole
  static SampleRows of(float[] values, int genes) {
    if (genes < 1 || values.length == 0 || values.length % genes != 0) {
      throw new IllegalArgumentException(
          "%d values are no samples of %d genes".formatted(values.length, genes));
    }
    return new SampleRows() {
      @Override
      public int size() {
        return values.length / genes;
      }

      @Override
      public int genes() {
        return genes;
      }

      @Override
      public Tensor rows(int from, int to) {
        float[] block = Arrays.copyOfRange(values, from * genes, to * genes);
        try (Tensor single = Tensor.of(DType.FLOAT32, block, to - from, genes)) {
          return single.as(DType.FLOAT64);
        }
      }
    };
  }

  /// Rows of a tensor (samples, genes), to be asked for as long as it is open.
  static SampleRows of(Tensor matrix) {
    return new SampleRows() {
      @Override
      public int size() {
        return Math.toIntExact(matrix.size(0));
      }

      @Override
      public int genes() {
        return Math.toIntExact(matrix.size(1));
      }

      @Override
      public Tensor rows(int from, int to) {
        return matrix.rows(from, to).on(Device.CPU).as(DType.FLOAT64);
      }
    };
  }
}
