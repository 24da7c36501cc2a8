package org.vaescape.model;

import java.util.List;
import org.vaescape.engine.Tensor;
import org.vaescape.search.HyperParameter;
import org.vaescape.search.Member;
import org.vaescape.search.Range;
import org.vaescape.search.Settings;

/// The InfoVAE, also called MMD-VAE (Zhao, Song and Ermon 2019, arXiv:1706.02262, equation 6), with
/// the scale of the reconstruction as the study's code base has it.
///
/// ```
/// loss = beta MSE + (1 - alpha) w KL + (alpha + reg - 1) MMD(z, p),   p ~ N(0, I)
/// ```
///
/// @param alpha weight of mutual information, at most 1
/// @param beta factor of the reconstruction, above 0
/// @param regWeight the paper's lambda; the factor of the MMD, alpha + reg - 1, must not be
///   negative
/// @param mmd estimate of the maximum mean discrepancy
public record InfoVae(double alpha, double beta, double regWeight, MaximumMeanDiscrepancy mmd)
    implements VaeModel {
  static final Member<VaeModel> MEMBER =
      new Member<>(
          "infovae",
          "information-maximising variational autoencoder with an MMD term",
          "Zhao, Song and Ermon 2019, arXiv:1706.02262",
          List.of(
              new HyperParameter.Real(
                  "alpha", -9, Range.atMost(1), "weight of mutual information, the study's value"),
              new HyperParameter.Real(
                  "beta", 10.5, Range.POSITIVE, "factor of the reconstruction, the study's value"),
              new HyperParameter.Real(
                  "reg-weight",
                  110,
                  Range.NOT_NEGATIVE,
                  "lambda, the study's value; the MMD's factor is alpha + it - 1"),
              MaximumMeanDiscrepancy.KERNEL,
              MaximumMeanDiscrepancy.LATENT_VARIANCE,
              Compatibility.SETTING),
          InfoVae::new);

  public InfoVae {
    if (alpha + regWeight - 1 < 0) {
      throw new IllegalArgumentException(
          "reg-weight must be at least 1 - alpha, or the MMD would be maximised, but was %s at alpha %s"
              .formatted(regWeight, alpha));
    }
  }

  private InfoVae(Settings settings) {
    this(
        settings.real("alpha"),
        settings.real("beta"),
        settings.real("reg-weight"),
        MaximumMeanDiscrepancy.of(settings));
  }

  @Override
  public Terms loss(Batch batch, Networks networks, Objective objective) {
    Posterior q = networks.encode(batch.x()); // (batch, latent)
    Tensor z = q.sample(batch.noise()); // (batch, latent)
    Tensor prior = batch.noise().normal(Noise.PRIOR, q.mu().shape()); // (batch, latent)
    Tensor error = objective.error(networks, z, batch.x()).mean();
    Tensor kl = q.klByUnit();
    Tensor discrepancy = mmd.between(prior, z, networks);
    Tensor loss =
        error
            .times(beta)
            .plus(objective.weighedKl(kl).times(1 - alpha))
            .plus(discrepancy.times(alpha + regWeight - 1));
    return Terms.of(loss, error).withKl(kl).with("mmd", discrepancy);
  }

  @Override
  public long elementsBeforeOutput(long batch, NetworkShape shape, GenePath.Kind path) {
    return mmd.elements(batch, shape, path);
  }

  @Override
  public boolean weighsKl() {
    return alpha < 1;
  }

  /// Without the MMD, which has no counterpart in a Gaussian decoder.
  @Override
  public double klFactor() {
    return (1 - alpha) / beta;
  }
}
