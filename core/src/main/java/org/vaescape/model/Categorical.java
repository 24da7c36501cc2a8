package org.vaescape.model;

import org.vaescape.engine.DType;
import org.vaescape.engine.Tensor;

/// What the encoder says of each row: independent categorical variables, of as many categories
/// each, whose prior is uniform. As code each is a row of numbers that sum to 1, all 0 but one for
/// a sample.
///
/// @param logits (batch, variables, categories) logarithms of probabilities, up to a constant
public record Categorical(Tensor logits) implements Latent.OfUnits {

  /// The probabilities: the mean of a sample.
  @Override
  public Tensor mean() {
    return code(logits.softmax(2));
  }

  @Override
  public Tensor sample(Noise noise) {
    return sample(noise.normal(Noise.EPSILON, logits.shape()));
  }

  /// A category of each variable, drawn by its probability: the largest logit plus Gumbel noise
  /// (Maddison, Tarlow and Minka 2014).
  ///
  /// @param eps (batch, variables, categories) standard normal
  public Tensor sample(Tensor eps) {
    return code(logits.plus(gumbel(eps)).oneAtLargest());
  }

  @Override
  public Draw draw(Noise noise) {
    return draw(noise.normal(Noise.EPSILON, logits.shape()));
  }

  /// The ratio is of the probabilities of the categories that were drawn.
  ///
  /// @param eps (batch, variables, categories) standard normal
  Draw draw(Tensor eps) {
    Tensor z = sample(eps);
    double ofPrior = logits.size(1) * StrictMath.log((double) logits.size(2));
    Tensor ofDrawn = code(logits.logSoftmax(2)).times(z);
    return new Draw(z, ofDrawn.as(DType.FLOAT64).sum(1).plus(ofPrior));
  }

  /// A sample that is relaxed so that gradients pass: softmax((logits + Gumbel noise) /
  /// temperature) (Jang, Gu and Poole 2017, equation 2; Maddison, Mnih and Teh 2017).
  ///
  /// @param eps (batch, variables, categories) standard normal
  public Tensor relaxed(Tensor eps, double temperature) {
    return code(logits.plus(gumbel(eps)).times(1 / temperature).softmax(2));
  }

  /// A relaxed sample and its density over that of a relaxed sample of the uniform prior at the
  /// same temperature (Maddison, Mnih and Teh 2017, definition 1). With Gumbel noise g and K
  /// categories the ratio of a variable is
  ///
  /// ```
  /// sum of logits - K log(sum of exp(-g)) + K log(sum of exp(-g - logits))
  /// ```
  ///
  /// at every temperature, and its mean is at least the KL of the categories.
  ///
  /// @param eps (batch, variables, categories) standard normal
  Draw drawRelaxed(Tensor eps, double temperature) {
    Tensor g = gumbel(eps).as(DType.FLOAT64);
    Tensor exact = logits.as(DType.FLOAT64);
    Tensor own = g.times(-1).logSumExp(2); // (batch, variables)
    Tensor ofPrior = g.plus(exact).times(-1).logSumExp(2); // (batch, variables)
    Tensor ratio = exact.sum(2).plus(ofPrior.minus(own).times((double) logits.size(2)));
    return new Draw(relaxed(eps, temperature), ratio.sum(1));
  }

  /// -log(-log u), where u is the distribution function of `eps`, and so uniform.
  private static Tensor gumbel(Tensor eps) {
    return eps.logNormalDistribution().times(-1).log().times(-1);
  }

  private Tensor code(Tensor values) {
    return values.reshape(logits.size(0), logits.size(1) * logits.size(2));
  }

  /// KL divergence from the uniform prior: log of the number of categories less the entropy.
  ///
  /// @return (batch, variables)
  @Override
  public Tensor klByUnit() {
    Tensor logProbabilities = logits.logSoftmax(2);
    Tensor ratio = logProbabilities.plus(StrictMath.log((double) logits.size(2)));
    return logProbabilities.exp().times(ratio).sum(2);
  }
}
