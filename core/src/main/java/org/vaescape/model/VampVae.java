package org.vaescape.model;

import java.util.List;
import java.util.OptionalDouble;
import org.vaescape.engine.DType;
import org.vaescape.engine.Tensor;
import org.vaescape.search.HyperParameter;
import org.vaescape.search.Member;
import org.vaescape.search.Settings;

/// The VAE with a variational mixture of posteriors as its prior (VampPrior: Tomczak and Welling
/// 2018, arXiv:1705.07120, equation 9), which is the mean of what the encoder says of K trained
/// pseudo-inputs u:
///
/// ```
/// loss = MSE + w mean of (log q(z|x) - log p(z)),   p(z) = (1/K) sum_k q(z|u_k),   z ~ q(z|x)
/// ```
///
/// The KL is that estimate from one draw, since a mixture has no closed form; it does not fall
/// apart into units. Pseudo-inputs go through the output's activation, so that they stay where data
/// can be, and through the encoder together with the batch, so that one normalisation holds for
/// both.
///
/// @param components K, at least 1
public record VampVae(int components) implements VaeModel {
  static final String PSEUDO_INPUTS = "pseudo_inputs";

  static final Member<VaeModel> MEMBER =
      new Member<>(
          "vamp-vae",
          "VAE whose prior is a mixture of posteriors of trained pseudo-inputs",
          "Tomczak and Welling 2018, arXiv:1705.07120",
          List.of(
              new HyperParameter.Count(
                  "components", 50, 1, "pseudo-inputs; the paper's 500 are for 50000 images")),
          VampVae::new);

  private VampVae(Settings settings) {
    this(settings.count("components"));
  }

  /// What the encoder says of rows, and of the pseudo-inputs beside them.
  ///
  /// @param q of the rows
  /// @param components of the pseudo-inputs
  public record WithPrior(Posterior q, Posterior components) implements Latent.Distribution {
    @Override
    public Tensor mean() {
      return q.mean();
    }

    @Override
    public Tensor sample(Noise noise) {
      return q.sample(noise);
    }

    @Override
    public Draw draw(Noise noise) {
      Tensor eps = noise.normal(Noise.EPSILON, q.mu().shape());
      return new Draw(q.sample(eps), logRatio(eps).as(DType.FLOAT64));
    }

    @Override
    public List<Latent> kinds() {
      return List.of(q);
    }

    /// log q(z|x) - log p(z) of z = mu + sigma eps, without the constant that both have.
    ///
    /// @param eps (batch, latent)
    /// @return (batch)
    Tensor logRatio(Tensor eps) {
      Tensor z = q.sample(eps).unsqueeze(1); // (batch, 1, latent)
      Tensor own = q.logvar().plus(eps.square()).sum(1).times(-0.5); // (batch)
      Tensor byComponent =
          z.minus(components.mu())
              .square()
              .times(components.logvar().times(-1).exp())
              .plus(components.logvar())
              .sum(2)
              .times(-0.5); // (batch, components)
      return own.minus(byComponent.logSumExp(1))
          .plus(StrictMath.log((double) components.mu().size(0)));
    }
  }

  @Override
  public Terms loss(Batch batch, Networks networks, Objective objective) {
    WithPrior latent = latent(batch.x(), networks);
    Tensor eps = batch.noise().normal(Noise.EPSILON, latent.q().mu().shape());
    Tensor z = latent.q().sample(eps); // (batch, latent)
    Tensor error = objective.error(networks, z, batch.x()).mean();
    Tensor kl = latent.logRatio(eps).unsqueeze(1); // (batch, 1)
    return Terms.of(error.plus(objective.weighedKl(kl)), error).withKl(kl);
  }

  @Override
  public WithPrior latent(Tensor x, Networks networks) {
    Tensor pseudo = networks.asData(networks.extra(PSEUDO_INPUTS)); // (components, genes)
    Posterior both = networks.encode(Tensor.stacked(x, pseudo));
    long rows = x.size(0);
    long all = both.mu().size(0);
    return new WithPrior(
        new Posterior(both.mu().rows(0, rows), both.logvar().rows(0, rows)),
        new Posterior(both.mu().rows(rows, all), both.logvar().rows(rows, all)));
  }

  /// They start apart from each other, or they would stay alike for good.
  @Override
  public List<Extra> extras(NetworkShape shape) {
    return List.of(
        new Extra.Values(
            PSEUDO_INPUTS, List.of(components, shape.genes()), 1, OptionalDouble.empty()));
  }

  @Override
  public void check(Objective objective) {
    objective.refuseFreeBits("vamp-vae", "whose KL is not a sum over units");
  }

  /// Distances from the components, and what the encoder holds of the pseudo-inputs.
  @Override
  public long ownElements(long batch, NetworkShape shape) {
    long hidden = shape.hidden().stream().mapToLong(Integer::longValue).sum();
    return 8 * batch * components * shape.latent()
        + components * (4 * hidden + 3L * shape.genes())
        + batch * shape.genes();
  }

  @Override
  public double klFactor() {
    return 1;
  }
}
