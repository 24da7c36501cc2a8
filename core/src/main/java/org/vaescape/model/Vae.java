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
  public Terms loss(Batch batch, Networks networks, Objective objective) {
    Posterior q = networks.encode(batch.x()); // (batch, latent)
    Tensor z = q.sample(batch.noise()); // (batch, latent)
    Tensor error = objective.error(networks, z, batch.x()).mean();
    Tensor kl = q.klByUnit();
    return Terms.of(error.plus(objective.weighedKl(kl)), error).withKl(kl);
  }

  @Override
  public double klFactor() {
    return 1;
  }
}
