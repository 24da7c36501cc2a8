package org.vaescape.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.vaescape.engine.Device;
import org.vaescape.engine.Precision;
import org.vaescape.engine.Scope;
import org.vaescape.engine.Tensor;
import org.vaescape.model.LinearNetworks;
import org.vaescape.model.Models;
import org.vaescape.model.NetworkParts;
import org.vaescape.model.NetworkShape;
import org.vaescape.model.Networks;
import org.vaescape.model.Noise;
import org.vaescape.model.SquaredError;
import org.vaescape.model.VaeModel;

class LikelihoodBoundsTest {
  static final int GENES = 7;
  static final double VARIANCE = 0.04;
  private static final VaeModel VAE = Models.CATALOGUE.member("vae").create(Map.of());

  /// The decoder says 0.5 of every gene whatever z is, so that the likelihood is known; the
  /// posterior of each of two units is N(0.6, 1).
  private static Networks deaf() {
    NetworkShape shape = new NetworkShape(GENES, List.of(), 2, false);
    return new Networks(
        shape,
        NetworkParts.of(VAE, new SquaredError(), shape),
        (name, _, count) -> {
          double[] values = new double[count];
          Arrays.fill(values, name.equals("mu.bias") ? 0.6 : 0);
          return values;
        },
        Precision.FP64,
        Device.CPU);
  }

  private static LikelihoodBounds bounds(double[] x, int batch) {
    try (Scope _ = Scope.open()) {
      Networks networks = deaf();
      networks.use(Networks.Mode.EVALUATION);
      return bounds(VAE, networks, x, batch);
    }
  }

  static LikelihoodBounds bounds(VaeModel model, Networks networks, double[] x, int batch) {
    Tensor samples = Tensor.of(Precision.FP64.storage(), x, x.length / GENES, GENES);
    Noise noise =
        Randomness.of(new Seeds(1, 2, 3, 4), new Numerics(Precision.FP64, Device.CPU, 1))
            .importance();
    return LikelihoodBounds.of(model, networks, samples, batch, VARIANCE, noise).orElseThrow();
  }

  private static double[] samples(int count) {
    return new SplittableRandom(3).doubles((long) count * GENES).toArray();
  }

  private static double logLikelihood(double[] x) {
    double sum = 0;
    for (double value : x) {
      double error = value - 0.5;
      sum -= 0.5 * (Math.log(2 * Math.PI * VARIANCE) + error * error / VARIANCE);
    }
    return sum * GENES / x.length;
  }

  @Test
  void theElboLacksTheKlAndTheBoundNearlyNothing() {
    double[] x = samples(64);
    LikelihoodBounds bounds = bounds(x, 100);
    double kl = 2 * 0.6 * 0.6 / 2;
    // log w has standard deviation 0.85 a draw: 0.005 in the mean of 64 x 512.
    assertEquals(logLikelihood(x) - kl, bounds.elbo(), 0.02);
    assertEquals(logLikelihood(x), bounds.importance(), 0.03);
    assertEquals(kl, bounds.gain(), 0.03);
    // E[w]^2 / E[w^2] = exp(-0.72) for these posteriors: about half of the draws count.
    assertEquals(LikelihoodBounds.DRAWS * Math.exp(-0.72), bounds.effectiveSamples(), 8);
    assertEquals(bounds.effectiveSamples(), bounds.medianEffectiveSamples(), 8);
  }

  @Test
  void boundsTheSameFromEqualDrawsWhateverIsDecodedAtOnce() {
    double[] x = samples(40);
    LikelihoodBounds bounds = bounds(x, 40);
    for (int batch : new int[] {64, 97, 1000}) {
      assertEquals(bounds, bounds(x, batch));
    }
  }

  /// A linear Gaussian model, whose likelihood and posterior are known: units act on genes of their
  /// own, with these weights.
  static final double[] LENGTHS = {1.2, 0.3};

  static double direction(int gene, int unit) {
    return gene < 4 == (unit == 0) ? 1 / Math.sqrt(unit == 0 ? 4 : 3) : 0;
  }

