package org.vaescape.model;

import java.util.List;
import org.vaescape.engine.Tensor;
import org.vaescape.search.HyperParameter;
import org.vaescape.search.Member;
import org.vaescape.search.Settings;

/// The VAE of categorical latent variables with the Gumbel-softmax, or concrete, relaxation (Jang,
/// Gu and Poole 2017, arXiv:1611.01144; Maddison, Mnih and Teh 2017, arXiv:1611.00712).
///
/// ```
/// loss = MSE of the relaxed sample + w KL(q(c|x) || uniform)
/// ```
///
/// `latent` counts the variables; their logits are the outputs of the head `mu`, and there is no
/// head `logvar`. Outcomes decode the probabilities as the mean, and whole categories as samples.
/// Where validation asks for the mean, its loss decodes softmax(logits / temperature).
///
/// @param categories of each variable, at least 2
public record CategoricalVae(int categories, Temperature temperature) implements VaeModel {
  static final HyperParameter.Count CATEGORIES =
      new HyperParameter.Count("categories", 10, 2, "of each categorical variable");

  static final Member<VaeModel> MEMBER =
      new Member<>(
          "cat-vae",
          "VAE of categorical variables with the Gumbel-softmax relaxation",
          "Jang, Gu and Poole 2017, arXiv:1611.01144; Maddison, Mnih and Teh 2017, arXiv:1611.00712",
          List.of(
              CATEGORIES,
              Temperature.SETTINGS.get(0),
              Temperature.SETTINGS.get(1),
              Temperature.SETTINGS.get(2)),
          CategoricalVae::new);

  private CategoricalVae(Settings settings) {
    this(settings.count(CATEGORIES.name()), Temperature.of(settings));
  }

  @Override
  public Terms loss(Batch batch, Networks networks, Objective objective) {
    Categorical q = latent(batch.x(), networks);
    Tensor eps = batch.noise().normal(Noise.EPSILON, q.logits().shape());
    Tensor z = q.relaxed(eps, temperature.at(batch.step())); // (batch, latent x categories)
    Tensor error = objective.error(networks, z, batch.x()).mean();
    Tensor kl = q.klByUnit();
    return Terms.of(error.plus(objective.weighedKl(kl)), error).withKl(kl);
  }

  @Override
  public Categorical latent(Tensor x, Networks networks) {
    Tensor logits = networks.encode(x).mu();
    return new Categorical(logits.reshape(logits.size(0), logits.size(1) / categories, categories));
  }

  @Override
  public Heads heads(int latent) {
    int code = Math.multiplyExact(latent, categories);
    return new Heads(code, 0, code);
  }

  /// Logits, the noise on its way to Gumbel's, the relaxed sample, five steps of the KL, gradients.
  @Override
  public long latentElements(long batch, int latent) {
    return 16 * batch * heads(latent).code();
  }

  @Override
  public double klFactor() {
    return 1;
  }
}
