package org.vaescape.model;

import java.util.List;
import java.util.function.UnaryOperator;
import org.vaescape.engine.Tensor;
import org.vaescape.search.HyperParameter;
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
              new HyperParameter.Real(
                  "alpha", 10, Range.POSITIVE, "sharpness of the transition to a linear error"),
              new HyperParameter.Real("beta", 1, Range.NOT_NEGATIVE, "factor of the KL term")),
          settings -> new LogCoshVae(settings.real("alpha"), settings.real("beta")));

  @Override
  public Terms loss(Tensor x, Networks networks, Noise noise, double klWeight) {
    Posterior q = networks.encode(x); // (batch, latent)
    Tensor z = q.sample(noise.normal(Noise.EPSILON, q.mu().shape())); // (batch, latent)
    Tensor error = networks.reconstructionError(z, x, this::logCosh).mean();
    Tensor kl = q.kl().mean();
    return Terms.of(error.plus(kl.times(beta * klWeight)), error).with(Terms.KL, kl);
  }

  /// log cosh(t) = t + log(1 + exp(-2 t)) - log 2, which overflows for no t.
  ///
  /// What the way back does not need is closed early: these are the largest tensors of a step.
  private Tensor logCosh(Tensor reconstruction, Tensor x) {
    Tensor scaled = then(reconstruction.minus(x), error -> error.times(alpha));
    Tensor bent = then(scaled.times(-2), Tensor::softplus);
    Tensor sum = then(scaled, line -> then(bent, line::plus));
    return then(
        sum, total -> then(total.plus(-StrictMath.log(2)), height -> height.times(1 / alpha)));
  }

  private static Tensor then(Tensor first, UnaryOperator<Tensor> step) {
    try (first) {
      return step.apply(first);
    }
  }

  @Override
  public int outputTensors() {
    return 6;
  }

  /// For errors well below 1 / alpha, where the term is alpha / 2 times the squared error.
  @Override
  public double decoderVariance(int genes, double klWeight) {
    return genes * beta * klWeight / alpha;
  }
}