  static double offset(int gene) {
    return 0.1 * gene;
  }

  static double[] linearSamples(int count) {
    SplittableRandom random = new SplittableRandom(7);
    double[] x = new double[count * GENES];
    for (int row = 0; row < count; row++) {
      double[] z = {random.nextGaussian(), random.nextGaussian()};
      for (int gene = 0; gene < GENES; gene++) {
        double mean = offset(gene);
        for (int unit = 0; unit < 2; unit++) {
          mean += LENGTHS[unit] * direction(gene, unit) * z[unit];
        }
        x[row * GENES + gene] = mean + Math.sqrt(VARIANCE) * random.nextGaussian();
      }
    }
    return x;
  }

  /// log p(x) under the prior N(0, I), mean over samples.
  private static double linearLogLikelihood(double[] x) {
    int samples = x.length / GENES;
    double sum = 0;
    for (int row = 0; row < samples; row++) {
      sum += linearLogLikelihood(x, row, new double[2], 1);
    }
    return sum / samples;
  }

  /// log p(x) of a sample under a Gaussian prior of units with one variance.
  private static double linearLogLikelihood(
      double[] x, int row, double[] priorMean, double priorVariance) {
    double rest = 0;
    double[] along = new double[2];
    for (int gene = 0; gene < GENES; gene++) {
      double value = x[row * GENES + gene] - offset(gene);
      rest += value * value;
      for (int unit = 0; unit < 2; unit++) {
        along[unit] += value * direction(gene, unit);
      }
    }
    double twice = GENES * Math.log(2 * Math.PI) + (GENES - 2) * Math.log(VARIANCE);
    for (int unit = 0; unit < 2; unit++) {
      double variance = LENGTHS[unit] * LENGTHS[unit] * priorVariance + VARIANCE;
      double away = along[unit] - LENGTHS[unit] * priorMean[unit];
      rest -= along[unit] * along[unit];
      twice += Math.log(variance) + away * away / variance;
    }
    return -0.5 * (twice + rest / VARIANCE);
  }

  /// @param away of the encoder's mean from the posterior's, in standard deviations of that
  /// @param wider times its standard deviation
  private static LikelihoodBounds linear(double[] x, double away, double wider, int batch) {
    return linear(VAE, linearParameters(away, wider), x, batch);
  }

  private static LikelihoodBounds linear(
      VaeModel model, Map<String, double[]> parameters, double[] x, int batch) {
    try (Scope _ = Scope.open()) {
      Networks networks = LinearNetworks.of(model, new SquaredError(), GENES, 2, parameters);
      networks.use(Networks.Mode.EVALUATION);
      return bounds(model, networks, x, batch);
    }
  }

  private static Map<String, double[]> linearParameters(double away, double wider) {
    double[] decoder = new double[GENES * 2];
    double[] encoder = new double[2 * GENES];
    double[] encoderBias = new double[2];
    double[] logVariance = new double[2];
    double[] bias = new double[GENES];
    for (int unit = 0; unit < 2; unit++) {
      double precision = 1 + LENGTHS[unit] * LENGTHS[unit] / VARIANCE;
      encoderBias[unit] = away / Math.sqrt(precision);
      logVariance[unit] = Math.log(wider * wider / precision);
      for (int gene = 0; gene < GENES; gene++) {
        double weight = LENGTHS[unit] * direction(gene, unit);
        bias[gene] = offset(gene);
        decoder[gene * 2 + unit] = weight;
        encoder[unit * GENES + gene] = weight / VARIANCE / precision;
        encoderBias[unit] -= weight / VARIANCE / precision * offset(gene);
      }
    }
    return Map.of(
        "mu.weight", encoder,
        "mu.bias", encoderBias,
        "logvar.bias", logVariance,
        "output.linear.weight", decoder,
        "output.linear.bias", bias);
  }

