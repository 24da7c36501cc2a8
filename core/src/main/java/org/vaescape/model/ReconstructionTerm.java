package org.vaescape.model;

import org.vaescape.engine.Tensor;

/// How far a reconstruction is from the data, gene by gene.
@FunctionalInterface
public interface ReconstructionTerm {

  /// The squared error.
  ReconstructionTerm SQUARED_ERROR = Tensor::squaredError;

  /// The error of each element.
  ///
  /// @param reconstruction (rows, genes)
  /// @param x the data, of a shape that broadcasts to that of `reconstruction`
  Tensor errors(Tensor reconstruction, Tensor x);
}
