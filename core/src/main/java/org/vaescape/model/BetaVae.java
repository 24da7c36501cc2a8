package org.vaescape.model;

import java.util.List;
import org.vaescape.engine.Tensor;
import org.vaescape.search.HyperParameter;
import org.vaescape.search.Member;
import org.vaescape.search.Range;

/// The beta-VAE (Higgins et al. 2017, openreview Sy2fzU9gl, equation 4): the VAE with a heavier KL,
/// so that units share less.
///
/// ```
/// loss = MSE + beta w KL
/// ```
///
/// @param beta factor of the KL, at least 0; 1 is the VAE
public record BetaVae(double beta) implements VaeModel {
  static final Member<VaeModel> MEMBER =
      new Member<>(
          "beta-vae",
          "variational autoencoder with a factor before the KL",
          "Higgins et al. 2017, openreview Sy2fzU9gl",
          List.of(
              new HyperParameter.Real(
                  "beta", 4, Range.NOT_NEGATIVE, "factor of the KL; above 1 units share less")),
          settings -> new BetaVae(settings.real("beta")));

  @Override
  public Terms loss(Batch batch, Networks networks, Objective objective) {
    Posterior q = networks.encode(batch.x()); // (batch, latent)
    Tensor z = q.sample(batch.noise()); // (batch, latent)
    Tensor error = objective.error(networks, z, batch.x()).mean();
    Tensor kl = q.klByUnit();
    return Terms.of(error.plus(objective.weighedKl(kl).times(beta)), error).withKl(kl);
  }

  @Override
  public boolean weighsKl() {
    return beta > 0;
  }

  @Override
  public BetaVae withoutKl() {
    return new BetaVae(0);
  }

  @Override
  public double klFactor() {
    return beta;
  }
}
