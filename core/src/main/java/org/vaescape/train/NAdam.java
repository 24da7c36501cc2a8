package org.vaescape.train;

import java.util.List;
import org.vaescape.engine.Elements;
import org.vaescape.search.HyperParameter;
import org.vaescape.search.Member;
import org.vaescape.search.Range;

/// Adam with Nesterov's look ahead (Dozat 2016, "Incorporating Nesterov momentum into Adam"), in
/// PyTorch's form.
///
/// Its momentum at step t is beta1 x (1 - 0.96^(t x `momentumDecay`) / 2).
///
/// @param beta1 decay of the mean of gradients, in [0, 1)
/// @param beta2 decay of the mean of their squares, in [0, 1)
/// @param epsilon added to the root of the second, above 0
/// @param momentumDecay how fast momentum rises to beta1, at least 0
/// @param weightDecay L2 penalty, or share of the parameter where `decoupled`
public record NAdam(
    double beta1,
    double beta2,
    double epsilon,
    double momentumDecay,
    double weightDecay,
    boolean decoupled)
    implements Optimizer {
  static final Member<Optimizer> MEMBER =
      new Member<>(
          "nadam",
          "adam with Nesterov momentum",
          "Dozat 2016, ICLR workshop",
          List.of(
              Adam.BETA1,
              Adam.BETA2,
              Adam.EPSILON,
              new HyperParameter.Real(
                  "momentum-decay", 0.004, Range.NOT_NEGATIVE, "how fast momentum rises to beta1"),
              WeightDecay.SETTING,
              WeightDecay.DECOUPLED),
          settings ->
              new NAdam(
                  settings.real(Adam.BETA1.name()),
                  settings.real(Adam.BETA2.name()),
                  settings.real(Adam.EPSILON.name()),
                  settings.real("momentum-decay"),
                  settings.real(WeightDecay.SETTING.name()),
                  settings.flag(WeightDecay.DECOUPLED.name())));

  public NAdam {
    decoupled = decoupled && weightDecay != 0;
  }

  @Override
  public Optimizer withMomentum(double momentum) {
    return new NAdam(momentum, beta2, epsilon, momentumDecay, weightDecay, decoupled);
  }

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
    return new Moments<>(parameter);
  }

  private final class Moments<E extends Elements<E>> implements Update<E> {
    private final E parameter;
    private final E first;
    private final E second;
    private final E denominator;
    private int step;
    private double momenta = 1; // product of the momentum of all steps

    Moments(E parameter) {
      this.parameter = parameter;
      first = parameter.state();
      second = parameter.state();
      denominator = parameter.scratch();
    }

    @Override
    public void apply(E gradient, Pace pace) {
      double decay = pace.momentum().orElse(beta1);
      step++;
      WeightDecay.apply(weightDecay, decoupled, parameter, gradient, pace.rate());
      double now = momentum(decay, step);
      double next = momentum(decay, step + 1);
      momenta *= now;
      first.lerpInPlace(gradient, 1 - decay);
      second.mixSquareInPlace(gradient, beta2);
      denominator.copyInPlace(second);
      denominator.timesInPlace(1 / (1 - StrictMath.pow(beta2, step)));
      denominator.sqrtInPlace();
      denominator.plusInPlace(epsilon);
      parameter.plusQuotientInPlace(
          gradient, denominator, -pace.rate() * (1 - now) / (1 - momenta));
      parameter.plusQuotientInPlace(first, denominator, -pace.rate() * next / (1 - momenta * next));
    }

    private double momentum(double decay, int step) {
      return decay * (1 - 0.5 * StrictMath.pow(0.96, step * momentumDecay));
    }
  }
}
