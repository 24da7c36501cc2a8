package org.vaescape.model;

import java.util.List;
import org.vaescape.engine.Tensor;
import org.vaescape.search.Member;

/// The variational autoencoder (Kingma and Welling 2014, arXiv:1312.6114).
///
/// ```
/// loss = MSE + w KL(q(z|x) || N(0, I))
/// ```
///
/// MSE is the mean over genes: the negative evidence bound of equation 3, up to factor and
/// constant, of a Gaussian decoder of variance genes x w / 2.
public record Vae() implements VaeModel {
  static final Member<VaeModel> MEMBER =
      new Member<>(
          "vae",
          "variational autoencoder",
          "Kingma and Welling 2014, arXiv:1312.6114",
          List.of(),
          _ -> new Vae());

  @Override
  public Terms loss(Tensor x, Networks networks, Noise noise, double klWeight) {
    Posterior q = networks.encode(x); // (batch, latent)
    Tensor z = q.sample(noise.normal(Noise.EPSILON, q.mu().shape())); // (batch, latent)
    Tensor error = networks.reconstructionError(z, x, ReconstructionTerm.SQUARED_ERROR).mean();
    Tensor kl = q.kl().mean();
    return Terms.of(error.plus(kl.times(klWeight)), error).with(Terms.KL, kl);
  }

  @Override
  public double decoderVariance(int genes, double klWeight) {
    return genes * klWeight / 2;
  }
}
