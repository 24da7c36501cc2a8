package org.vaescape.model;

import java.util.ArrayList;
import java.util.List;
import org.vaescape.engine.Tensor;
import org.vaescape.search.Member;

/// The negative log-likelihood of counts that are 0 with a probability of their own, and else drawn
/// from the distribution of [NegativeBinomial] (Lopez et al. 2018, doi:10.1038/s41592-018-0229-2,
/// methods). That probability is the sigmoid of a second output layer.
public record ZeroInflatedNegativeBinomial() implements ReconstructionTerm {
  private static final String DROPOUT = "reconstruction.dropout";

  static final Member<ReconstructionTerm> MEMBER =
      new Member<>(
          "zinb",
          "negative binomial with more zeros, for counts",
          "Lopez et al. 2018, doi:10.1038/s41592-018-0229-2",
          List.of(),
          _ -> new ZeroInflatedNegativeBinomial());

  /// With p = sigmoid(d): log p(0) = log(p + (1 - p) nb(0)) = softplus(-d + log nb(0)) -
  /// softplus(-d), and log p(x) = log nb(x) - d - softplus(-d) elsewhere.
  @Override
  public Tensor errors(Decoding decoding, Tensor x) {
    Tensor dropout = decoding.head(DROPOUT);
    CountModel counts = CountModel.of(decoding, x);
    Tensor zero = counts.zero();
    Tensor atZero = zero.minus(dropout).softplus();
    Tensor elsewhere = counts.beyondZero(x).plus(zero).minus(dropout);
    Tensor isZero = x.isZero();
    Tensor chosen = atZero.minus(elsewhere).times(isZero).plus(elsewhere);
    return dropout.times(-1).softplus().minus(chosen);
  }

  @Override
  public Tensor mean(Decoding decoding, Tensor x) {
    Tensor kept = decoding.head(DROPOUT).times(-1).sigmoid();
    return CountModel.logMean(decoding, x).exp().times(kept);
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
    List<Extra> extras = new ArrayList<>();
    extras.add(NegativeBinomial.dispersion(shape));
    extras.add(new Extra.Linear(DROPOUT, decoded, shape.genes()));
    return extras;
  }

  @Override
  public double squaredErrorFactor() {
    return Double.NaN;
  }

  @Override
  public int outputTensors() {
    return 36;
  }

  @Override
  public Support support() {
    return Support.COUNTS;
  }
}
