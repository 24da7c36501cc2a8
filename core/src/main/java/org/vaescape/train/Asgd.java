package org.vaescape.train;

import java.util.List;
import org.vaescape.engine.Elements;
import org.vaescape.search.HyperParameter;
import org.vaescape.search.Member;
import org.vaescape.search.Range;

/// Averaged stochastic gradient descent (Polyak and Juditsky 1992), in PyTorch's form, with the
/// average in the parameter's place where the network is looked at.
///
/// PyTorch keeps the average beside the parameters for its user to take; up to step `t0` they are
/// the same.
///
/// @param lambda decay of the parameter, times the step, at least 0
/// @param alpha power of t at which steps get smaller, in [0, 1]
/// @param t0 steps before the average begins, at least 0
/// @param weightDecay L2 penalty, added to the gradient
public record Asgd(double lambda, double alpha, int t0, double weightDecay) implements Optimizer {
  static final Member<Optimizer> MEMBER =
      new Member<>(
          "asgd",
          "stochastic gradient descent, averaged over steps from t0",
          "Polyak and Juditsky 1992, SIAM J. Control Optim. 30",
          List.of(
              new HyperParameter.Real("lambda", 1e-4, Range.NOT_NEGATIVE, "decay of parameters"),
              new HyperParameter.Real(
                  "alpha", 0.75, new Range(0, true, 1, true), "power at which steps get smaller"),
              new HyperParameter.Count("t0", 1_000_000, 0, "steps before the average begins"),
              WeightDecay.SETTING),
          settings ->
              new Asgd(
                  settings.real("lambda"),
                  settings.real("alpha"),
                  settings.count("t0"),
                  settings.real(WeightDecay.SETTING.name())));

  public Asgd {
    if (lambda == 0) {
      alpha = 0; // steps stay as large as they are
    }
  }

  @Override
  public int stateTensors() {
    return 2;
  }

  @Override
  public <E extends Elements<E>> Update<E> start(E parameter) {
    return new Average<>(parameter);
  }

  private final class Average<E extends Elements<E>> implements Update<E> {
    private final E parameter;
    private final E average;

    /// Where the last step ended, while the average is shown.
    private final E last;

    private int step;
    private double size;
    private boolean shown;

    Average(E parameter) {
      this.parameter = parameter;
      average = parameter.state();
      last = parameter.state();
    }

    @Override
    public void apply(E gradient, Pace pace) {
      double rate = pace.rate();
      if (step == 0) {
        size = rate;
      }
      WeightDecay.add(weightDecay, parameter, gradient);
      parameter.timesInPlace(1 - lambda * size);
      parameter.plusInPlace(gradient, -size);
      // PyTorch works out size and share for the step after.
      average.lerpInPlace(parameter, 1.0 / Math.max(1, step - t0));
      step++;
      size = rate / StrictMath.pow(1 + lambda * rate * step, alpha);
    }

    @Override
    public void showResult() {
      if (!shown && step > t0) {
        last.copyInPlace(parameter);
        parameter.copyInPlace(average);
        shown = true;
      }
    }

    @Override
    public void goOn() {
      if (shown) {
        parameter.copyInPlace(last);
        shown = false;
      }
    }
  }
}
