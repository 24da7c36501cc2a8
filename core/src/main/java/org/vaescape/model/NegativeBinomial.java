package org.vaescape.model;

import java.util.List;
import java.util.OptionalDouble;
import org.vaescape.engine.Tensor;
import org.vaescape.search.Member;

/// The negative log-likelihood of counts under a negative binomial distribution, in nats, as in
/// scVI (Lopez et al. 2018, doi:10.1038/s41592-018-0229-2, methods):
///
/// ```
/// mean = library size x softmax over genes of the decoder's output
/// log p(x) = log G(x + t) - log G(t) - log G(x + 1) + t log(t / (t + mean)) + x log(mean / (t + mean))
/// ```
///
/// with a dispersion t of each gene that is trained and starts at 1. The library size is the sum of
/// a sample's counts over the genes in use; the encoder sees log(1 + x).
public record NegativeBinomial() implements ReconstructionTerm {
  static final String LOG_DISPERSION = "reconstruction.log_dispersion";

  static final Member<ReconstructionTerm> MEMBER =
      new Member<>(
          "nb",
          "negative log-likelihood of a negative binomial distribution, for counts",
          "Lopez et al. 2018, doi:10.1038/s41592-018-0229-2",
          List.of(),
          _ -> new NegativeBinomial());

  @Override
  public Tensor errors(Decoding decoding, Tensor x) {
    CountModel counts = CountModel.of(decoding, x);
    return counts.zero().plus(counts.beyondZero(x)).times(-1);
  }

  @Override
  public Tensor mean(Decoding decoding, Tensor x) {
    return CountModel.logMean(decoding, x).exp();
  }

  @Override
  public boolean usesOutput() {
    return false;
  }

  @Override
  public Tensor input(Tensor x) {
    return x.log1p();
  }

  @Override
  public List<Extra> extras(NetworkShape shape, int decoded) {
    return List.of(dispersion(shape));
  }

  static Extra dispersion(NetworkShape shape) {
    return new Extra.Values(
        LOG_DISPERSION, List.of(shape.genes()), shape.genes(), OptionalDouble.of(0));
  }

  @Override
  public double squaredErrorFactor() {
    return Double.NaN;
  }

  @Override
  public int outputTensors() {
    return 24;
  }

  @Override
  public Support support() {
    return Support.COUNTS;
  }
}
