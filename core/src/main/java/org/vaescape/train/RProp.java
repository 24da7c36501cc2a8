package org.vaescape.train;

import java.util.List;
import org.vaescape.engine.Elements;
import org.vaescape.search.HyperParameter;
import org.vaescape.search.Member;
import org.vaescape.search.Range;

/// Resilient backpropagation (Riedmiller and Braun 1993), in PyTorch's form: every element has a
/// step of its own, which grows while its gradient keeps its sign and shrinks when it turns.
///
/// The learning rate is the first step; later rates, and so schedulers, have no effect.
///
/// @param etaMinus factor of the step after a turn, in (0, 1)
/// @param etaPlus factor of the step otherwise, above 1
/// @param minStep above 0
/// @param maxStep at least `minStep`
/// @param weightDecay L2 penalty, added to the gradient; PyTorch has none here
public record RProp(
    double etaMinus, double etaPlus, double minStep, double maxStep, double weightDecay)
    implements Optimizer {
  static final Member<Optimizer> MEMBER =
      new Member<>(
          "rprop",
          "signs of gradients; the rate is the first step, which schedulers do not move",
          "Riedmiller and Braun 1993, IEEE ICNN",
          List.of(
              new HyperParameter.Real(
                  "eta-minus", 0.5, new Range(0, false, 1, false), "factor after a turn"),
              new HyperParameter.Real(
                  "eta-plus",
                  1.2,
                  new Range(1, false, Double.POSITIVE_INFINITY, false),
                  "factor while the sign stays"),
              new HyperParameter.Real("min-step", 1e-6, Range.POSITIVE, "smallest step"),
              new HyperParameter.Real("max-step", 50, Range.POSITIVE, "largest step"),
              WeightDecay.SETTING),
          settings ->
              new RProp(
                  settings.real("eta-minus"),
                  settings.real("eta-plus"),
                  settings.real("min-step"),
                  settings.real("max-step"),
                  settings.real(WeightDecay.SETTING.name())));

  public RProp {
    if (minStep > maxStep) {
      throw new IllegalArgumentException(
          "min-step must be at most max-step but they were %s and %s".formatted(minStep, maxStep));
    }
  }

  @Override
  public boolean followsRate() {
    return false;
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
    return new Steps<>(parameter);
  }

  private final class Steps<E extends Elements<E>> implements Update<E> {
    private final E parameter;
    private final E before;
    private final E size;
    private final E factor;
    private boolean started;

    Steps(E parameter) {
      this.parameter = parameter;
      before = parameter.state();
      size = parameter.state();
      factor = parameter.scratch();
    }

    @Override
    public void apply(E gradient, Pace pace) {
      if (!started) {
        size.fillInPlace(pace.rate());
        started = true;
      }
      WeightDecay.add(weightDecay, parameter, gradient);
      // From the sign of the product to the factor: no factor is itself one of the signs.
      factor.copyInPlace(gradient);
      factor.timesInPlace(before);
      factor.signInPlace();
      factor.fillWhereInPlace(factor, 1, etaPlus);
      factor.fillWhereInPlace(factor, 0, 1);
      factor.fillWhereInPlace(factor, -1, etaMinus);
      size.timesInPlace(factor);
      size.clampInPlace(minStep, maxStep);
      // After a turn an element rests for one step.
      gradient.fillWhereInPlace(factor, etaMinus, 0);
      before.copyInPlace(gradient);
      gradient.signInPlace();
      parameter.plusProductInPlace(gradient, size, -1);
    }
  }
}
