package org.vaescape.model;

import java.util.List;
import org.vaescape.engine.Tensor;
import org.vaescape.search.HyperParameter;
import org.vaescape.search.Member;
import org.vaescape.search.Range;
import org.vaescape.search.Settings;

/// The FactorVAE (Kim and Mnih 2018, arXiv:1802.05983, equation 2 and algorithm 2): a VAE that pays
/// for the total correlation of its latent units, told by a discriminator D.
///
/// ```
/// loss = MSE + w (KL + gamma TC),   TC = mean of log D(z) / (1 - D(z)),   z ~ q(z|x)
/// loss of D = -(mean of log D(z) + mean of log(1 - D(z'))) / 2
/// ```
///
/// In z' each unit comes from a row of its own, so that units are independent. The paper permutes a
/// second batch; here it is the same one, which has the same expectation and costs no data.
///
/// @param gamma weight of the total correlation beside the KL, at least 0
/// @param discriminator D
/// @param adversaryRate learning rate of D as a factor of the model's
public record FactorVae(double gamma, Discriminator discriminator, double adversaryRate)
    implements Adversarial {
  private static final String PERMUTATION = "permutation";

  static final Member<VaeModel> MEMBER =
      new Member<>(
          "factor-vae",
          "VAE whose latent units a discriminator keeps independent",
          "Kim and Mnih 2018, arXiv:1802.05983",
          List.of(
              new HyperParameter.Real(
                  "gamma",
                  10,
                  Range.NOT_NEGATIVE,
                  "weight of the total correlation beside the KL; the paper has 10 to 100"),
              Discriminator.SETTING,
              Adversarial.RATE),
          FactorVae::new);

  private FactorVae(Settings settings) {
    this(
        settings.real("gamma"),
        Discriminator.of(settings.value(Discriminator.SETTING.name())),
        settings.real(Adversarial.RATE.name()));
  }

  @Override
  public Terms loss(Batch batch, Networks networks, Objective objective) {
    Posterior q = networks.encode(batch.x()); // (batch, latent)
    Tensor z = q.sample(batch.noise()); // (batch, latent)
    Tensor error = objective.error(networks, z, batch.x()).mean();
    Tensor kl = q.klByUnit();
    Tensor correlation = discriminator.logOdds(networks, z).mean();
    Tensor loss =
        error.plus(objective.weighedKl(kl)).plus(correlation.times(objective.klWeight() * gamma));
    return Terms.of(loss, error).withKl(kl).with("total_correlation", correlation);
  }

  @Override
  public Tensor adversaryLoss(Batch batch, Networks networks, Objective objective) {
    Tensor z = networks.encode(batch.x()).sample(batch.noise()).detach(); // (batch, latent)
    Tensor keys = batch.noise().normal(PERMUTATION, z.shape());
    return discriminator.loss(networks, z, z.columnsInOrderOf(keys));
  }

  @Override
  public List<Extra> extras(NetworkShape shape) {
    return discriminator.extras(shape.latent());
  }

  @Override
  public long ownElements(long batch, NetworkShape shape) {
    // The permuted codes, with the order of their rows as whole numbers of 64 bits, and gradients.
    return discriminator.elements(batch) + 6 * batch * shape.latent();
  }

  @Override
  public FactorVae withoutKl() {
    return new FactorVae(0, discriminator, adversaryRate);
  }

  /// Without the total correlation, which has no counterpart in a Gaussian decoder.
  @Override
  public double klFactor() {
    return 1;
  }
}
