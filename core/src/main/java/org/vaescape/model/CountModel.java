package org.vaescape.model;

import org.vaescape.engine.Tensor;

/// A negative binomial distribution of each element.
///
/// @param dispersion t, (genes)
/// @param logMean logarithm of the mean
/// @param logTotal log(t + mean)
record CountModel(Tensor dispersion, Tensor logMean, Tensor logTotal) {

  static CountModel of(Decoding decoding, Tensor x) {
    Tensor dispersion = decoding.parameter(NegativeBinomial.LOG_DISPERSION).exp();
    Tensor logMean = logMean(decoding, x);
    return new CountModel(dispersion, logMean, logMean.exp().plus(dispersion).log());
  }

  /// Logarithm of library size x softmax over genes.
  static Tensor logMean(Decoding decoding, Tensor x) {
    Tensor library =
        x.sum(-1).unsqueeze(-1).atLeast(1); // of a sample without counts nothing is known
    return decoding.linear().logSoftmax(-1).plus(library.log());
  }

  /// log p(0) = t log(t / (t + mean)).
  Tensor zero() {
    return dispersion.log().minus(logTotal).times(dispersion);
  }

  /// log p(x) - log p(0).
  Tensor beyondZero(Tensor x) {
    Tensor ways =
        x.plus(dispersion).logGamma().minus(dispersion.logGamma()).minus(x.plus(1).logGamma());
    return logMean.minus(logTotal).times(x).plus(ways);
  }
}
