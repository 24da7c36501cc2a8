package org.vaescape.train;

import org.vaescape.engine.Tensor;

/// A rule that turns gradients into steps: the hyper-parameters of an optimizer, without state.
public interface Optimizer {

  /// Begins the work on one parameter; memory that it needs comes from the open scope.
  ///
  /// @param parameter changed in place by the result
  Update start(Tensor parameter);

  /// How many tensors of a parameter's size [#start] makes.
  int tensorsForEachParameter();

  /// An optimizer at work on one parameter, with whatever it remembers of earlier steps.
  @FunctionalInterface
  interface Update {
    /// Takes one step.
    ///
    /// @param gradient of the loss with respect to the parameter, of its shape; may be overwritten
    /// @param learningRate in use for this step
    void apply(Tensor gradient, double learningRate);
  }
}
