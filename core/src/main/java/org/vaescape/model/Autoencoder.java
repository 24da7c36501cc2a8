package org.vaescape.model;

import java.util.List;
import org.vaescape.engine.Tensor;
import org.vaescape.search.Member;

/// The deterministic autoencoder, the baseline of the variational ones (Hinton and Salakhutdinov
/// 2006, doi:10.1126/science.1127647): decodes the mean, minimises the MSE, leaves the head
/// `logvar` untrained.
public record Autoencoder() implements VaeModel {
  static final Member<VaeModel> MEMBER =
      new Member<>(
          "ae",
          "deterministic autoencoder, the baseline",
          "Hinton and Salakhutdinov 2006, doi:10.1126/science.1127647",
          List.of(),
          _ -> new Autoencoder());

  @Override
  public Terms loss(Tensor x, Networks networks, Noise noise, double klWeight) {
    Tensor z = networks.encode(x).mu(); // (batch, latent)
    Tensor error = networks.reconstructionError(z, x, ReconstructionTerm.SQUARED_ERROR).mean();
    return Terms.of(error, error);
  }

  @Override
  public boolean hasPosterior() {
    return false;
  }

  @Override
  public double decoderVariance(int genes, double klWeight) {
    return Double.NaN;
  }
}
