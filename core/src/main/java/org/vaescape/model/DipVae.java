package org.vaescape.model;

import java.util.List;
import org.vaescape.engine.Tensor;
import org.vaescape.search.HyperParameter;
import org.vaescape.search.Member;
import org.vaescape.search.Range;
import org.vaescape.search.Settings;

/// The VAE with a disentangled inferred prior (Kumar, Sattigeri and Balakrishnan 2018,
/// arXiv:1711.00848, equations 6 and 7): the covariance C of the latent units over samples is held
/// to the identity.
///
/// ```
/// loss = MSE + w KL + offdiag sum_{i != j} C_ij^2 + diag sum_i (C_ii - 1)^2
/// C = Cov(mu) (DIP-I)  or  Cov(mu) + mean of diag(sigma^2) (DIP-II)
/// ```
///
/// with the covariance of the batch, divisor n. As the study's code base has it
/// (AntixK/PyTorch-VAE, `compat: pytorch-vae`), reconstruction and KL are sums over the batch, mu
/// is centred over units instead of samples, C is not divided by n, and the mean over i of sigma^4
/// of unit i in row i is added to every entry of C, whatever the form.
///
/// @param form of C
/// @param diagonal factor of the diagonal's penalty, at least 0
/// @param offDiagonal factor of the other entries' penalty, at least 0
public record DipVae(Form form, double diagonal, double offDiagonal, boolean likePytorchVae)
    implements VaeModel {
  static final Member<VaeModel> MEMBER =
      new Member<>(
          "dip-vae",
          "variational autoencoder with latent units held to be uncorrelated",
          "Kumar, Sattigeri and Balakrishnan 2018, arXiv:1711.00848",
          List.of(
              new HyperParameter.Choice(
                  "form", "i", List.of("i", "ii"), "covariance of the means, or of the samples"),
              new HyperParameter.Real(
                  "lambda-diag",
                  0.05,
                  Range.NOT_NEGATIVE,
                  "penalty of variances that are not 1, the code base's configuration; for form i the"
                      + " paper has 10 x lambda-offdiag"),
              new HyperParameter.Real(
                  "lambda-offdiag",
                  0.1,
                  Range.NOT_NEGATIVE,
                  "penalty of covariances, the code base's configuration"),
              Compatibility.SETTING),
          DipVae::new);

  public DipVae {
    if (likePytorchVae) {
      form = Form.I;
    }
  }

  private DipVae(Settings settings) {
    this(
        settings.choice("form").equals("i") ? Form.I : Form.II,
        settings.real("lambda-diag"),
        settings.real("lambda-offdiag"),
        Compatibility.isPytorchVae(settings));
  }

  /// Which covariance is held to the identity.
  public enum Form {
    /// That of the means.
    I,
    /// That of the samples.
    II
  }

  @Override
  public Terms loss(Batch batch, Networks networks, Objective objective) {
    Posterior q = networks.encode(batch.x()); // (batch, latent)
    Tensor z = q.sample(batch.noise()); // (batch, latent)
    Tensor kl = q.klByUnit();
    Tensor weighed = objective.weighedKl(kl);
    Tensor error;
    if (likePytorchVae) {
      error = objective.inSums().error(networks, z, batch.x()).sum();
      weighed = weighed.times((double) batch.size());
    } else {
      error = objective.error(networks, z, batch.x()).mean();
    }
    Tensor covariance = likePytorchVae ? misCentred(q) : covariance(q); // (latent, latent)
    Tensor variances = covariance.diagonal(); // (latent)
    Tensor onDiagonal = variances.plus(-1).square().sum();
    Tensor beside = covariance.minus(variances.diagonalMatrix()).square().sum();
    Tensor penalty = beside.times(offDiagonal).plus(onDiagonal.times(diagonal));
    return Terms.of(error.plus(weighed).plus(penalty), error)
        .withKl(kl)
        .with("dip_offdiag", beside)
        .with("dip_diag", onDiagonal)
        .with("dip", penalty);
  }

  private Tensor covariance(Posterior q) {
    Tensor centred = q.mu().minus(q.mu().mean(0));
    Tensor ofMeans = centred.transpose().matmul(centred).times(1.0 / q.mu().size(0));
    return switch (form) {
      case I -> ofMeans;
      case II -> ofMeans.plus(q.logvar().exp().mean(0).diagonalMatrix());
    };
  }

  private static Tensor misCentred(Posterior q) {
    Tensor centred = q.mu().minus(q.mu().mean(1).unsqueeze(1));
    Tensor spread = q.logvar().times(2).exp().diagonal().mean();
    return centred.transpose().matmul(centred).plus(spread);
  }

  @Override
  public boolean followsObjective() {
    return !likePytorchVae;
  }

  /// Centred means, their transpose and a gradient; the covariance, its parts beside and on the
  /// diagonal, and their gradients.
  @Override
  public long ownElements(long batch, NetworkShape shape) {
    return 3 * batch * shape.latent() + 5L * shape.latent() * shape.latent();
  }

  /// Without the penalty, which has no counterpart in a Gaussian decoder.
  @Override
  public double klFactor() {
    return likePytorchVae ? Double.NaN : 1;
  }
}
