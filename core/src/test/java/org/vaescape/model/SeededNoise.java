package org.vaescape.model;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.vaescape.engine.Precision;
import org.vaescape.engine.Tensor;

/// Standard normal noise that depends on a seed and the purpose alone.
///
/// @param rows order in which as many rows as these are given out; empty for as drawn
record SeededNoise(long seed, Precision precision, int... rows) implements Noise {
  @Override
  public Tensor normal(String purpose, long... shape) {
    SplittableRandom random = new SplittableRandom(seed + purpose.hashCode());
    int count = Math.toIntExact(Arrays.stream(shape).reduce(1, Math::multiplyExact));
    double[] values = new double[count];
    Arrays.setAll(values, _ -> random.nextGaussian());
    boolean byRow = shape.length > 0 && shape[0] == rows.length;
    return Tensor.of(precision.storage(), byRow ? permuted(values) : values, shape);
  }

  /// Row-major values with their rows in this noise's order.
  double[] permuted(double[] values) {
    double[] moved = values.clone();
    for (int i = 0; i < rows.length; i++) {
      int width = values.length / rows.length;
      System.arraycopy(values, rows[i] * width, moved, i * width, width);
    }
    return moved;
  }
}
