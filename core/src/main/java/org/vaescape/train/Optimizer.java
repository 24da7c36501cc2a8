package org.vaescape.train;

import org.vaescape.engine.Elements;
import org.vaescape.engine.Tensor;

/// A rule that turns gradients into steps: the hyper-parameters of an optimizer, without state.
///
/// Records that are equal take equal steps: a constructor fixes the value of a setting that does
/// nothing beside the others.
public interface Optimizer {

  /// Begins the work on one parameter; memory that it needs comes from the open scope.
  ///
  /// @param parameter changed in place by the result
  <E extends Elements<E>> Update<E> start(E parameter);

  /// The same, in the way that the machine allows.
  ///
  /// @param inOnePass whether all of a step is done on a block of elements before the next block,
  ///   which [Numerics#inOnePass] tells; else each operation on the whole tensor
  default Update<Tensor> start(Tensor parameter, boolean inOnePass) {
    return inOnePass ? new UpdateInOnePass(this, parameter) : start(parameter);
  }

  /// Whether steps follow the learning rate of their epoch; else it is that of the first step, and
  /// no scheduler matters.
  default boolean followsRate() {
    return true;
  }

  /// How many [Elements#state] of a parameter's size [#start] makes.
  int stateTensors();

  /// How many [Elements#scratch] it makes.
  default int scratchTensors() {
    return 0;
  }

  /// How many tensors of a parameter's size there are beside it, the gradient apart.
  default int tensorsForEachParameter(boolean inOnePass) {
    return stateTensors() + (inOnePass ? 0 : scratchTensors());
  }

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
  ///
  /// @param <E> what holds the parameter
  @FunctionalInterface
  interface Update<E extends Elements<E>> {
    /// Takes one step.
    ///
    /// @param gradient of the loss with respect to the parameter, of its shape; may be overwritten
    void apply(E gradient, Pace pace);

    /// Takes one step along the gradient times a factor.
    default void apply(E gradient, double factor, Pace pace) {
      if (factor != 1) {
        gradient.timesInPlace(factor);
      }
      apply(gradient, pace);
    }

    /// Puts what the optimizer hands back in the parameter's place, where that is not its last
    /// step: an average of steps. Has no effect the second time.
    default void showResult() {}

    /// Goes back to where the last step ended. Has no effect without [#showResult].
    default void goOn() {}
  }
}
