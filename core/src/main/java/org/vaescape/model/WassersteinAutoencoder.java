package org.vaescape.model;

import java.util.List;
import org.vaescape.engine.Tensor;
import org.vaescape.search.HyperParameter;
import org.vaescape.search.Member;
import org.vaescape.search.Range;

/// The Wasserstein autoencoder with an MMD penalty (Tolstikhin et al. 2018, arXiv:1711.01558,
/// algorithm 2): a deterministic encoder, whose codes together are held to the prior.
///
/// ```
/// loss = MSE + reg MMD(z, p),   z = mu, p ~ N(0, I)
/// ```
///
/// @param regWeight factor of the MMD, at least 0
/// @param mmd estimate of the maximum mean discrepancy
public record WassersteinAutoencoder(double regWeight, MaximumMeanDiscrepancy mmd)
    implements VaeModel {
  static final Member<VaeModel> MEMBER =
      new Member<>(
          "wae",
          "Wasserstein autoencoder with an MMD penalty",
          "Tolstikhin et al. 2018, arXiv:1711.01558",
          List.of(
              new HyperParameter.Real(
                  "reg-weight",
                  100,
                  Range.NOT_NEGATIVE,
                  "factor of the MMD; the paper has 10 and 100"),
              MaximumMeanDiscrepancy.KERNEL,
              MaximumMeanDiscrepancy.LATENT_VARIANCE,
              Compatibility.SETTING),
          settings ->
              new WassersteinAutoencoder(
                  settings.real("reg-weight"), MaximumMeanDiscrepancy.of(settings)));

  @Override
  public Terms loss(Batch batch, Networks networks, Objective objective) {
    Tensor z = networks.encode(batch.x()).mu(); // (batch, latent)
    Tensor prior = batch.noise().normal(Noise.PRIOR, z.shape()); // (batch, latent)
    Tensor error = objective.error(networks, z, batch.x()).mean();
    Tensor discrepancy = mmd.between(prior, z, networks);
    return Terms.of(error.plus(discrepancy.times(regWeight)), error).with("mmd", discrepancy);
  }

  @Override
  public long elementsBeforeOutput(long batch, NetworkShape shape, GenePath.Kind path) {
    return mmd.elements(batch, shape, path);
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
