package org.vaescape.model;

import java.util.List;
import org.vaescape.engine.Tensor;
import org.vaescape.search.HyperParameter;
import org.vaescape.search.Member;
import org.vaescape.search.Range;

/// The combined importance-weighted autoencoder (Rainforth et al. 2018, "Tighter variational bounds
/// are not necessarily better", arXiv:1802.04537, equation 14): part evidence bound, part
/// importance-weighted bound, of the same K samples.
///
/// ```
/// loss = mean over rows of beta (1/K) sum_k l_k + (1 - beta) (-w log (1/K) sum_k exp(-l_k / w))
/// ```
///
/// with `l = MSE + w (log q(z|x) - log p(z))`.
///
/// @param beta share of the evidence bound, in [0, 1]: 0 is [Iwae]
/// @param samples K, at least 1
public record Ciwae(double beta, int samples) implements VaeModel {
  static final Member<VaeModel> MEMBER =
      new Member<>(
          "ciwae",
          "combined importance-weighted autoencoder: part evidence bound",
          "Rainforth et al. 2018, arXiv:1802.04537",
          List.of(
              new HyperParameter.Real(
                  "beta",
                  0.5,
                  new Range(0, true, 1, true),
                  "share of the evidence bound; 0 is iwae, 1 the VAE with sampled KL"),
              Miwae.SAMPLES),
          settings -> new Ciwae(settings.real("beta"), settings.count("samples")));

  public Ciwae {
    if (!(beta >= 0 && beta <= 1)) {
      throw new IllegalArgumentException("beta must be in [0, 1] but was " + beta);
    }
    if (samples == 1) {
      beta = 1; // both bounds are the evidence bound
    }
  }

  @Override
  public Terms loss(Batch batch, Networks networks, Objective objective) {
    ImportanceSamples drawn = ImportanceSamples.of(batch, networks, objective, samples);
    Tensor losses = drawn.losses(); // (batch, samples)
    Tensor weighted = drawn.loss(drawn.bounds(losses, samples));
    return drawn.terms(losses.mean().times(beta).plus(weighted.times(1 - beta)));
  }

  @Override
  public void check(Objective objective) {
    ImportanceSamples.check(objective, "ciwae", true, "take the model ae for none");
  }

  @Override
  public double klFactor() {
    return 1;
  }
}
