package org.vaescape.model;

import java.util.List;
import org.vaescape.engine.Tensor;
import org.vaescape.search.HyperParameter;
import org.vaescape.search.Member;
import org.vaescape.search.Range;
import org.vaescape.search.Settings;

/// The adversarial autoencoder (Makhzani et al. 2016, arXiv:1511.05644): a discriminator D tells
/// codes from draws of the prior, and the encoder learns to be taken for the prior.
///
/// ```
/// loss = MSE + reg mean of -log D(z)
/// loss of D = -(mean of log D(p) + mean of log(1 - D(z))) / 2,   p ~ N(0, I)
/// ```
///
/// The paper's two phases of a model's step, reconstruction and regularisation, are one step here,
/// and `reg` says what they weigh beside each other.
///
/// @param gaussian whether z is drawn from the encoder's Gaussian, or is its mean (section 2 of the
///   paper, which mostly takes the mean)
/// @param regWeight units of reconstruction per nat, at least 0
/// @param discriminator D
/// @param adversaryRate learning rate of D as a factor of the model's
public record AdversarialAutoencoder(
    boolean gaussian, double regWeight, Discriminator discriminator, double adversaryRate)
    implements Adversarial {
  private static final String GAUSSIAN = "gaussian";

  static final Member<VaeModel> MEMBER =
      new Member<>(
          "aae",
          "autoencoder whose codes a discriminator holds to the prior",
          "Makhzani, Shlens, Jaitly, Goodfellow and Frey 2016, arXiv:1511.05644",
          List.of(
              new HyperParameter.Choice(
                  "encoder",
                  "deterministic",
                  List.of("deterministic", GAUSSIAN),
                  "the code is a point, or drawn from a Gaussian"),
              new HyperParameter.Real(
                  "reg-weight",
                  1e-3,
                  Range.NOT_NEGATIVE,
                  "of the adversarial term, in units of reconstruction per nat, as a KL weight"),
              Discriminator.SETTING,
              Adversarial.RATE),
          AdversarialAutoencoder::new);

  private AdversarialAutoencoder(Settings settings) {
    this(
        settings.choice("encoder").equals(GAUSSIAN),
        settings.real("reg-weight"),
        Discriminator.of(settings.value(Discriminator.SETTING.name())),
        settings.real(Adversarial.RATE.name()));
  }

  @Override
  public Terms loss(Batch batch, Networks networks, Objective objective) {
    Posterior q = networks.encode(batch.x()); // (batch, latent)
    Tensor z = code(q, batch.noise()); // (batch, latent)
    Tensor error = objective.error(networks, z, batch.x()).mean();
    Tensor unlike = Discriminator.minusLogFirst(discriminator.logOdds(networks, z));
    Terms terms = Terms.of(error.plus(unlike.times(regWeight)), error).with("adversarial", unlike);
    return gaussian ? terms.withKl(q.klByUnit()) : terms;
  }

  @Override
  public Tensor adversaryLoss(Batch batch, Networks networks, Objective objective) {
    Tensor z = code(networks.encode(batch.x()), batch.noise()).detach(); // (batch, latent)
    Tensor prior = batch.noise().normal(Noise.PRIOR, z.shape()); // (batch, latent)
    return discriminator.loss(networks, prior, z);
  }

  private Tensor code(Posterior q, Noise noise) {
    return gaussian ? q.sample(noise) : q.mu();
  }

  @Override
  public List<Extra> extras(NetworkShape shape) {
    return discriminator.extras(shape.latent());
  }

  @Override
  public long ownElements(long batch, NetworkShape shape) {
    // Draws of the prior, the code once more, and gradients of both.
    return discriminator.elements(batch) + 4 * batch * shape.latent();
  }

  @Override
  public boolean hasPosterior() {
    return gaussian;
  }

  @Override
  public boolean weighsKl() {
    return false;
  }

  /// NaN: the KL is measured where there is one, but no part of the loss.
  @Override
  public double klFactor() {
    return Double.NaN;
  }
}
