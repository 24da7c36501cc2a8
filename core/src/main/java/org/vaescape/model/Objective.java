package org.vaescape.model;

import org.vaescape.engine.Tensor;
import org.vaescape.search.Inapplicable;

/// How the terms of a loss are weighed, for all models alike.
///
/// @param klWeight units of reconstruction per nat, at least 0; in warm-up less than in the end
/// @param fullKlWeight the same after warm-up; importance-weighted bounds divide by it
/// @param freeBits nats of each latent unit's mean KL that cost nothing (Kingma et al. 2016,
///   arXiv:1606.04934, equation 15), at least 0
/// @param inNats reconstruction as the sum over genes, so that with a term that is a log-likelihood
///   and a weight of 1 the loss is the negative evidence bound; else their mean
/// @param trainingSamples size of the training part, for losses that estimate its marginals
public record Objective(
    double klWeight, double fullKlWeight, double freeBits, boolean inNats, int trainingSamples) {
  public Objective {
    if (!(klWeight >= 0 && freeBits >= 0)) {
      throw new IllegalArgumentException(
          "kl-weight and free-bits must be at least 0 but were %s and %s"
              .formatted(klWeight, freeBits));
    }
    if (!(klWeight <= fullKlWeight)) {
      throw new IllegalArgumentException(
          "the KL's weight must be at most its full one but they were %s and %s"
              .formatted(klWeight, fullKlWeight));
    }
  }

  /// The objective at the full weight.
  public Objective(double klWeight, double freeBits, boolean inNats, int trainingSamples) {
    this(klWeight, klWeight, freeBits, inNats, trainingSamples);
  }

  /// The same at a share of the KL's full weight, in [0, 1].
  public Objective atShare(double share) {
    return new Objective(share * fullKlWeight, fullKlWeight, freeBits, inNats, trainingSamples);
  }

  /// The same with the reconstruction as the sum over genes.
  Objective inSums() {
    return new Objective(klWeight, fullKlWeight, freeBits, true, trainingSamples);
  }

  /// Refuses free bits, for a model that has no use for them.
  ///
  /// @param model name of the model
  /// @param why half a sentence: `whose KL is not a sum over units`
  void refuseFreeBits(String model, String why) {
    if (freeBits > 0) {
      throw new Inapplicable(
          "free-bits",
          "free-bits must be 0 for %s, %s, but was %s".formatted(model, why, freeBits));
    }
  }

  /// The reconstruction error of decoding z, for each row.
  ///
  /// @param z (rows, code), see [Networks#reconstructionError]
  /// @param x (batch, genes)
  /// @return (rows)
  public Tensor error(Networks networks, Tensor z, Tensor x) {
    Tensor error = networks.reconstructionError(z, x);
    return inNats ? error.times(networks.shape().genes()) : error;
  }

  /// The KL as a term of the loss, a scalar: weighed, and not below the free bits.
  ///
  /// @param byUnit (batch, units) in nats
  public Tensor weighedKl(Tensor byUnit) {
    Tensor kl = freeBits > 0 ? byUnit.mean(0).atLeast(freeBits).sum() : byUnit.sum(1).mean();
    return kl.times(klWeight);
  }

  /// The variance of a Gaussian decoder that the weights amount to; NaN where the term is not
  /// quadratic.
  ///
  /// @param genes inputs of the network
  /// @param klFactor [VaeModel#klFactor]
  public double decoderVariance(int genes, double klFactor, ReconstructionTerm term) {
    double error = 2 * term.squaredErrorFactor();
    return (inNats ? 1 : genes) * klFactor * klWeight / error;
  }
}
