package org.vaescape.train;

import java.util.List;
import org.vaescape.engine.Elements;
import org.vaescape.search.HyperParameter;
import org.vaescape.search.Member;
import org.vaescape.search.Range;

/// Adagrad (Duchi et al. 2011, JMLR 12): steps over the root of the sum of all squared gradients.
///
/// @param lrDecay the learning rate at step t is divided by 1 + (t - 1) x this, at least 0
/// @param initialAccumulatorValue what the sum starts from, at least 0
/// @param epsilon added to its root, above 0
/// @param weightDecay L2 penalty, added to the gradient
public record Adagrad(
    double lrDecay, double initialAccumulatorValue, double epsilon, double weightDecay)
    implements Optimizer {
  static final Member<Optimizer> MEMBER =
      new Member<>(
          "adagrad",
          "gradient over the root of the sum of its squares",
          "Duchi et al. 2011, JMLR 12",
          List.of(
              new HyperParameter.Real(
                  "lr-decay", 0, Range.NOT_NEGATIVE, "rate over 1 + this x steps before"),
              new HyperParameter.Real(
                  "initial-accumulator-value", 0, Range.NOT_NEGATIVE, "the sum at the start"),
              new HyperParameter.Real("epsilon", 1e-10, Range.POSITIVE, "added to the denominator"),
              WeightDecay.SETTING),
          settings ->
              new Adagrad(
                  settings.real("lr-decay"),
                  settings.real("initial-accumulator-value"),
                  settings.real("epsilon"),
                  settings.real(WeightDecay.SETTING.name())));

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
    return new Sum<>(parameter);
  }

  private final class Sum<E extends Elements<E>> implements Update<E> {
    private final E parameter;
    private final E sum;
    private final E denominator;
    private int step;

    Sum(E parameter) {
      this.parameter = parameter;
      sum = parameter.state();
      sum.fillInPlace(initialAccumulatorValue);
      denominator = parameter.scratch();
    }

    @Override
    public void apply(E gradient, Pace pace) {
      WeightDecay.add(weightDecay, parameter, gradient);
      sum.plusProductInPlace(gradient, gradient, 1);
      denominator.rootInPlace(sum, 1, epsilon);
      parameter.plusQuotientInPlace(gradient, denominator, -pace.rate() / (1 + step * lrDecay));
      step++;
    }
  }
}
