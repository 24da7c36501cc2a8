package org.vaescape.model;

import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.vaescape.engine.ElementError;
import org.vaescape.engine.Tensor;
import org.vaescape.search.HyperParameter;
import org.vaescape.search.Member;
import org.vaescape.search.Range;

/// (1/alpha) log cosh(alpha (y - x)): quadratic near zero, linear far from it (Chen, Li and Zha
/// 2019, openreview rkglvsC9Ym, section 3).
///
/// @param alpha sharpness of the transition, above 0
public record LogCosh(double alpha) implements ReconstructionTerm {
  static final HyperParameter ALPHA =
      new HyperParameter.Real(
          "alpha", 10, Range.POSITIVE, "sharpness of the transition to a linear error");

  static final Member<ReconstructionTerm> MEMBER =
      new Member<>(
          "logcosh",
          "log hyperbolic cosine of the error",
          "Chen, Li and Zha 2019, openreview rkglvsC9Ym",
          List.of(ALPHA),
          settings -> new LogCosh(settings.real(ALPHA.name())));

  /// log cosh(t) = t + log(1 + exp(-2 t)) - log 2, which overflows for no t.
  ///
  /// What the way back does not need is closed early: these are the largest tensors of a step.
  @Override
  public Tensor errors(Decoding decoding, Tensor x) {
    Tensor error = then(decoding.output(), output -> output.minus(x));
    Tensor scaled = then(error, difference -> difference.times(alpha));
    Tensor bent = then(scaled.times(-2), Tensor::softplus);
    Tensor sum = then(scaled, line -> then(bent, line::plus));
    return then(
        sum, total -> then(total.plus(-StrictMath.log(2)), height -> height.times(1 / alpha)));
  }

  private static Tensor then(Tensor first, UnaryOperator<Tensor> step) {
    try (first) {
      return step.apply(first);
    }
  }

  @Override
  public Optional<ElementError> elementError() {
    return Optional.of(new ElementError.LogCosh((float) alpha));
  }

  /// For errors well below 1 / alpha.
  @Override
  public double squaredErrorFactor() {
    return alpha / 2;
  }

  @Override
  public int outputTensors() {
    return 5;
  }
}
