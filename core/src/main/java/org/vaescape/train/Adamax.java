package org.vaescape.train;

import java.util.List;
import org.vaescape.engine.Elements;
import org.vaescape.search.HyperParameter;
import org.vaescape.search.Member;
import org.vaescape.search.Range;

/// Adam with the largest gradient, decaying, in place of the root mean square (Kingma and Ba 2015,
/// arXiv:1412.6980, algorithm 2), with PyTorch's epsilon.
///
/// @param beta1 decay of the mean of gradients, in [0, 1)
/// @param beta2 decay of the largest gradient, in [0, 1)
/// @param epsilon added to the size of every gradient, above 0
/// @param weightDecay L2 penalty, added to the gradient
public record Adamax(double beta1, double beta2, double epsilon, double weightDecay)
    implements Optimizer {
  static final Member<Optimizer> MEMBER =
      new Member<>(
          "adamax",
          "adam with the largest gradient in place of the root mean square",
          "Kingma and Ba 2015, arXiv:1412.6980",
          List.of(
              Adam.BETA1,
              new HyperParameter.Real(
                  "beta2", 0.999, Range.BELOW_ONE, "decay of the largest gradient"),
              new HyperParameter.Real(
                  "epsilon", 1e-8, Range.POSITIVE, "added to the size of gradients"),
              WeightDecay.SETTING),
          settings ->
              new Adamax(
                  settings.real(Adam.BETA1.name()),
                  settings.real("beta2"),
                  settings.real("epsilon"),
                  settings.real(WeightDecay.SETTING.name())));

  @Override
  public Optimizer withMomentum(double momentum) {
    return new Adamax(momentum, beta2, epsilon, weightDecay);
  }

  @Override
  public int stateTensors() {
    return 2;
  }

  @Override
  public <E extends Elements<E>> Update<E> start(E parameter) {
    return new Largest<>(parameter);
  }

  private final class Largest<E extends Elements<E>> implements Update<E> {
    private final E parameter;
    private final E first;
    private final E largest;
    private int step;

    Largest(E parameter) {
      this.parameter = parameter;
      first = parameter.state();
      largest = parameter.state();
    }

    @Override
    public void apply(E gradient, Pace pace) {
      double decay = pace.momentum().orElse(beta1);
      step++;
      WeightDecay.add(weightDecay, parameter, gradient);
      first.lerpInPlace(gradient, 1 - decay);
      gradient.absInPlace();
      gradient.plusInPlace(epsilon);
      largest.timesInPlace(beta2);
      largest.maximumInPlace(gradient);
      parameter.plusQuotientInPlace(
          first, largest, -pace.rate() / (1 - StrictMath.pow(decay, step)));
    }
  }
}
