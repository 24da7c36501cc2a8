package org.vaescape.train;

import java.util.List;
import org.vaescape.engine.Tensor;
import org.vaescape.search.HyperParameter;
import org.vaescape.search.Member;
import org.vaescape.search.Range;

/// Stochastic gradient descent with momentum (Sutskever et al. 2013), in PyTorch's form: the buffer
/// starts as the first gradient and is not damped.
///
/// @param momentum in [0, 1)
/// @param nesterov whether the step looks ahead; needs momentum above 0
/// @param weightDecay L2 penalty, added to the gradient
public record Sgd(double momentum, boolean nesterov, double weightDecay) implements Optimizer {
  static final Member<Optimizer> MEMBER =
      new Member<>(
          "sgd",
          "stochastic gradient descent",
          "Sutskever et al. 2013, ICML",
          List.of(
              new HyperParameter.Real("momentum", 0, Range.BELOW_ONE, "share of the last step"),
              new HyperParameter.Flag("nesterov", false, "look ahead by the momentum"),
              WeightDecay.SETTING),
          settings ->
              new Sgd(
                  settings.real("momentum"),
                  settings.flag("nesterov"),
                  settings.real(WeightDecay.SETTING.name())));

  public Sgd {
    if (nesterov && momentum == 0) {
      throw new IllegalArgumentException("nesterov needs a momentum above 0 but it was 0");
    }
  }

  @Override
  public int tensorsForEachParameter() {
    return momentum == 0 ? 0 : 1;
  }

  @Override
  public Update start(Tensor parameter) {
    if (momentum == 0) {
      return (gradient, learningRate) -> {
        WeightDecay.add(weightDecay, parameter, gradient);
        parameter.plusInPlace(gradient, -learningRate);
      };
    }
    // From zeros, the first step's buffer is the first gradient.
    Tensor buffer = Tensor.zerosLike(parameter);
    return (gradient, learningRate) -> {
      WeightDecay.add(weightDecay, parameter, gradient);
      buffer.timesInPlace(momentum);
      buffer.plusInPlace(gradient, 1);
      if (nesterov) {
        gradient.plusInPlace(buffer, momentum);
        parameter.plusInPlace(gradient, -learningRate);
      } else {
        parameter.plusInPlace(buffer, -learningRate);
      }
    };
  }
}
