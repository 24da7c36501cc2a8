package org.vaescape.model;

import java.util.List;
import org.vaescape.engine.Tensor;
import org.vaescape.search.Member;

/// The deterministic autoencoder, the baseline of the variational ones (Hinton and Salakhutdinov
/// 2006, doi:10.1126/science.1127647): decodes the mean, minimises the reconstruction error, leaves
/// the head `logvar` untrained.
public record Autoencoder() implements VaeModel {
  static final Member<VaeModel> MEMBER =
      new Member<>(
          "ae",
          "deterministic autoencoder, the baseline",
          "Hinton and Salakhutdinov 2006, doi:10.1126/science.1127647",
          List.of(),
          _ -> new Autoencoder());

  @Override
  public Terms loss(Batch batch, Networks networks, Objective objective) {
    Tensor z = networks.encode(batch.x()).mu(); // (batch, latent)
    Tensor error = objective.error(networks, z, batch.x()).mean();
    return Terms.of(error, error);
  }

  @Override
  public boolean hasPosterior() {
    return false;
  }

  @Override
  public double klFactor() {
    return Double.NaN;
  }
}
