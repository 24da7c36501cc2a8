package org.vaescape.model;

import java.util.List;
import java.util.Optional;
import org.vaescape.engine.Tensor;
import org.vaescape.search.HyperParameter;
import org.vaescape.search.Inapplicable;
import org.vaescape.search.Member;
import org.vaescape.search.Range;

/// The VAE with a log-cosh reconstruction term (Chen, Li and Zha 2019, "Log hyperbolic cosine loss
/// improves variational auto-encoder", section 3): quadratic near zero, linear far from it.
///
/// ```
/// loss = mean over rows and genes of (1/alpha) log cosh(alpha (y - x)) + beta w KL
/// ```
///
/// @param alpha sharpness of the transition, above 0; for errors well below 1 / alpha the term is
///   alpha / 2 times the squared error
/// @param beta factor of the KL term, at least 0
public record LogCoshVae(double alpha, double beta) implements VaeModel {
  static final Member<VaeModel> MEMBER =
      new Member<>(
          "logcosh-vae",
          "variational autoencoder with a log-cosh reconstruction term",
          "Chen, Li and Zha 2019, openreview rkglvsC9Ym",
          List.of(
              LogCosh.ALPHA,
              new HyperParameter.Real("beta", 1, Range.NOT_NEGATIVE, "factor of the KL term")),
          settings -> new LogCoshVae(settings.real("alpha"), settings.real("beta")));

  @Override
  public Terms loss(Batch batch, Networks networks, Objective objective) {
    Posterior q = networks.encode(batch.x()); // (batch, latent)
    Tensor z = q.sample(batch.noise()); // (batch, latent)
    Tensor error = objective.error(networks, z, batch.x()).mean();
    Tensor kl = q.klByUnit();
    return Terms.of(error.plus(objective.weighedKl(kl).times(beta)), error).withKl(kl);
  }

  /// Its own term is what makes it the model it is.
  ///
  /// @throws Inapplicable if the study asks for another
  @Override
  public ReconstructionTerm reconstruction(ReconstructionTerm ofStudy) {
    if (ofStudy instanceof SquaredError) {
      return new LogCosh(alpha);
    }
    throw new Inapplicable(
        "reconstruction",
        "logcosh-vae has a reconstruction term of its own; leave reconstruction at mse for it, or take the model vae");
  }

  @Override
  public Optional<Member<ReconstructionTerm>> ownTerm() {
    return Optional.of(LogCosh.MEMBER);
  }

  @Override
  public boolean weighsKl() {
    return beta > 0;
  }

  @Override
  public LogCoshVae withoutKl() {
    return new LogCoshVae(alpha, 0);
  }

  @Override
  public double klFactor() {
    return beta;
  }
}
