package org.vaescape.train;

import java.util.List;
import org.vaescape.engine.Elements;
import org.vaescape.search.HyperParameter;
import org.vaescape.search.Member;
import org.vaescape.search.Range;

/// Lion (Chen et al. 2023, arXiv:2302.06675): the sign of a mean of gradients.
///
/// Every element moves by the learning rate, so that Adam's is about ten times too large for it.
///
/// @param beta1 share of the mean in what a step takes the sign of, in [0, 1)
/// @param beta2 decay of the mean of gradients, in [0, 1)
/// @param weightDecay share of the parameter that a step takes off, times the learning rate
public record Lion(double beta1, double beta2, double weightDecay) implements Optimizer {
  static final Member<Optimizer> MEMBER =
      new Member<>(
          "lion",
          "sign of a mean of gradients",
          "Chen et al. 2023, arXiv:2302.06675",
          List.of(
              new HyperParameter.Real("beta1", 0.9, Range.BELOW_ONE, "share of the mean in a step"),
              new HyperParameter.Real("beta2", 0.99, Range.BELOW_ONE, "decay of the mean"),
              WeightDecay.decoupled(0)),
          settings ->
              new Lion(
                  settings.real("beta1"),
                  settings.real("beta2"),
                  settings.real(WeightDecay.SETTING.name())));

  @Override
  public Optimizer withMomentum(double momentum) {
    return new Lion(momentum, beta2, weightDecay);
  }

  @Override
  public int stateTensors() {
    return 1;
  }

  @Override
  public int scratchTensors() {
    return 1;
  }

  @Override
  public <E extends Elements<E>> Update<E> start(E parameter) {
    E mean = parameter.state();
    E direction = parameter.scratch();
    return (gradient, pace) -> {
      WeightDecay.shrink(weightDecay, parameter, pace.rate());
      direction.copyInPlace(mean);
      direction.lerpInPlace(gradient, 1 - pace.momentum().orElse(beta1));
      direction.signInPlace();
      parameter.plusInPlace(direction, -pace.rate());
      mean.lerpInPlace(gradient, 1 - beta2);
    };
  }
}
