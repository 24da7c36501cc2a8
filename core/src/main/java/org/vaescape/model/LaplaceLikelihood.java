package org.vaescape.model;

import java.util.List;
import java.util.Optional;
import org.vaescape.engine.ElementError;
import org.vaescape.engine.Tensor;
import org.vaescape.search.HyperParameter;
import org.vaescape.search.Member;
import org.vaescape.search.Range;

/// The negative log-likelihood of a Laplace distribution, in nats, constant included: log(2 b) + |y
/// - x| / b.
///
/// @param scale b, above 0
public record LaplaceLikelihood(double scale) implements ReconstructionTerm {
  static final Member<ReconstructionTerm> MEMBER =
      new Member<>(
          "laplace",
          "negative log-likelihood of a Laplace distribution: the absolute error",
          "log(2 b) + |y - x| / b",
          List.of(
              new HyperParameter.Real("scale", 1, Range.POSITIVE, "b; the variance is twice b^2")),
          settings -> new LaplaceLikelihood(settings.real("scale")));

  @Override
  public Tensor errors(Decoding decoding, Tensor x) {
    try (Tensor output = decoding.output();
        Tensor difference = output.minus(x);
        Tensor sizes = difference.abs();
        Tensor scaled = sizes.times(1 / scale)) {
      return scaled.plus(StrictMath.log(2 * scale));
    }
  }

  @Override
  public Optional<ElementError> elementError() {
    return Optional.of(new ElementError.Absolute((float) scale, (float) StrictMath.log(2 * scale)));
  }

  @Override
  public double squaredErrorFactor() {
    return Double.NaN;
  }

  @Override
  public int outputTensors() {
    return 5;
  }
}
