package org.vaescape.train;

import org.jspecify.annotations.Nullable;
import org.vaescape.engine.Tensor;
import org.vaescape.model.Latent;
import org.vaescape.model.Posterior;

/// What each latent unit carries on a set of samples. For models whose encoder gives a distribution
/// of independent units; a deterministic encoder fixes neither measure.
///
/// @param kl for each unit KL(q || N(0, 1)) in nats, mean over samples
/// @param varianceOfMean for each unit the variance over samples of the posterior's mean, divisor
///   N; empty where a unit has no one number as its mean
public record LatentUnits(double[] kl, double[] varianceOfMean) {
  /// A unit of more nats than this is in use.
  public static final double KL_IN_USE = 0.1;

  /// A unit whose mean varies more than this is in use by the older rule (Burda et al. 2016), which
  /// also calls units of an untrained network so.
  public static final double VARIANCE_IN_USE = 0.01;

  public LatentUnits {
    if (varianceOfMean.length > 0 && kl.length != varianceOfMean.length) {
      throw new IllegalArgumentException(
          "%d units with KL and %d with variance".formatted(kl.length, varianceOfMean.length));
    }
  }

  /// Measures `samples` posteriors.
  ///
  /// @param mu samples x units
  /// @param logVariance samples x units, natural logarithm
  public static LatentUnits of(float[] mu, float[] logVariance, int samples) {
    if (samples < 1 || mu.length % samples != 0 || mu.length != logVariance.length) {
      throw new IllegalArgumentException(
          "%d means and %d log variances do not fit %d samples"
              .formatted(mu.length, logVariance.length, samples));
    }
    int units = mu.length / samples;
    double[] kl = new double[units];
    double[] variance = new double[units];
    for (int unit = 0; unit < units; unit++) {
      double nats = 0;
      double sum = 0;
      for (int i = unit; i < mu.length; i += units) {
        double mean = mu[i];
        nats += 0.5 * (mean * mean + StrictMath.expm1(logVariance[i]) - logVariance[i]);
        sum += mean;
      }
      double centre = sum / samples;
      double squares = 0;
      for (int i = unit; i < mu.length; i += units) {
        squares += (mu[i] - centre) * (mu[i] - centre);
      }
      kl[unit] = nats / samples;
      variance[unit] = squares / samples;
    }
    return new LatentUnits(kl, variance);
  }

  /// Posteriors that come batch by batch.
  static final class Gathering {
    private final int samples;
    private final Codes means;
    private final Codes logVariances;
    private final Codes kl;

    Gathering(int samples) {
      this.samples = samples;
      means = new Codes(samples);
      logVariances = new Codes(samples);
      kl = new Codes(samples);
    }

    /// @param from sample of the first row
    void add(int from, Latent.OfUnits q) {
      means.put(from, q.mean());
      if (q instanceof Posterior(Tensor _, Tensor logvar)) {
        logVariances.put(from, logvar);
      } else {
        kl.put(from, q.klByUnit());
      }
    }

    /// Null if nothing was gathered.
    @Nullable LatentUnits units() {
      if (means.values().length == 0) {
        return null;
      }
      if (kl.values().length == 0) {
        return of(means.values(), logVariances.values(), samples);
      }
      double[] nats = new double[kl.width()];
      for (int i = 0; i < kl.values().length; i++) {
        nats[i % nats.length] += (double) kl.values()[i] / samples;
      }
      LatentUnits spread = of(means.values(), new float[means.values().length], samples);
      return new LatentUnits(
          nats, means.width() == kl.width() ? spread.varianceOfMean : new double[0]);
    }
  }

  /// Nats of all units together, mean over samples.
  public double totalKl() {
    double sum = 0;
    for (double nats : kl) {
      sum += nats;
    }
    return sum;
  }

  /// Units whose KL is above [#KL_IN_USE] nats.
  public int inUseByKl() {
    return above(kl, KL_IN_USE);
  }

  /// Whether [#inUseByVariance] says anything.
  boolean hasVariance() {
    return varianceOfMean.length > 0;
  }

  /// Units whose posterior mean has a variance above [#VARIANCE_IN_USE]; 0 where nothing is known
  /// of it.
  public int inUseByVariance() {
    return above(varianceOfMean, VARIANCE_IN_USE);
  }

  private static int above(double[] values, double threshold) {
    int count = 0;
    for (double value : values) {
      count += value > threshold ? 1 : 0;
    }
    return count;
  }
}
