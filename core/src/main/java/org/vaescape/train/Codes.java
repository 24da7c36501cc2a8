package org.vaescape.train;

import org.vaescape.engine.Tensor;

/// Rows of numbers for the samples of a part, gathered batch by batch.
final class Codes {
  private final int samples;
  private float[] values = new float[0];

  Codes(int samples) {
    this.samples = samples;
  }

  /// @param from sample of the first row
  /// @param rows as wide as all others
  void put(int from, Tensor rows) {
    int width = Math.toIntExact(rows.size(1));
    if (values.length == 0) {
      values = new float[Math.multiplyExact(samples, width)];
    }
    float[] given = rows.floats();
    System.arraycopy(given, 0, values, from * width, given.length);
  }

  /// Samples x width, row by row.
  float[] values() {
    return values;
  }

  int samples() {
    return samples;
  }

  int width() {
    return values.length / samples;
  }
}
