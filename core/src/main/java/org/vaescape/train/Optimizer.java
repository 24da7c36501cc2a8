package org.vaescape.train;

import org.vaescape.engine.Tensor;

/// A rule that turns gradients into steps: the hyper-parameters of an optimizer, without state.
///
/// Records that are equal take equal steps: a constructor fixes the value of a setting that does
/// nothing beside the others.
public interface Optimizer {

  /// Begins the work on one parameter; memory that it needs comes from the open scope.
  ///
  /// @param parameter changed in place by the result
  Update start(Tensor parameter);

  /// Whether steps follow the learning rate of their epoch; else it is that of the first step, and
  /// no scheduler matters.
  default boolean followsRate() {
    return true;
  }

  /// How many tensors of a parameter's size [#start] makes.
  int tensorsForEachParameter();

  /// The same optimizer with this momentum, or beta1, in place of its own, so that it keeps what
  /// momentum needs when a scheduler sets the momentum of every step. Itself if it has none.
  default Optimizer withMomentum(double momentum) {
    return this;
  }

  /// Whether there is a momentum, or beta1, that a scheduler can set.
  default boolean hasMomentum() {
    return !withMomentum(0.5).equals(withMomentum(0.25));
  }

  /// An optimizer at work on one parameter, with whatever it remembers of earlier steps.
  @FunctionalInterface
  interface Update {
    /// Takes one step.
    ///
    /// @param gradient of the loss with respect to the parameter, of its shape; may be overwritten
    void apply(Tensor gradient, Pace pace);

    /// Puts what the optimizer hands back in the parameter's place, where that is not its last
    /// step: an average of steps. Has no effect the second time.
    default void showResult() {}

    /// Goes back to where the last step ended. Has no effect without [#showResult].
    default void goOn() {}
  }
}
