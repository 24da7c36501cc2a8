package org.vaescape.train;

import java.util.List;
import org.vaescape.engine.Elements;
import org.vaescape.search.Member;

/// [Adam] with a decay of weights that goes past its moments (Loshchilov and Hutter 2019,
/// arXiv:1711.05101).
///
/// @param beta1 decay of the mean of gradients, in [0, 1)
/// @param beta2 decay of the mean of their squares, in [0, 1)
/// @param epsilon added to the root of the second, above 0
/// @param weightDecay share of the parameter that a step takes off, times the learning rate
/// @param amsgrad divide by the largest second moment so far
public record AdamW(double beta1, double beta2, double epsilon, double weightDecay, boolean amsgrad)
    implements Optimizer {
  static final Member<Optimizer> MEMBER =
      new Member<>(
          "adamw",
          "adam with decoupled weight decay",
          "Loshchilov and Hutter 2019, arXiv:1711.05101",
          List.of(Adam.BETA1, Adam.BETA2, Adam.EPSILON, WeightDecay.decoupled(0.01), Adam.AMSGRAD),
          settings ->
              new AdamW(
                  settings.real(Adam.BETA1.name()),
                  settings.real(Adam.BETA2.name()),
                  settings.real(Adam.EPSILON.name()),
                  settings.real(WeightDecay.SETTING.name()),
                  settings.flag(Adam.AMSGRAD.name())));

  @Override
  public Optimizer withMomentum(double momentum) {
    return new AdamW(momentum, beta2, epsilon, weightDecay, amsgrad);
  }

  @Override
  public int stateTensors() {
    return withoutDecay().stateTensors();
  }

  @Override
  public int scratchTensors() {
    return 1;
  }

  private Adam withoutDecay() {
    return new Adam(beta1, beta2, epsilon, 0, amsgrad);
  }

  @Override
  public <E extends Elements<E>> Update<E> start(E parameter) {
    Update<E> adam = withoutDecay().start(parameter);
    return (gradient, pace) -> {
      WeightDecay.shrink(weightDecay, parameter, pace.rate());
      adam.apply(gradient, pace);
    };
  }
}
