package org.vaescape.train;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.vaescape.engine.Scope;
import org.vaescape.engine.Tensor;
import org.vaescape.model.Latent;
import org.vaescape.model.Networks;
import org.vaescape.model.Noise;
import org.vaescape.model.VaeModel;

/// Lower bounds of the log-likelihood of samples, in nats per sample, under a Gaussian decoder of
/// one variance for all genes, its constant included.
///
/// With w = p(x | z) p(z) / q(z | x) for draws of z from q(z | x), and p(z) the model's own prior:
/// the ELBO is the mean of log w, the importance-weighted bound the log of the mean of w (Burda et
/// al. 2016). Both come from the same draws, so the bound is never below the ELBO.
///
/// @param elbo mean over samples
/// @param importance mean over samples of the bound of [#DRAWS] draws
/// @param gainError standard error of the mean over samples of what the bound gains over the ELBO:
///   their standard deviation, of divisor N - 1, over the square root of N; NaN for one sample
/// @param effectiveSamples mean over samples of (sum of w)^2 / sum of w^2, from 1 to [#DRAWS]; near
///   1 the bound rests on one draw, and more draws would raise it
/// @param medianEffectiveSamples median over samples of the same: a few samples whose posterior is
///   met make the mean alone look good
record LikelihoodBounds(
    double elbo,
    double importance,
    double gainError,
    double effectiveSamples,
    double medianEffectiveSamples) {
  /// Draws for each sample. The bound falls short of the likelihood by about half the variance of w
  /// relative to its squared mean, over the number of draws.
  static final int DRAWS = 512;

  /// Training samples for each one that is drawn for: its 512 draws cost as much as about 130
  /// samples in a step of training, so that the bounds of a part cost less than an epoch. Measured
  /// on the fused path with 5,000 genes, 9,900 training samples and a hidden layer of 256: 0.6
  /// seconds for 64 samples, 5 % of a trial of 13 epochs. On the plain path it is 2.1 seconds.
  private static final int TRAINING_SAMPLES_FOR_ONE = 150;

  /// Fewer would leave the mean to single samples, and its standard error to chance: with so many
  /// it is right to a fifth. A small training part pays more than its share for as many.
  private static final int FEWEST_SAMPLES = 16;

  private static final int MOST_SAMPLES = 64;

  /// Rows that are decoded at once: enough for products of matrices to be fast, few enough to stay
  /// near the processor. Above the fewest a training step's batch is the limit, for memory's sake.
  private static final int FEWEST_TOGETHER = 64;

  private static final int MOST_TOGETHER = 256;

  private static final double LOG_TWO_PI = StrictMath.log(2 * Math.PI);

  /// Draws and weighs; empty where the encoder gives no distribution, whose density the weights
  /// need.
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
    double[] gains = new double[samples];
    double[] effective = new double[samples];
    for (Batches.Range range : Batches.ofValidation(samples, batch, false).ranges()) {
      double[][] logWeights;
      try (Scope _ = Scope.withoutGradients()) {
        Tensor block = x.rows(range.from(), range.to());
        Optional<Latent.Distribution> q =
            Outcomes.distribution(model, model.latent(block, networks));
        if (q.isEmpty()) {
          return Optional.empty();
        }
        int together =
            Math.max(1, Math.clamp(batch, FEWEST_TOGETHER, MOST_TOGETHER) / range.size());
        String place = "batch at " + range.from() + ", importance sample ";
        logWeights =
            logWeights(
                networks,
                block,
                decoderVariance,
                together,
                draw -> q.get().draw(within(noise, place + draw)));
      }
      for (int i = 0; i < range.size(); i++) {
        Weighed weighed = Weighed.of(logWeights, i);
        elbos[range.from() + i] = weighed.mean();
        bounds[range.from() + i] = weighed.logMean();
        gains[range.from() + i] = weighed.logMean() - weighed.mean();
        effective[range.from() + i] = weighed.effective();
      }
    }
    double constant = constant(Math.toIntExact(x.size(1)), decoderVariance);
    return Optional.of(
        new LikelihoodBounds(
            constant + mean(elbos),
            constant + mean(bounds),
            standardError(gains),
            mean(effective),
            GeneCorrelations.quantile(effective, 0.5)));
  }

  private static Noise within(Noise noise, String place) {
    return (purpose, shape) -> noise.normal(place + ", " + purpose, shape);
  }

  private static double mean(double[] values) {
    return Arrays.stream(values).sum() / values.length;
  }

  /// Of the mean of independent values: sd / sqrt(n), where sd has divisor n - 1; NaN for fewer
  /// than two.
  static double standardError(double[] values) {
    double mean = mean(values);
    double squares = Arrays.stream(values).map(value -> (value - mean) * (value - mean)).sum();
    return values.length < 2
        ? Double.NaN
        : Math.sqrt(squares / (values.length - 1) / values.length);
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
  /// @param together draws that are decoded at once
  /// @param draw a draw of the samples by its number
  private static double[][] logWeights(
      Networks networks,
      Tensor x,
      double decoderVariance,
      int together,
      IntFunction<Latent.Draw> draw) {
    int samples = Math.toIntExact(x.size(0));
    double[][] logWeights = new double[DRAWS][];
    // (together * samples, genes), all samples of a draw
    Tensor repeatedX = Tensor.stacked(Collections.nCopies(together, x));
    for (Batches.Range draws : Batches.ofValidation(DRAWS, together, false).ranges()) {
      try (Scope _ = Scope.withoutGradients()) {
        List<Latent.Draw> drawn = IntStream.range(draws.from(), draws.to()).mapToObj(draw).toList();
        Tensor z = Tensor.stacked(drawn.stream().map(Latent.Draw::z).toList());
        double[] errors = networks.squaredErrors(z, repeatedX.rows(0, z.size(0))).byRow();
        double[] logRatios =
            Tensor.stacked(drawn.stream().map(Latent.Draw::logRatio).toList()).doubles();
        for (int i = 0; i < draws.size(); i++) {
          double[] ofDraw = new double[samples];
          for (int sample = 0; sample < samples; sample++) {
            int row = i * samples + sample;
            ofDraw[sample] = -logRatios[row] - errors[row] / (2 * decoderVariance);
          }
          logWeights[draws.from() + i] = ofDraw;
        }
      }
    }
    return logWeights;
  }

  /// Indices below `samples`, evenly spaced, ascending: those that are drawn for, the same in all
  /// trials of a split. One for each 150 samples of training, but 16 to 64, or all there are.
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
