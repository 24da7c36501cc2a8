package org.vaescape.model;

import org.jspecify.annotations.Nullable;
import org.vaescape.engine.DType;
import org.vaescape.engine.Tensor;

/// A linear layer, and batch normalisation after it where there is one.
///
/// @param weight (outputs, inputs)
/// @param bias (outputs)
/// @param norm null where nothing follows the linear layer
record Layer(Tensor weight, Tensor bias, @Nullable Norm norm) {

  /// Batch normalisation; (outputs) each.
  record Norm(Tensor weight, Tensor bias, Tensor runningMean, Tensor runningVariance) {}

  /// The layer's output for each row.
  ///
  /// @param x (rows, inputs)
  /// @return (rows, outputs)
  Tensor apply(Tensor x, DType products, Networks.Mode mode) {
    Tensor linear = x.linear(weight, bias, products);
    if (norm == null) {
      return linear;
    }
    return linear.batchNorm(
        norm.weight,
        norm.bias,
        norm.runningMean,
        norm.runningVariance,
        mode.usesBatchStatistics(),
        mode.momentum(),
        Networks.NORM_EPSILON);
  }
}
