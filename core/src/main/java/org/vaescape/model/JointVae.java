package org.vaescape.model;

import java.util.List;
import org.vaescape.engine.Tensor;
import org.vaescape.search.HyperParameter;
import org.vaescape.search.Member;
import org.vaescape.search.Range;
import org.vaescape.search.Settings;

/// The JointVAE (Dupont 2018, arXiv:1804.00104, equation 7): Gaussian units z and categorical
/// variables c, whose KLs are held at capacities that grow while training goes on.
///
/// ```
/// loss = MSE + w gamma (|KL(z) - C_z| + |KL(c) - C_c|),   C = capacity x min(1, step / steps)
/// ```
///
/// `latent` counts the Gaussian units. The head `mu` gives their means and then the logits of the
/// variables; the decoder sees units and variables side by side. Samples of c are relaxed in the
/// loss, as in [CategoricalVae]. C_c stays below all that the variables can tell, as in the
/// author's program.
///
/// @param discrete categorical variables, at least 1
/// @param categories of each variable, at least 2
/// @param gamma how hard the KLs are held there, at least 0
/// @param capacity C_z at the end, in nats
/// @param discreteCapacity C_c at the end, in nats
/// @param steps training steps until then
public record JointVae(
    int discrete,
    int categories,
    double gamma,
    double capacity,
    double discreteCapacity,
    int steps,
    Temperature temperature)
    implements VaeModel {

  static final Member<VaeModel> MEMBER =
      new Member<>(
          "joint-vae",
          "VAE of Gaussian units and categorical variables with capacities",
          "Dupont 2018, arXiv:1804.00104",
          List.of(
              new HyperParameter.Count(
                  "discrete", 1, 1, "categorical variables beside the Gaussian units"),
              CategoricalVae.CATEGORIES,
              new HyperParameter.Real(
                  "gamma", 30, Range.NOT_NEGATIVE, "factor of |KL - C|, the paper's value"),
              new HyperParameter.Real(
                  "capacity",
                  25,
                  Range.NOT_NEGATIVE,
                  "of the units at the end in nats; the paper has 5 to 50"),
              new HyperParameter.Real(
                  "discrete-capacity",
                  2,
                  Range.NOT_NEGATIVE,
                  "of the variables at the end in nats; ten categories tell 2.3"),
              new HyperParameter.Count(
                  "steps",
                  1000,
                  1,
                  "training steps until then; the paper's 25000 are of 100 epochs"),
              Temperature.SETTINGS.get(0),
              Temperature.SETTINGS.get(1),
              Temperature.SETTINGS.get(2)),
          JointVae::new);

  public JointVae {
    if (gamma == 0) {
      capacity = 0;
      discreteCapacity = 0;
    }
    if (capacity == 0 && discreteCapacity == 0) {
      steps = 1;
    }
  }

  private JointVae(Settings settings) {
    this(
        settings.count("discrete"),
        settings.count(CategoricalVae.CATEGORIES.name()),
        settings.real("gamma"),
        settings.real("capacity"),
        settings.real("discrete-capacity"),
        settings.count("steps"),
        Temperature.of(settings));
  }

  /// Both kinds of latent, in the decoder's order.
  public record Joint(Posterior units, Categorical variables) implements Latent.OfUnits {
    @Override
    public Tensor mean() {
      return Tensor.sideBySide(units.mean(), variables.mean());
    }

    @Override
    public Tensor sample(Noise noise) {
      Tensor[] eps = split(noise);
      return Tensor.sideBySide(units.sample(eps[0]), variables.sample(eps[1]));
    }

    @Override
    public Draw draw(Noise noise) {
      Tensor[] eps = split(noise);
      Draw ofUnits = units.draw(eps[0]);
      Draw ofVariables = variables.draw(eps[1]);
      return new Draw(
          Tensor.sideBySide(ofUnits.z(), ofVariables.z()),
          ofUnits.logRatio().plus(ofVariables.logRatio()));
    }

    @Override
    public List<Latent> kinds() {
      return List.of(units, variables);
    }

    Tensor relaxed(Noise noise, double temperature) {
      Tensor[] eps = split(noise);
      return Tensor.sideBySide(units.sample(eps[0]), variables.relaxed(eps[1], temperature));
    }

    /// One draw for both, so that they are independent of each other.
    private Tensor[] split(Noise noise) {
      long rows = units.mu().size(0);
      long latent = units.mu().size(1);
      long[] shape = variables.logits().shape();
      Tensor eps = noise.normal(Noise.EPSILON, rows, latent + shape[1] * shape[2]);
      return new Tensor[] {eps.columns(0, latent), eps.columns(latent, eps.size(1)).reshape(shape)};
    }

    @Override
    public Tensor klByUnit() {
      return Tensor.sideBySide(units.klByUnit(), variables.klByUnit());
    }
  }

  @Override
  public Terms loss(Batch batch, Networks networks, Objective objective) {
    Joint q = latent(batch.x(), networks);
    Tensor z = q.relaxed(batch.noise(), temperature.at(batch.step())); // (batch, code)
    Tensor error = objective.error(networks, z, batch.x()).mean();
    double grown = Math.min(1, (double) batch.step() / steps);
    Tensor ofUnits = q.units().klByUnit().sum(1).mean();
    Tensor ofVariables = q.variables().klByUnit().sum(1).mean();
    double most = discrete * StrictMath.log(categories);
    Tensor distance =
        ofUnits
            .plus(-grown * capacity)
            .abs()
            .plus(ofVariables.plus(-Math.min(grown * discreteCapacity, most)).abs());
    return Terms.of(error.plus(distance.times(gamma * objective.klWeight())), error)
        .withKl(q.klByUnit())
        .with("kl_discrete", ofVariables);
  }

  @Override
  public Joint latent(Tensor x, Networks networks) {
    Posterior q = networks.encode(x);
    long latent = q.logvar().size(1);
    Tensor logits = q.mu().columns(latent, q.mu().size(1));
    return new Joint(
        new Posterior(q.mu().columns(0, latent), q.logvar()),
        new Categorical(logits.reshape(logits.size(0), discrete, categories)));
  }

  @Override
  public Heads heads(int latent) {
    int code = Math.addExact(latent, Math.multiplyExact(discrete, categories));
    return new Heads(code, latent, code);
  }

  /// The capacities say how much of the KL is free.
  @Override
  public void check(Objective objective) {
    objective.refuseFreeBits("joint-vae", "whose capacities say what is free");
  }

  @Override
  public boolean weighsKl() {
    return gamma > 0;
  }

  @Override
  public JointVae withoutKl() {
    return new JointVae(discrete, categories, 0, 0, 0, 1, temperature);
  }

  /// As of a Gaussian; the noise, the means and the sample are cut or joined, each with a copy and
  /// its gradient.
  @Override
  public long latentElements(long batch, int latent) {
    return 27 * batch * heads(latent).code();
  }

  /// The KL has no weight of its own: below the capacity it is pushed up.
  @Override
  public double klFactor() {
    return Double.NaN;
  }
}
