package org.vaescape.train;

import java.util.List;
import org.vaescape.engine.Elements;
import org.vaescape.search.HyperParameter;
import org.vaescape.search.Member;
import org.vaescape.search.Range;

/// Adadelta (Zeiler 2012, arXiv:1212.5701): steps as large as the steps before, so that a learning
/// rate of 1 is the paper's.
///
/// @param rho decay of both means of squares, in [0, 1)
/// @param epsilon added under both roots, above 0
/// @param weightDecay L2 penalty, added to the gradient
public record Adadelta(double rho, double epsilon, double weightDecay) implements Optimizer {
  static final Member<Optimizer> MEMBER =
      new Member<>(
          "adadelta",
          "steps as large as those before; its usual rate is 1",
          "Zeiler 2012, arXiv:1212.5701",
          List.of(
              new HyperParameter.Real("rho", 0.9, Range.BELOW_ONE, "decay of the mean squares"),
              new HyperParameter.Real("epsilon", 1e-6, Range.POSITIVE, "added under the roots"),
              WeightDecay.SETTING),
          settings ->
              new Adadelta(
                  settings.real("rho"),
                  settings.real("epsilon"),
                  settings.real(WeightDecay.SETTING.name())));

  @Override
  public int stateTensors() {
    return 2;
  }

  @Override
  public int scratchTensors() {
    return 1;
  }

  @Override
  public <E extends Elements<E>> Update<E> start(E parameter) {
    return new MeanSquares<>(parameter);
  }

  private final class MeanSquares<E extends Elements<E>> implements Update<E> {
    private final E parameter;
    private final E gradients;
    private final E steps;
    private final E root;

    MeanSquares(E parameter) {
      this.parameter = parameter;
      gradients = parameter.state();
      steps = parameter.state();
      root = parameter.scratch();
    }

    @Override
    public void apply(E gradient, Pace pace) {
      WeightDecay.add(weightDecay, parameter, gradient);
      mix(gradients, gradient);
      rootOf(steps);
      gradient.timesInPlace(root);
      rootOf(gradients);
      gradient.overInPlace(root); // the step now
      mix(steps, gradient);
      parameter.plusInPlace(gradient, -pace.rate());
    }

    private void mix(E mean, E value) {
      mean.mixSquareInPlace(value, rho);
    }

    private void rootOf(E mean) {
      root.copyInPlace(mean);
      root.plusInPlace(epsilon);
      root.sqrtInPlace();
    }
  }
}
