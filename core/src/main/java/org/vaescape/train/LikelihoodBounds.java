package org.vaescape.train;

import java.util.Arrays;
import java.util.Collections;
import java.util.Optional;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
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
///   1 the bound rests on one draw, and more draws would raise it
/// @param medianEffectiveSamples median over samples of the same: a few samples whose posterior is
///   met make the mean alone look good
record LikelihoodBounds(
    double elbo, double importance, double effectiveSamples, double medianEffectiveSamples) {
  /// Draws for each sample. The bound falls short of the likelihood by about half the variance of w
  /// relative to its squared mean, over the number of draws.
  static final int DRAWS = 512;

  /// Training samples for each one that is drawn for: its 512 draws cost as much as about 100
  /// samples in a step of training, so that the bounds of a part cost two thirds of an epoch.
  /// Measured with 5,000 genes, 10,000 training samples and a hidden layer of 256: 1.1 seconds for
  /// 64 samples, 5 % of a trial of the fewest epochs, 12, and 2 % of one that trains for 28.
  private static final int TRAINING_SAMPLES_FOR_ONE = 150;

  /// Fewer would leave the mean to single samples. A small training part pays more than its share
  /// for as many: 0.15 seconds with 5,000 genes.
  private static final int FEWEST_SAMPLES = 8;

  private static final int MOST_SAMPLES = 64;

  /// Rows that are decoded at once: enough for products of matrices to be fast, few enough to stay
  /// near the processor. Above the fewest a training step's batch is the limit, for memory's sake.
  private static final int FEWEST_TOGETHER = 64;

  private static final int MOST_TOGETHER = 256;

  private static final double LOG_TWO_PI = StrictMath.log(2 * Math.PI);

  /// Draws and weighs; empty where the encoder gives no Gaussian, whose density the weights need.
  ///
  /// Draws are decoded some at a time, so that no tensor is larger than a training step's, or has
  /// more than 64 rows.
  ///
  /// @param x (samples, genes): see [#spaced]
  /// @param batch rows of a training step
  static Optional<LikelihoodBounds> of(
      VaeModel model, Networks networks, Tensor x, int batch, double decoderVariance, Noise noise) {
    int samples = Math.toIntExact(x.size(0));
    double[] elbos = new double[samples];
    double[] bounds = new double[samples];
    double[] effective = new double[samples];
    for (Batches.Range range : Batches.ofValidation(samples, batch, false).ranges()) {
      double[][] logWeights;
      try (Scope _ = Scope.withoutGradients()) {
        Tensor block = x.rows(range.from(), range.to());
        if (!(model.latent(block, networks) instanceof Posterior q)) {
          return Optional.empty();
        }
        int together =
            Math.max(1, Math.clamp(batch, FEWEST_TOGETHER, MOST_TOGETHER) / range.size());
        String purpose = "batch at " + range.from() + ", importance sample ";
        logWeights =
            logWeights(
                networks,
                block,
                q,
                decoderVariance,
                together,
                draw -> noise.normal(purpose + draw, q.mu().shape()));
      }
      for (int i = 0; i < range.size(); i++) {
        Weighed weighed = Weighed.of(logWeights, i);
        elbos[range.from() + i] = weighed.mean();
        bounds[range.from() + i] = weighed.logMean();
        effective[range.from() + i] = weighed.effective();
      }
    }
    double constant = constant(Math.toIntExact(x.size(1)), decoderVariance);
    return Optional.of(
        new LikelihoodBounds(
            constant + mean(elbos),
            constant + mean(bounds),
            mean(effective),
            GeneCorrelations.quantile(effective, 0.5)));
  }

  private static double mean(double[] values) {
    return Arrays.stream(values).sum() / values.length;
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

  /// log w of each draw, for each sample, without the constant of p(x | z).
  ///
  /// @param q posteriors of the samples
  /// @param together draws that are decoded at once
  /// @param eps noise of a draw by its number: (samples, latent)
  private static double[][] logWeights(
      Networks networks,
      Tensor x,
      Posterior q,
      double decoderVariance,
      int together,
      IntFunction<Tensor> eps) {
    int samples = Math.toIntExact(x.size(0));
    double[][] logWeights = new double[DRAWS][];
    Tensor repeatedX = repeated(x, together); // (together * samples, genes), all samples of a draw
    Posterior repeated = new Posterior(repeated(q.mu(), together), repeated(q.logvar(), together));
    for (Batches.Range draws : Batches.ofValidation(DRAWS, together, false).ranges()) {
      try (Scope _ = Scope.withoutGradients()) {
        int rows = draws.size() * samples;
        Tensor noise =
            Tensor.stacked(IntStream.range(draws.from(), draws.to()).mapToObj(eps).toList());
        double[] ofRows =
            logWeights(
                networks,
                repeatedX.rows(0, rows),
                new Posterior(repeated.mu().rows(0, rows), repeated.logvar().rows(0, rows)),
                noise,
                decoderVariance);
        for (int draw = 0; draw < draws.size(); draw++) {
          logWeights[draws.from() + draw] =
              Arrays.copyOfRange(ofRows, draw * samples, (draw + 1) * samples);
        }
      }
    }
    return logWeights;
  }

  private static Tensor repeated(Tensor x, int times) {
    return Tensor.stacked(Collections.nCopies(times, x));
  }

  /// log w of each row: there 0.5 log(2 pi) of prior and posterior cancel.
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

  /// Indices below `samples`, evenly spaced, ascending: those that are drawn for, the same in all
  /// trials of a split. One for each 150 samples of training, but 8 to 64, or all there are.
  ///
  /// @param samples of the part
  /// @param training samples of the training part
  static long[] spaced(int samples, int training) {
    int count =
        Math.min(
            samples, Math.clamp(training / TRAINING_SAMPLES_FOR_ONE, FEWEST_SAMPLES, MOST_SAMPLES));
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
