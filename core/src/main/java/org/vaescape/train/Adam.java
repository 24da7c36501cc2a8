package org.vaescape.train;

import java.util.List;
import org.vaescape.engine.Tensor;
import org.vaescape.search.HyperParameter;
import org.vaescape.search.Member;
import org.vaescape.search.Range;

/// Adam (Kingma and Ba 2015, arXiv:1412.6980, algorithm 1), and AMSGrad (Reddi et al. 2018,
/// arXiv:1904.09237), with PyTorch's place of epsilon.
///
/// @param beta1 decay of the mean of gradients, in [0, 1)
/// @param beta2 decay of the mean of their squares, in [0, 1)
/// @param epsilon added to the root of the second, above 0
/// @param weightDecay L2 penalty, added to the gradient
/// @param amsgrad divide by the largest second moment so far
public record Adam(double beta1, double beta2, double epsilon, double weightDecay, boolean amsgrad)
    implements Optimizer {
  static final HyperParameter BETA1 =
      new HyperParameter.Real("beta1", 0.9, Range.BELOW_ONE, "decay of the first moment");
  static final HyperParameter BETA2 =
      new HyperParameter.Real("beta2", 0.999, Range.BELOW_ONE, "decay of the second moment");
  static final HyperParameter EPSILON =
      new HyperParameter.Real("epsilon", 1e-8, Range.POSITIVE, "added to the denominator");
  static final HyperParameter AMSGRAD =
      new HyperParameter.Flag("amsgrad", false, "divide by the largest second moment so far");

  static final Member<Optimizer> MEMBER =
      new Member<>(
          "adam",
          "adaptive moment estimation",
          "Kingma and Ba 2015, arXiv:1412.6980",
          List.of(BETA1, BETA2, EPSILON, WeightDecay.SETTING, AMSGRAD),
          settings ->
              new Adam(
                  settings.real(BETA1.name()),
                  settings.real(BETA2.name()),
                  settings.real(EPSILON.name()),
                  settings.real(WeightDecay.SETTING.name()),
                  settings.flag(AMSGRAD.name())));

  @Override
  public Optimizer withMomentum(double momentum) {
    return new Adam(momentum, beta2, epsilon, weightDecay, amsgrad);
  }

  @Override
  public int tensorsForEachParameter() {
    return amsgrad ? 4 : 3;
  }

  @Override
  public Update start(Tensor parameter) {
    return new Moments(parameter);
  }

  private final class Moments implements Update {
    private final Tensor parameter;
    private final Tensor first;
    private final Tensor second;
    private final Tensor largest;
    private final Tensor denominator;
    private int step;

    Moments(Tensor parameter) {
      this.parameter = parameter;
      first = Tensor.zerosLike(parameter);
      second = Tensor.zerosLike(parameter);
      largest = amsgrad ? Tensor.zerosLike(parameter) : second;
      denominator = Tensor.zerosLike(parameter);
    }

    @Override
    public void apply(Tensor gradient, Pace pace) {
      double decay = pace.momentum().orElse(beta1);
      step++;
      WeightDecay.add(weightDecay, parameter, gradient);
      first.lerpInPlace(gradient, 1 - decay);
      second.timesInPlace(beta2);
      second.plusProductInPlace(gradient, gradient, 1 - beta2);
      if (amsgrad) {
        largest.maximumInPlace(second);
      }
      denominator.copyInPlace(largest);
      denominator.sqrtInPlace();
      denominator.timesInPlace(1 / Math.sqrt(1 - StrictMath.pow(beta2, step)));
      denominator.plusInPlace(epsilon);
      parameter.plusQuotientInPlace(
          first, denominator, -pace.rate() / (1 - StrictMath.pow(decay, step)));
    }
  }
}
