package org.vaescape.train;

import java.util.List;
import org.vaescape.engine.Elements;
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
  public int stateTensors() {
    return amsgrad ? 3 : 2;
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
    private final E largest;
    private final E denominator;
    private int step;

    Moments(E parameter) {
      this.parameter = parameter;
      first = parameter.state();
      second = parameter.state();
      largest = amsgrad ? parameter.state() : second;
      denominator = parameter.scratch();
    }

    @Override
    public void apply(E gradient, Pace pace) {
      double decay = pace.momentum().orElse(beta1);
      step++;
      WeightDecay.add(weightDecay, parameter, gradient);
      first.lerpInPlace(gradient, 1 - decay);
      second.mixSquareInPlace(gradient, beta2);
      if (amsgrad) {
        largest.maximumInPlace(second);
      }
      denominator.rootInPlace(largest, 1 / Math.sqrt(1 - StrictMath.pow(beta2, step)), epsilon);
      parameter.plusQuotientInPlace(
          first, denominator, -pace.rate() / (1 - StrictMath.pow(decay, step)));
    }
  }
}
