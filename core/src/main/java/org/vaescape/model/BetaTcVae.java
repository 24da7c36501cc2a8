package org.vaescape.model;

import java.util.Arrays;
import java.util.List;
import org.vaescape.engine.Tensor;
import org.vaescape.search.HyperParameter;
import org.vaescape.search.Member;
import org.vaescape.search.Range;
import org.vaescape.search.Settings;

/// The beta-TCVAE (Chen et al. 2018, arXiv:1802.04942, equation 4): the KL as the sum of three
/// parts, weighed apart.
///
/// ```
/// loss = MSE + w (alpha MI + beta TC + gamma DKL)
/// MI  = mean of log q(z|x) - log q(z)
/// TC  = mean of log q(z) - sum over units of log q(z_k)
/// DKL = mean of sum over units of log q(z_k) - log p(z)
/// ```
///
/// q(z) and q(z_k), averages over the training samples, are estimated from the batch (appendix C.1,
/// minibatch stratified sampling): the batch's rows stand for all samples, with the weights of
/// [Weighting]. At alpha = beta = gamma = 1 those estimates cancel, and what is left is the
/// evidence bound.
///
/// As the study's code base has it (AntixK/PyTorch-VAE, `compat: pytorch-vae`), the reconstruction
/// is the sum over genes, w is 1, and the logarithm of the weights is added to log q(z) once for
/// each latent unit, with the weighting `columns` whatever is asked for.
///
/// @param alpha factor of the mutual information, at least 0
/// @param beta factor of the total correlation, at least 0
/// @param gamma factor of the divergence of single units, at least 0
/// @param annealSteps training steps over which gamma grows to its value; 0 for none
public record BetaTcVae(
    double alpha,
    double beta,
    double gamma,
    int annealSteps,
    Weighting weighting,
    boolean likePytorchVae)
    implements VaeModel {
  /// Tensors of batch x batch x latent that a step holds at once.
  private static final int PAIR_TENSORS = 6;

  static final Member<VaeModel> MEMBER =
      new Member<>(
          "beta-tcvae",
          "variational autoencoder with a factor before the total correlation",
          "Chen et al. 2018, arXiv:1802.04942",
          List.of(
              new HyperParameter.Real(
                  "alpha", 1, Range.NOT_NEGATIVE, "factor of the mutual information"),
              new HyperParameter.Real(
                  "beta", 6, Range.NOT_NEGATIVE, "factor of the total correlation, the paper's"),
              new HyperParameter.Real(
                  "gamma", 1, Range.NOT_NEGATIVE, "factor of the divergence of single units"),
              new HyperParameter.Count(
                  "anneal-steps", 0, 0, "training steps over which gamma grows; 0 for none"),
              new HyperParameter.Choice(
                  "weighting",
                  "diagonal",
                  List.of("diagonal", "columns"),
                  "of the batch's rows: the paper's, or as its code and others fill the matrix"),
              Compatibility.SETTING),
          BetaTcVae::new);

  public BetaTcVae {
    if (gamma == 0) {
      annealSteps = 0;
    }
    if (likePytorchVae) {
      weighting = Weighting.COLUMNS;
    }
  }

  private BetaTcVae(Settings settings) {
    this(
        settings.real("alpha"),
        settings.real("beta"),
        settings.real("gamma"),
        settings.count("anneal-steps"),
        settings.choice("weighting").equals("diagonal") ? Weighting.DIAGONAL : Weighting.COLUMNS,
        Compatibility.isPytorchVae(settings));
  }

  /// How much row j of the batch counts in the density of the sample of row i. Of N training
  /// samples, M + 1 are in the batch.
  public enum Weighting {
    /// The row itself counts 1/N, the next one (N - M)/(N M), all others 1/M.
    DIAGONAL {
      @Override
      double of(int i, int j, int rows, double samples) {
        return j == i
            ? 1 / samples
            : j == (i + 1) % rows ? stratum(rows, samples) : 1.0 / (rows - 1);
      }
    },
    /// As the paper's code fills the matrix: the first and the second row stand where the row
    /// itself and the next one should.
    COLUMNS {
      @Override
      double of(int i, int j, int rows, double samples) {
        boolean second = j == 1 || (j == 0 && i == rows - 2);
        return second ? stratum(rows, samples) : j == 0 ? 1 / samples : 1.0 / (rows - 1);
      }
    };

    abstract double of(int i, int j, int rows, double samples);

    private static double stratum(int rows, double samples) {
      double others = rows - 1;
      return (samples - others) / (samples * others);
    }

    /// Logarithms of the weights, (rows, rows). A batch of one row is its own density.
    Tensor logarithms(Tensor like, int rows, int trainingSamples) {
      double samples = Math.max(trainingSamples, rows);
      double[] logarithms = new double[rows * rows];
      Arrays.setAll(
          logarithms,
          at -> rows == 1 ? 0 : StrictMath.log(of(at / rows, at % rows, rows, samples)));
      return Tensor.of(like.type(), logarithms, rows, rows).on(like.device());
    }
  }

  @Override
  public Terms loss(Batch batch, Networks networks, Objective objective) {
    Posterior q = networks.encode(batch.x()); // (batch, latent)
    Tensor z = q.sample(batch.noise()); // (batch, latent)
    Objective scale = likePytorchVae ? objective.inSums() : objective;
    Tensor error = scale.error(networks, z, batch.x()).mean();
    Parts parts = parts(q, z, objective.trainingSamples());
    double growth =
        batch.training() && annealSteps > 0 ? Math.min(1, (double) batch.step() / annealSteps) : 1;
    Tensor divergence =
        parts
            .information
            .times(alpha)
            .plus(parts.correlation.times(beta))
            .plus(parts.units.times(gamma * growth));
    double weight = likePytorchVae ? 1 : objective.klWeight();
    return Terms.of(error.plus(divergence.times(weight)), error)
        .withKl(q.klByUnit())
        .with("mi", parts.information)
        .with("tc", parts.correlation)
        .with("dim_kl", parts.units);
  }

  /// The three parts of the KL, scalars.
  record Parts(Tensor information, Tensor correlation, Tensor units) {}

  Parts parts(Posterior q, Tensor z, int trainingSamples) {
    int rows = Math.toIntExact(z.size(0));
    Tensor weights = weighting.logarithms(z, rows, trainingSamples); // (batch, batch)
    Tensor ofRow = logDensity(z, q.mu(), q.logvar()).sum(1); // (batch) log q(z|x)
    Tensor ofPrior = z.square().plus(LOG_2_PI).times(-0.5).sum(1); // (batch) log p(z)
    Tensor joint; // (batch) log q(z)
    Tensor product; // (batch) sum over units of log q(z_k)
    try (Tensor pairs = logDensity(z.unsqueeze(1), q.mu().unsqueeze(0), q.logvar().unsqueeze(0))) {
      // (batch, batch, latent): sample i under the Gaussian of row j
      double counted = likePytorchVae ? z.size(1) : 1;
      joint = pairs.sum(2).plus(weights.times(counted)).logSumExp(1);
      try (Tensor weighed = pairs.plus(weights.unsqueeze(2))) {
        product = weighed.logSumExp(1).sum(1);
      }
    }
    return new Parts(
        ofRow.minus(joint).mean(), joint.minus(product).mean(), product.minus(ofPrior).mean());
  }

  private static final double LOG_2_PI = StrictMath.log(2 * Math.PI);

  /// log N(z; mu, exp(logvar)), element by element.
  private static Tensor logDensity(Tensor z, Tensor mu, Tensor logvar) {
    try (Tensor distance = z.minus(mu);
        Tensor standard = distance.times(logvar.times(-0.5).exp());
        Tensor squared = standard.square();
        Tensor sum = squared.plus(logvar.plus(LOG_2_PI))) {
      return sum.times(-0.5);
    }
  }

  /// Its KL is not taken unit by unit.
  @Override
  public void check(Objective objective) {
    objective.refuseFreeBits("beta-tcvae", "whose KL is not a sum over units");
  }

  @Override
  public long ownElements(long batch, NetworkShape shape) {
    return batch * batch * shape.latent() * PAIR_TENSORS;
  }

  @Override
  public boolean weighsKl() {
    return !likePytorchVae && (alpha > 0 || beta > 0 || gamma > 0);
  }

  @Override
  public BetaTcVae withoutKl() {
    return likePytorchVae ? this : new BetaTcVae(0, 0, 0, 0, weighting, false);
  }

  @Override
  public boolean followsObjective() {
    return !likePytorchVae;
  }

  /// Of a unit that is independent of the others: what is correlated costs more or less by beta.
  @Override
  public double klFactor() {
    return likePytorchVae ? Double.NaN : Math.min(alpha, gamma);
  }
}
