package org.vaescape.model;

import org.vaescape.engine.DType;
import org.vaescape.engine.Tensor;

/// A linear layer and the normalisation after it.
///
/// @param name `encoder.0`, `mu`
/// @param weight (outputs, inputs)
/// @param bias (outputs)
record Layer(String name, Tensor weight, Tensor bias, Norm norm) {

  /// What follows the linear part; tensors are (outputs).
  sealed interface Norm {
    record None() implements Norm {}

    record Batch(
        Tensor weight,
        Tensor bias,
        Tensor runningMean,
        Tensor runningVariance,
        BatchNormalization constants)
        implements Norm {}

    record Units(Tensor weight, Tensor bias) implements Norm {}
  }

  /// PyTorch's default of layer normalisation.
  private static final double UNITS_EPSILON = 1e-5;

  /// The layer's output for each row.
  ///
  /// @param x (rows, inputs)
  /// @return (rows, outputs)
  Tensor apply(Tensor x, DType products, Networks.Mode mode) {
    Tensor linear = x.linear(weight, bias, products);
    return switch (norm) {
      case Norm.None _ -> linear;
      case Norm.Units(Tensor scale, Tensor shift) -> linear.layerNorm(scale, shift, UNITS_EPSILON);
      case Norm.Batch(
              Tensor scale,
              Tensor shift,
              Tensor mean,
              Tensor variance,
              BatchNormalization constants) ->
          linear.batchNorm(
              scale,
              shift,
              mean,
              variance,
              mode.usesBatchStatistics(),
              mode.momentum().orElse(constants.momentum()),
              constants.epsilon());
    };
  }
}
