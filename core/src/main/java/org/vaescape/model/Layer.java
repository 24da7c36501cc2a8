package org.vaescape.model;

import java.util.Optional;
import org.vaescape.engine.DType;
import org.vaescape.engine.Tensor;
import org.vaescape.engine.WideInput;

/// A linear layer and the normalisation after it.
///
/// @param name `encoder.0`, `mu`
/// @param weight (outputs, inputs)
/// @param bias (outputs)
/// @param wide computes the product instead; empty where the plain one is as good
record Layer(String name, Tensor weight, Tensor bias, Norm norm, Optional<WideInput> wide) {

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
    Tensor linear = linear(x, products);
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

  private Tensor linear(Tensor x, DType products) {
    // An input with a gradient of its own, as pseudo-inputs are, takes the way that gives it one.
    return wide.isPresent() && !x.isRecorded()
        ? wide.get().multiply(x).plus(bias)
        : x.linear(weight, bias, products);
  }
}
