package org.vaescape.model;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.vaescape.engine.ElementError;
import org.vaescape.engine.Tensor;
import org.vaescape.search.HyperParameter;
import org.vaescape.search.Member;
import org.vaescape.search.Range;

/// The negative log-likelihood of a Gaussian, in nats, constant included:
///
/// ```
/// (log(2 pi v) + (y - x)^2 / v) / 2
/// ```
///
/// @param variance v of all genes; empty for one of each gene that is trained (sigma-VAE: Rybkin,
///   Daniilidis and Levine 2021, arXiv:2006.13202), which starts at 1
public record GaussianLikelihood(OptionalDouble variance) implements ReconstructionTerm {
  private static final String LEARNED = "learned";
  private static final String LOG_VARIANCE = "reconstruction.logvar";

  static final Member<ReconstructionTerm> MEMBER =
      new Member<>(
          "gaussian",
          "negative log-likelihood of a Gaussian of fixed or learned variance",
          "Rybkin, Daniilidis and Levine 2021, arXiv:2006.13202",
          List.of(
              new HyperParameter.RealOrWord(
                  "variance",
                  1.0,
                  Range.POSITIVE,
                  List.of(LEARNED),
                  "of the decoder; learned trains one for each gene")),
          settings ->
              new GaussianLikelihood(
                  settings.value("variance") instanceof Double fixed
                      ? OptionalDouble.of(fixed)
                      : OptionalDouble.empty()));

  @Override
  public Tensor errors(Decoding decoding, Tensor x) {
    try (Tensor output = decoding.output();
        Tensor squared = output.squaredError(x)) {
      if (variance.isPresent()) {
        double v = variance.getAsDouble();
        try (Tensor scaled = squared.times(0.5 / v)) {
          return scaled.plus(0.5 * StrictMath.log(2 * Math.PI * v));
        }
      }
      Tensor logVariance = decoding.parameter(LOG_VARIANCE); // (genes)
      try (Tensor scaled = squared.times(logVariance.times(-1).exp().times(0.5))) {
        return scaled.plus(logVariance.plus(StrictMath.log(2 * Math.PI)).times(0.5));
      }
    }
  }

  @Override
  public List<Extra> extras(NetworkShape shape, int decoded) {
    return variance.isPresent()
        ? List.of()
        : List.of(
            new Extra.Values(
                LOG_VARIANCE, List.of(shape.genes()), shape.genes(), OptionalDouble.of(0)));
  }

  @Override
  public Optional<ElementError> elementError() {
    double v = variance.orElse(1); // in units of the deviation, where that is learned
    return Optional.of(
        new ElementError.Squared(
            (float) (0.5 / v), (float) (0.5 * StrictMath.log(2 * Math.PI * v))));
  }

  @Override
  public Optional<String> logVariance() {
    return variance.isPresent() ? Optional.empty() : Optional.of(LOG_VARIANCE);
  }

  /// NaN where the variance is trained: it is known only afterwards.
  @Override
  public double squaredErrorFactor() {
    return variance.isPresent() ? 0.5 / variance.getAsDouble() : Double.NaN;
  }

  @Override
  public int outputTensors() {
    return variance.isPresent() ? 4 : 5;
  }
}
