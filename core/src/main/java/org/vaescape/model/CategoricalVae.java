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
/// As the code of Eltager et al. 2023 has it (doi:10.1371/journal.pone.0292126, `compat: eltager`),
/// there is one variable, whose categories are the latent units, so that the decoder sees `latent`
/// numbers that sum to 1. The temperature stays where it starts, samples are relaxed outside of
/// training too, and the prior gives each category 1 / `categories`, however many there are:
///
/// ```
/// loss = MSE of the relaxed sample + w (KL(q(c|x) || uniform) + log(categories / latent))
/// ```
///
/// The logarithm is a constant, which moves no weight and no stop; the term `kl` goes without it.
///
/// @param categories of each variable, at least 2; in the form of Eltager et al. of the prior alone
public record CategoricalVae(int categories, Temperature temperature, boolean likeEltager)
    implements VaeModel {
  static final HyperParameter.Count CATEGORIES =
      new HyperParameter.Count("categories", 10, 2, "of each categorical variable");

  private static final String ELTAGER = "eltager";

  private static final HyperParameter COMPAT =
      new HyperParameter.Choice(
          "compat",
          "none",
          List.of("none", ELTAGER),
          "form of the model: none is the paper's; eltager has one variable, whose categories are"
              + " the latent units, as the code of Eltager et al. 2023 has it");

  static final Member<VaeModel> MEMBER =
      new Member<>(
          "cat-vae",
          "VAE of categorical variables with the Gumbel-softmax relaxation",
          "Jang, Gu and Poole 2017, arXiv:1611.01144; Maddison, Mnih and Teh 2017, arXiv:1611.00712",
          List.of(
              CATEGORIES,
              Temperature.SETTINGS.get(0),
              Temperature.SETTINGS.get(1),
              Temperature.SETTINGS.get(2),
              COMPAT),
          CategoricalVae::new);

  public CategoricalVae {
    if (likeEltager) {
      temperature = Temperature.constant(temperature.start());
    }
  }

  private CategoricalVae(Settings settings) {
    this(
        settings.count(CATEGORIES.name()),
        isEltager(settings) ? Temperature.constantOf(settings) : Temperature.of(settings),
        isEltager(settings));
  }

  private static boolean isEltager(Settings settings) {
    return settings.choice(COMPAT.name()).equals(ELTAGER);
  }

  @Override
  public Terms loss(Batch batch, Networks networks, Objective objective) {
    Categorical q = variables(batch.x(), networks);
    Tensor eps = batch.noise().normal(Noise.EPSILON, q.logits().shape());
    Tensor z = q.relaxed(eps, temperature.at(batch.step())); // (batch, code)
    Tensor error = objective.error(networks, z, batch.x()).mean();
    Tensor kl = q.klByUnit();
    Tensor weighed = objective.weighedKl(kl);
    if (likeEltager) {
      double ofPrior = StrictMath.log((double) categories / q.logits().size(2));
      weighed = weighed.plus(objective.klWeight() * ofPrior);
    }
    return Terms.of(error.plus(weighed), error).withKl(kl);
  }

  @Override
  public Latent.OfUnits latent(Tensor x, Networks networks) {
    Categorical q = variables(x, networks);
    return likeEltager ? new Relaxed(q, temperature.start()) : q;
  }

  private Categorical variables(Tensor x, Networks networks) {
    Tensor logits = networks.encode(x).mu();
    long each = likeEltager ? logits.size(1) : categories;
    return new Categorical(logits.reshape(logits.size(0), logits.size(1) / each, each));
  }

  /// Variables whose samples are relaxed.
  private record Relaxed(Categorical variables, double temperature) implements Latent.OfUnits {
    @Override
    public Tensor mean() {
      return variables.mean();
    }

    @Override
    public Tensor sample(Noise noise) {
      return variables.relaxed(
          noise.normal(Noise.EPSILON, variables.logits().shape()), temperature);
    }

    @Override
    public Draw draw(Noise noise) {
      return variables.drawRelaxed(
          noise.normal(Noise.EPSILON, variables.logits().shape()), temperature);
    }

    /// That of the categories is too small: what is relaxed away of a sample tells something too.
    @Override
    public Tensor kl(Draw draw) {
      return draw.logRatio();
    }

    @Override
    public List<Latent> kinds() {
      return List.of(variables);
    }

    @Override
    public Tensor klByUnit() {
      return variables.klByUnit();
    }
  }

  @Override
  public Heads heads(int latent) {
    int code = likeEltager ? latent : Math.multiplyExact(latent, categories);
    return new Heads(code, 0, code);
  }

  /// Logits, the noise on its way to Gumbel's, the relaxed sample, five steps of the KL, gradients.
  @Override
  public long latentElements(long batch, int latent) {
    return 16 * batch * heads(latent).code();
  }

  /// The prior has no part in the loss then, so that all of them are one.
  @Override
  public CategoricalVae withoutKl() {
    return likeEltager ? new CategoricalVae(2, temperature, true) : this;
  }

  @Override
  public double klFactor() {
    return 1;
  }
}
