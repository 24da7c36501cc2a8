package org.vaescape.train;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.vaescape.engine.Tensor;
import org.vaescape.search.HyperParameter;
import org.vaescape.search.Member;
import org.vaescape.search.Range;

/// RMSprop (Tieleman and Hinton 2012, lecture 6e of "Neural networks for machine learning"),
/// centred as in Graves 2013 (arXiv:1308.0850), in PyTorch's form: epsilon is added after the root.
///
/// @param alpha decay of the mean of squared gradients, in [0, 1)
/// @param epsilon added to its root, above 0
/// @param momentum in [0, 1)
/// @param centered subtract the squared mean of gradients
/// @param weightDecay L2 penalty, added to the gradient
public record RmsProp(
    double alpha, double epsilon, double momentum, boolean centered, double weightDecay)
    implements Optimizer {
  static final Member<Optimizer> MEMBER =
      new Member<>(
          "rmsprop",
          "gradient over the root of its mean square",
          "Tieleman and Hinton 2012, Coursera lecture 6e",
          List.of(
              new HyperParameter.Real("alpha", 0.99, Range.BELOW_ONE, "decay of the mean square"),
              new HyperParameter.Real("epsilon", 1e-8, Range.POSITIVE, "added to the denominator"),
              new HyperParameter.Real("momentum", 0, Range.BELOW_ONE, "share of the last step"),
              new HyperParameter.Flag("centered", false, "subtract the squared mean"),
              WeightDecay.SETTING),
          settings ->
              new RmsProp(
                  settings.real("alpha"),
                  settings.real("epsilon"),
                  settings.real("momentum"),
                  settings.flag("centered"),
                  settings.real(WeightDecay.SETTING.name())));

  @Override
  public int tensorsForEachParameter() {
    return 2 + (centered ? 1 : 0) + (momentum > 0 ? 1 : 0);
  }

  @Override
  public Optimizer withMomentum(double momentum) {
    return new RmsProp(alpha, epsilon, momentum, centered, weightDecay);
  }

  @Override
  public Update start(Tensor parameter) {
    return new MeanSquare(parameter);
  }

  private final class MeanSquare implements Update {
    private final Tensor parameter;
    private final Tensor meanSquare;
    private final Tensor denominator;
    private final @Nullable Tensor mean;
    private final @Nullable Tensor buffer;

    MeanSquare(Tensor parameter) {
      this.parameter = parameter;
      meanSquare = Tensor.zerosLike(parameter);
      denominator = Tensor.zerosLike(parameter);
      mean = centered ? Tensor.zerosLike(parameter) : null;
      buffer = momentum > 0 ? Tensor.zerosLike(parameter) : null;
    }

    @Override
    public void apply(Tensor gradient, Pace pace) {
      WeightDecay.add(weightDecay, parameter, gradient);
      meanSquare.timesInPlace(alpha);
      meanSquare.plusProductInPlace(gradient, gradient, 1 - alpha);
      denominator.copyInPlace(meanSquare);
      if (mean != null) {
        mean.lerpInPlace(gradient, 1 - alpha);
        denominator.plusProductInPlace(mean, mean, -1);
      }
      denominator.sqrtInPlace();
      denominator.plusInPlace(epsilon);
      if (buffer != null) {
        buffer.timesInPlace(pace.momentum().orElse(momentum));
        buffer.plusQuotientInPlace(gradient, denominator, 1);
        parameter.plusInPlace(buffer, -pace.rate());
      } else {
        parameter.plusQuotientInPlace(gradient, denominator, -pace.rate());
      }
    }
  }
}