  /// The linear model with a mixture as its prior.
  ///
  /// @param variance of the encoder, and so of each component
  /// @param pseudoInputs row by row
  private static Map<String, double[]> mixture(double variance, double[] pseudoInputs) {
    Map<String, double[]> parameters = new HashMap<>(linearParameters(0, 1));
    double[] logVariance = {Math.log(variance), Math.log(variance)};
    parameters.put("logvar.bias", logVariance);
    parameters.put("pseudo_inputs", pseudoInputs);
    return parameters;
  }

  private static VaeModel vamp(long components) {
    return Models.CATALOGUE.member("vamp-vae").create(Map.of("components", components));
  }

  /// What the encoder says of the offsets is N(0, I).
  @Test
  void isThatOfAStandardPriorWhereTheOnlyPseudoInputIsEncodedAsThat() {
    double[] x = linearSamples(40);
    double[] offsets = new double[GENES];
    Arrays.setAll(offsets, LikelihoodBoundsTest::offset);
    Map<String, double[]> parameters = mixture(1, offsets);
    LikelihoodBounds standard = linear(VAE, parameters, x, 16);
    LikelihoodBounds learned = linear(vamp(1), parameters, x, 16);
    assertEquals(standard.elbo(), learned.elbo(), 1e-9);
    assertEquals(standard.importance(), learned.importance(), 1e-9);
    assertEquals(standard.gainError(), learned.gainError(), 1e-9);
    assertEquals(standard.effectiveSamples(), learned.effectiveSamples(), 1e-6);
  }

  /// The likelihood under a mixture is the mean of those under its components.
  @Test
  void comesCloseToTheLikelihoodUnderALearnedMixture() {
    double[] x = linearSamples(40);
    double variance = 0.3;
    double[] pseudoInputs = new double[2 * GENES];
    for (int gene = 0; gene < GENES; gene++) {
      pseudoInputs[gene] = offset(gene) + 0.8 * direction(gene, 0);
      pseudoInputs[GENES + gene] = offset(gene) - 0.5 * direction(gene, 0) + direction(gene, 1);
    }
    double[] ofLength = new double[2]; // what the encoder makes of a length of 1 along a unit
    for (int unit = 0; unit < 2; unit++) {
      ofLength[unit] = LENGTHS[unit] / (VARIANCE + LENGTHS[unit] * LENGTHS[unit]);
    }
    double exact = 0;
    for (int row = 0; row < 40; row++) {
      double first = linearLogLikelihood(x, row, new double[] {0.8 * ofLength[0], 0}, variance);
      double second =
          linearLogLikelihood(x, row, new double[] {-0.5 * ofLength[0], ofLength[1]}, variance);
      exact += Math.log((Math.exp(first) + Math.exp(second)) / 2) / 40;
    }
    LikelihoodBounds bounds = linear(vamp(2), mixture(variance, pseudoInputs), x, 16);
    assertEquals(exact, bounds.importance(), 0.05);
    assertTrue(bounds.elbo() < exact - 0.5, "elbo " + bounds.elbo());
  }

  /// Half the difference of two gains is what each is away from their mean.
  @Test
  void hasTheStandardErrorOfTheGainOverSamples() {
    double[] x = linearSamples(2);
    LikelihoodBounds both = linear(x, 0.5, 1.3, 1);
    LikelihoodBounds first = linear(Arrays.copyOf(x, GENES), 0.5, 1.3, 1);
    assertEquals(Math.abs(first.gain() - both.gain()), both.gainError(), 1e-9);
    assertTrue(both.gainError() > 1e-3, "error " + both.gainError());
    assertTrue(Double.isNaN(first.gainError()));
    // Squared distances from 7/3 are 16/9, 1/9 and 25/9, in all 42/9: over 2 and over 3, 7/9.
    assertEquals(Math.sqrt(7.0 / 9), LikelihoodBounds.standardError(new double[] {1, 2, 4}), 1e-15);
  }

  @Test
  void isTheLikelihoodWhereTheEncoderIsThePosteriorAndAllDrawsCount() {
    double[] x = linearSamples(40);
    LikelihoodBounds bounds = linear(x, 0, 1, 256);
    double exact = linearLogLikelihood(x);
    assertEquals(exact, bounds.elbo(), 1e-9);
    assertEquals(exact, bounds.importance(), 1e-9);
    assertEquals(LikelihoodBounds.DRAWS, bounds.effectiveSamples(), 1e-6);
    assertEquals(LikelihoodBounds.DRAWS, bounds.medianEffectiveSamples(), 1e-6);
  }

