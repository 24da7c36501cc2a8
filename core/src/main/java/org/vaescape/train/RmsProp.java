package org.vaescape.train;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.vaescape.engine.Elements;
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
  public int stateTensors() {
    return 1 + (centered ? 1 : 0) + (momentum > 0 ? 1 : 0);
  }

  @Override
  public int scratchTensors() {
    return 1;
  }

  @Override
  public Optimizer withMomentum(double momentum) {
    return new RmsProp(alpha, epsilon, momentum, centered, weightDecay);
  }

  @Override
  public <E extends Elements<E>> Update<E> start(E parameter) {
    return new MeanSquare<>(parameter);
  }

  private final class MeanSquare<E extends Elements<E>> implements Update<E> {
    private final E parameter;
    private final E meanSquare;
    private final E denominator;
    private final @Nullable E mean;
    private final @Nullable E buffer;

    MeanSquare(E parameter) {
      this.parameter = parameter;
      meanSquare = parameter.state();
      denominator = parameter.scratch();
      mean = centered ? parameter.state() : null;
      buffer = momentum > 0 ? parameter.state() : null;
    }

    @Override
    public void apply(E gradient, Pace pace) {
      WeightDecay.add(weightDecay, parameter, gradient);
      meanSquare.mixSquareInPlace(gradient, alpha);
      if (mean == null) {
        denominator.rootInPlace(meanSquare, 1, epsilon);
      } else {
        mean.lerpInPlace(gradient, 1 - alpha);
        denominator.copyInPlace(meanSquare);
        denominator.plusProductInPlace(mean, mean, -1);
        denominator.rootInPlace(denominator, 1, epsilon);
      }
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
