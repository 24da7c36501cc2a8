package org.vaescape.train;

import java.util.List;
import org.vaescape.engine.Elements;
import org.vaescape.search.Member;

/// Adam that divides by the second moment only when enough steps have gone into it (Liu et al.
/// 2020, arXiv:1908.03265), in PyTorch's form.
///
/// @param beta1 decay of the mean of gradients, in [0, 1)
/// @param beta2 decay of the mean of their squares, in [0, 1); at most 2/3 it is never used
/// @param epsilon added to the root of the second, above 0
/// @param weightDecay L2 penalty, or share of the parameter where `decoupled`
public record RAdam(
    double beta1, double beta2, double epsilon, double weightDecay, boolean decoupled)
    implements Optimizer {
  /// Steps that a mean of squares must be worth before it is divided by.
  private static final double TRUSTED = 5;

  static final Member<Optimizer> MEMBER =
      new Member<>(
          "radam",
          "adam that rectifies the variance of its first steps",
          "Liu et al. 2020, arXiv:1908.03265",
          List.of(Adam.BETA1, Adam.BETA2, Adam.EPSILON, WeightDecay.SETTING, WeightDecay.DECOUPLED),
          settings ->
              new RAdam(
                  settings.real(Adam.BETA1.name()),
                  settings.real(Adam.BETA2.name()),
                  settings.real(Adam.EPSILON.name()),
                  settings.real(WeightDecay.SETTING.name()),
                  settings.flag(WeightDecay.DECOUPLED.name())));

  public RAdam {
    decoupled = decoupled && weightDecay != 0;
    if (mostWorth(beta2) <= TRUSTED) { // never divided by
      beta2 = 0;
      epsilon = 1;
    }
  }

  @Override
  public Optimizer withMomentum(double momentum) {
    return new RAdam(momentum, beta2, epsilon, weightDecay, decoupled);
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

  /// Steps that the mean of squares is worth in the end.
  private static double mostWorth(double beta2) {
    return 2 / (1 - beta2) - 1;
  }

  private final class Moments<E extends Elements<E>> implements Update<E> {
    private final E parameter;
    private final E first;
    private final E second;
    private final E denominator;
    private int step;

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
      first.lerpInPlace(gradient, 1 - decay);
      second.mixSquareInPlace(gradient, beta2);
      double rate = pace.rate() / (1 - StrictMath.pow(decay, step));
      double past = StrictMath.pow(beta2, step);
      double most = mostWorth(beta2);
      double worth = most - 2 * step * past / (1 - past);
      if (worth > TRUSTED) {
        double rectified =
            Math.sqrt((worth - 4) * (worth - 2) * most / ((most - 4) * (most - 2) * worth));
        denominator.rootInPlace(second, 1, epsilon);
        parameter.plusQuotientInPlace(first, denominator, -rate * rectified * Math.sqrt(1 - past));
      } else {
        parameter.plusInPlace(first, -rate);
      }
    }
  }
}
