package org.vaescape.engine;

import static java.lang.foreign.ValueLayout.JAVA_FLOAT;

import java.lang.foreign.MemorySegment;
import java.util.Arrays;

/// The learned variances exp(v) of the outputs of an [OutputPass]: errors are those of numbers in
/// units of exp(v / 2), plus v / 2.
///
/// Arrays hold a number for each output, in whole vectors.
final class OutputVariances {
  /// exp(-v / 2).
  final float[] units;

  /// The mean over outputs of v / 2.
  final double constant;

  private final Tensor logVariance;
  private final int outputs;

  OutputVariances(Tensor logVariance) {
    this.logVariance = logVariance;
    outputs = Math.toIntExact(logVariance.size(0));
    units = new float[OutputColumns.wholeVectors(outputs)];
    MemorySegment values = logVariance.memory();
    double sum = 0;
    for (int i = 0; i < outputs; i++) {
      float v = values.getAtIndex(JAVA_FLOAT, i);
      units[i] = (float) StrictMath.exp(-0.5 * v);
      sum += v;
    }
    constant = 0.5 * sum / outputs;
  }

  /// Adds the gradient of v. With d = (y - x) exp(-v / 2) an error e(d) + v / 2 has the derivative
  /// (1 - e'(d) d) / 2.
  ///
  /// @param products by output, sums of e'(d) d, where rows have weights
  /// @param weights of the rows' numbers
  void addGradient(float[] products, float[] weights) {
    double all = 0;
    for (float weight : weights) {
      all += weight;
    }
    float[] gradient = Arrays.copyOf(products, outputs);
    for (int i = 0; i < outputs; i++) {
      gradient[i] = (float) (0.5 * (all - gradient[i]));
    }
    logVariance.addGradient(Tensor.of(DType.FLOAT32, gradient, outputs));
  }
}
