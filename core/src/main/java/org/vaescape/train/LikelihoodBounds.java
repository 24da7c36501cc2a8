package org.vaescape.train;

import java.util.Optional;
import org.vaescape.engine.DType;
import org.vaescape.engine.Scope;
import org.vaescape.engine.Tensor;
import org.vaescape.model.Networks;
import org.vaescape.model.Noise;
import org.vaescape.model.Posterior;
import org.vaescape.model.VaeModel;

/// Lower bounds of the log-likelihood of samples, in nats per sample, under a Gaussian decoder of
/// one variance for all genes, its constant included.
///
/// With w = p(x | z) p(z) / q(z | x) for draws of z from q(z | x), the prior N(0, I): the ELBO is
/// the mean of log w, the importance-weighted bound the log of the mean of w (Burda et al. 2016).
/// Both come from the same draws, so the bound is never below the ELBO.
///
/// @param elbo mean over samples
/// @param importance mean over samples of the bound of [#DRAWS] draws
/// @param effectiveSamples mean over samples of (sum of w)^2 / sum of w^2, from 1 to [#DRAWS]; near
///   1 the bound rests on one draw and is no better than the ELBO
record LikelihoodBounds(double elbo, double importance, double effectiveSamples) {
  /// Draws for each sample.
  static final int DRAWS = 50;

  /// Samples that are drawn for; of a larger part, as many evenly spaced ones. They are the same in
  /// all trials of a split, and four times as many would cost as much as half an epoch.
  static final int MOST_SAMPLES = 64;

  private static final double LOG_TWO_PI = StrictMath.log(2 * Math.PI);

  /// Draws and weighs; empty where the encoder gives no Gaussian, whose density the weights need.
  ///
  /// @param x (samples, genes): see [#spaced]
  /// @param batch samples that are decoded together, once for each draw
  static Optional<LikelihoodBounds> of(
      VaeModel model, Networks networks, Tensor x, int batch, double decoderVariance, Noise noise) {
    int samples = Math.toIntExact(x.size(0));
    int genes = Math.toIntExact(x.size(1));
    double constant = constant(genes, decoderVariance);
    double elbo = 0;
    double bound = 0;
    double effective = 0;
    for (Batches.Range range : Batches.ofValidation(samples, batch, false).ranges()) {
      double[][] logWeights = new double[DRAWS][];
      try (Scope _ = Scope.withoutGradients()) {
        Tensor block = x.rows(range.from(), range.to());
        if (!(model.latent(block, networks) instanceof Posterior q)) {
          return Optional.empty();
        }
        for (int draw = 0; draw < DRAWS; draw++) {
          try (Scope _ = Scope.withoutGradients()) {
            String purpose = "batch at " + range.from() + ", importance sample " + draw;
            Tensor eps = noise.normal(purpose, q.mu().shape());
            logWeights[draw] = logWeights(networks, block, q, eps, decoderVariance);
          }
        }
      }
      for (int i = 0; i < range.size(); i++) {
        Weighed weighed = Weighed.of(logWeights, i);
        elbo += weighed.mean();
        bound += weighed.logMean();
        effective += weighed.effective();
      }
    }
    return Optional.of(
        new LikelihoodBounds(
            constant + elbo / samples, constant + bound / samples, effective / samples));
  }

  /// The ELBO in nats of samples of which only means are known.
  ///
  /// @param mse mean squared error, decoded from a sampled latent
  /// @param kl from the prior in nats, mean over samples
  static double elbo(int genes, double decoderVariance, double mse, double kl) {
    return constant(genes, decoderVariance) - genes * mse / (2 * decoderVariance) - kl;
  }

  private static double constant(int genes, double decoderVariance) {
    return -0.5 * genes * (LOG_TWO_PI + StrictMath.log(decoderVariance));
  }

  /// What the importance-weighted bound has before the ELBO, never below 0.
  double gain() {
    return importance - elbo;
  }

  /// log w of each row, without the constant of p(x | z): there 0.5 log(2 pi) of prior and
  /// posterior cancel.
  private static double[] logWeights(
      Networks networks, Tensor x, Posterior q, Tensor eps, double decoderVariance) {
    Tensor z = q.sample(eps);
    double[] errors;
    try (Tensor reconstruction = networks.reconstruct(z, x)) {
      errors = reconstruction.squaredError(x).sum(1).doubles();
    }
    double[] ofLatent =
        eps.square()
            .plus(q.logvar())
            .minus(z.square())
            .as(DType.FLOAT64)
            .sum(1)
            .times(0.5)
            .doubles();
    double[] logWeights = new double[errors.length];
    for (int i = 0; i < errors.length; i++) {
      logWeights[i] = ofLatent[i] - errors[i] / (2 * decoderVariance);
    }
    return logWeights;
  }

  /// Up to [#MOST_SAMPLES] indices below `samples`, evenly spaced, ascending.
  static long[] spaced(int samples) {
    int count = Math.min(samples, MOST_SAMPLES);
    long[] chosen = new long[count];
    for (int i = 0; i < count; i++) {
      chosen[i] = (long) i * samples / count;
    }
    return chosen;
  }

  /// The draws of one sample: mean of log w, log of the mean of w, and effective number of draws.
  record Weighed(double mean, double logMean, double effective) {
    /// @param logWeights for each draw, for each sample
    static Weighed of(double[][] logWeights, int sample) {
      double largest = Double.NEGATIVE_INFINITY;
      double sum = 0;
      for (double[] draw : logWeights) {
        largest = Math.max(largest, draw[sample]);
        sum += draw[sample];
      }
      double weights = 0;
      double squares = 0;
      for (double[] draw : logWeights) {
        double weight = StrictMath.exp(draw[sample] - largest);
        weights += weight;
        squares += weight * weight;
      }
      int draws = logWeights.length;
      return new Weighed(
          sum / draws, largest + StrictMath.log(weights / draws), weights * weights / squares);
    }
  }
}
