package org.vaescape.train;

import java.util.List;
import org.vaescape.engine.Elements;
import org.vaescape.search.HyperParameter;
import org.vaescape.search.Inapplicable;
import org.vaescape.search.Member;
import org.vaescape.search.Range;

/// Stochastic gradient descent with momentum (Sutskever et al. 2013), in PyTorch's form: the buffer
/// starts as the first gradient, undamped.
///
/// @param momentum in [0, 1)
/// @param dampening share of later gradients that the buffer leaves out, in [0, 1]; needs momentum
/// @param nesterov whether the step looks ahead; needs momentum above 0
/// @param weightDecay L2 penalty, added to the gradient
public record Sgd(double momentum, double dampening, boolean nesterov, double weightDecay)
    implements Optimizer {
  static final Member<Optimizer> MEMBER =
      new Member<>(
          "sgd",
          "stochastic gradient descent",
          "Sutskever et al. 2013, ICML",
          List.of(
              new HyperParameter.Real("momentum", 0, Range.BELOW_ONE, "share of the last step"),
              new HyperParameter.Real(
                  "dampening",
                  0,
                  new Range(0, true, 1, true),
                  "share of gradients that momentum leaves out"),
              new HyperParameter.Flag("nesterov", false, "look ahead by the momentum"),
              WeightDecay.SETTING),
          settings ->
              new Sgd(
                  settings.real("momentum"),
                  settings.real("dampening"),
                  settings.flag("nesterov"),
                  settings.real(WeightDecay.SETTING.name())));

  public Sgd {
    if (nesterov && momentum == 0) {
      throw new Inapplicable("nesterov", "nesterov needs a momentum above 0 but it was 0");
    }
    if (dampening != 0 && momentum == 0) {
      throw new Inapplicable("dampening", "dampening needs a momentum above 0 but it was 0");
    }
    if (nesterov && dampening != 0) {
      throw new IllegalArgumentException("nesterov needs a dampening of 0 but it was " + dampening);
    }
  }

  @Override
  public Optimizer withMomentum(double momentum) {
    return new Sgd(momentum, dampening, nesterov, weightDecay);
  }

  @Override
  public int stateTensors() {
    return momentum == 0 ? 0 : 1;
  }

  @Override
  public <E extends Elements<E>> Update<E> start(E parameter) {
    if (momentum == 0) {
      return (gradient, pace) -> {
        WeightDecay.add(weightDecay, parameter, gradient);
        parameter.plusInPlace(gradient, -pace.rate());
      };
    }
    return new Heavy<>(parameter);
  }

  /// A ball that keeps rolling.
  private final class Heavy<E extends Elements<E>> implements Update<E> {
    private final E parameter;
    private final E buffer;
    private boolean rolling;

    Heavy(E parameter) {
      this.parameter = parameter;
      buffer = parameter.state();
    }

    @Override
    public void apply(E gradient, Pace pace) {
      double now = pace.momentum().orElse(momentum);
      WeightDecay.add(weightDecay, parameter, gradient);
      buffer.timesInPlace(now);
      buffer.plusInPlace(gradient, rolling ? 1 - dampening : 1);
      rolling = true;
      if (nesterov) {
        gradient.plusInPlace(buffer, now);
        parameter.plusInPlace(gradient, -pace.rate());
      } else {
        parameter.plusInPlace(buffer, -pace.rate());
      }
    }
  }
}