  @ParameterizedTest
  @CsvSource({"0.5, 1.3, 0.03", "1, 1.5, 0.05", "0, 3, 0.05"})
  void comesCloseToTheLikelihoodWhereTheEncoderIsBesideThePosterior(
      double away, double wider, double tolerance) {
    double[] x = linearSamples(40);
    LikelihoodBounds bounds = linear(x, away, wider, 1000);
    double exact = linearLogLikelihood(x);
    double square = wider * wider;
    double kl = square + away * away - 1 - Math.log(square); // of two units
    // Variance of log w, where each unit has -((wider eps + away)^2 - eps^2) / 2.
    double ofDraw = (square - 1) * (square - 1) + 2 * square * away * away;
    double standardError = Math.sqrt(ofDraw / (40 * LikelihoodBounds.DRAWS));
    assertEquals(exact - kl, bounds.elbo(), 3 * standardError);
    assertEquals(exact, bounds.importance(), tolerance);
    // E[w^2] / E[w]^2 of a unit: the integral of posterior^2 / encoder.
    double curvature = 1 - 1 / (2 * square);
    double ofUnit =
        wider
            / Math.sqrt(2 * curvature)
            * Math.exp(
                away * away / (4 * square * square * curvature) + away * away / (2 * square));
    double effective = LikelihoodBounds.DRAWS / (ofUnit * ofUnit);
    assertEquals(1, bounds.effectiveSamples() / effective, 0.15);
  }

  /// So far away that 3 draws in 100 count: the ELBO is 4 nats below the likelihood.
  @Test
  void comesCloseToTheLikelihoodAlsoWhereFewDrawsCount() {
    double[] x = linearSamples(40);
    LikelihoodBounds bounds = linear(x, 2, 1.3, 1000);
    assertEquals(linearLogLikelihood(x), bounds.importance(), 0.1);
    assertEquals(4.2, bounds.gain(), 0.2);
    assertEquals(0.03, bounds.medianEffectiveSamples() / LikelihoodBounds.DRAWS, 0.02);
  }

  @Test
  void decodesAFewDrawsAtATimeWhateverTheirNumber() {
    double[] x = linearSamples(40);
    LikelihoodBounds together = linear(x, 0.5, 1.3, 1000);
    LikelihoodBounds single = linear(x, 0.5, 1.3, 40);
    assertEquals(together.importance(), single.importance(), 1e-9);
    assertEquals(together.effectiveSamples(), single.effectiveSamples(), 1e-6);
    // A batch of fewer samples has draws of its own.
    assertEquals(together.importance(), linear(x, 0.5, 1.3, 7).importance(), 0.02);
  }

  @Test
  void looksAtSamplesAllOverALargePart() {
    assertArrayEquals(new long[] {0, 1, 2}, LikelihoodBounds.spaced(3, 100_000));
    assertEquals(16, LikelihoodBounds.spaced(100, 133).length);
    assertEquals(60, LikelihoodBounds.spaced(1024, 9_000).length);
    long[] spaced = LikelihoodBounds.spaced(1024, 100_000);
    assertEquals(64, spaced.length);
    assertEquals(16, spaced[1]);
    assertEquals(1008, spaced[63]);
  }

  @Test
  void weighsDrawsWithoutOverflow() {
    double[][] logWeights = {{-2000}, {-2000 + Math.log(3)}};
    LikelihoodBounds.Weighed weighed = LikelihoodBounds.Weighed.of(logWeights, 0);
    assertEquals(-2000 + Math.log(3) / 2, weighed.mean(), 1e-9);
    assertEquals(-2000 + Math.log(2), weighed.logMean(), 1e-9);
    assertEquals(16.0 / 10, weighed.effective(), 1e-9);
  }
}
