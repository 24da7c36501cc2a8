package org.vaescape.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.vaescape.engine.Device;
import org.vaescape.engine.Precision;
import org.vaescape.engine.Scope;
import org.vaescape.engine.Tensor;
import org.vaescape.model.Models;
import org.vaescape.model.NetworkParts;
import org.vaescape.model.NetworkShape;
import org.vaescape.model.Networks;
import org.vaescape.model.Noise;
import org.vaescape.model.SquaredError;
import org.vaescape.model.VaeModel;

class LikelihoodBoundsTest {
  private static final int GENES = 7;
  private static final double VARIANCE = 0.04;
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
          java.util.Arrays.fill(values, name.equals("mu.bias") ? 0.6 : 0);
          return values;
        },
        Precision.FP64,
        Device.CPU);
  }

  private static LikelihoodBounds bounds(double[] x, int batch) {
    try (Scope _ = Scope.open()) {
      Networks networks = deaf();
      networks.use(Networks.Mode.EVALUATION);
      Tensor samples = Tensor.of(Precision.FP64.storage(), x, x.length / GENES, GENES);
      Noise noise =
          Randomness.of(new Seeds(1, 2, 3, 4), new Numerics(Precision.FP64, Device.CPU, 1))
              .importance();
      return LikelihoodBounds.of(VAE, networks, samples, batch, VARIANCE, noise).orElseThrow();
    }
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
    double[] x = samples(LikelihoodBounds.MOST_SAMPLES);
    LikelihoodBounds bounds = bounds(x, 100);
    double kl = 2 * 0.6 * 0.6 / 2;
    // log w has standard deviation 0.85 a draw: 0.015 in the mean of 64 x 50.
    assertEquals(logLikelihood(x) - kl, bounds.elbo(), 0.06);
    assertEquals(logLikelihood(x), bounds.importance(), 0.1);
    assertEquals(kl, bounds.gain(), 0.1);
    assertTrue(bounds.importance() > bounds.elbo());
    // E[w]^2 / E[w^2] = exp(-0.72) for these posteriors: about half of the draws count.
    assertEquals(50 * Math.exp(-0.72), bounds.effectiveSamples(), 3);
  }

  @Test
  void boundsTheSameFromEqualDrawsWhateverTheSize() {
    double[] x = samples(40);
    assertEquals(bounds(x, 40), bounds(x, 1000));
  }

  @Test
  void looksAtSamplesAllOverALargePart() {
    assertArrayEquals(new long[] {0, 1, 2}, LikelihoodBounds.spaced(3));
    long[] spaced = LikelihoodBounds.spaced(1024);
    assertEquals(LikelihoodBounds.MOST_SAMPLES, spaced.length);
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
