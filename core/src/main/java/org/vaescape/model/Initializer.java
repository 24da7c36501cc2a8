package org.vaescape.model;

/// First values of a network's parameters.
@FunctionalInterface
public interface Initializer {

  /// Values of one parameter, row by row.
  ///
  /// @param name PyTorch's name (`encoder.0.linear.weight`); what it ends in says what it is
  /// @param inputs inputs of the linear layer that it belongs to (its fan-in)
  double[] values(String name, int inputs, int count);
}
