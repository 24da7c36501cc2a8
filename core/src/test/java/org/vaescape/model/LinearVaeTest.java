package org.vaescape.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import java.util.OptionalDouble;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.vaescape.Golden;
import org.vaescape.engine.DType;
import org.vaescape.engine.Precision;
import org.vaescape.engine.Scope;
import org.vaescape.engine.Tensor;

/// Linear networks with a Gaussian decoder are probabilistic PCA (Tipping and Bishop 1999,
/// doi:10.1111/1467-9868.00196), whose likelihood and posterior are known in closed form: the
/// bounds must be that likelihood where the encoder is that posterior, and below it elsewhere.
class LinearVaeTest {
  private static final int ROWS = 40;
  private static final int GENES = 6;
  private static final int LATENT = 2;
  private static final Objective NATS = new Objective(1, 0, true, ROWS);
  private static final Solution SOLUTION = Solution.of(data());

  /// Maximum likelihood solution: W = U (L - v I)^(1/2), posterior of a row with mean (L - v
  /// I)^(1/2) L^-1 U' (x - m) and variance v L^-1, where L are the largest eigenvalues of the
  /// covariance and v is the mean of the others.
  ///
  /// @param variance v
  /// @param largest L
  private record Solution(double variance, double[] largest, Map<String, double[]> parameters) {
    static Solution of(double[] x) {
      double[] mean = new double[GENES];
      for (int i = 0; i < x.length; i++) {
        mean[i % GENES] += x[i] / ROWS;
      }
      try (Scope _ = Scope.withoutGradients()) {
        Tensor centred =
            Tensor.of(DType.FLOAT64, x, ROWS, GENES).minus(Tensor.of(DType.FLOAT64, mean, GENES));
        Tensor.Eigen eigen = centred.transpose().matmul(centred).times(1.0 / ROWS).eigen();
        double[] values = eigen.values().doubles(); // ascending
        double[] vectors = eigen.vectors().doubles();
        double rest = 0;
        for (int i = 0; i < GENES - LATENT; i++) {
          rest += values[i] / (GENES - LATENT);
        }
        double[] largest = new double[LATENT];
        double[] decoder = new double[GENES * LATENT];
        double[] encoder = new double[LATENT * GENES];
        double[] encoderBias = new double[LATENT];
        double[] logVariance = new double[LATENT];
        for (int k = 0; k < LATENT; k++) {
          int column = GENES - 1 - k;
          largest[k] = values[column];
          double length = Math.sqrt(largest[k] - rest);
          logVariance[k] = Math.log(rest / largest[k]);
          for (int gene = 0; gene < GENES; gene++) {
            double direction = vectors[gene * GENES + column];
            decoder[gene * LATENT + k] = length * direction;
            encoder[k * GENES + gene] = length / largest[k] * direction;
            encoderBias[k] -= length / largest[k] * direction * mean[gene];
          }
        }
        return new Solution(
            rest,
            largest,
            Map.of(
                "mu.weight", encoder,
                "mu.bias", encoderBias,
                "logvar.bias", logVariance,
                "output.linear.weight", decoder,
                "output.linear.bias", mean));
      }
    }

    /// -log p(x) in nats, mean over rows. At the maximum tr(C^-1 S) is the number of genes.
    double loss() {
      double logDeterminant = (GENES - LATENT) * Math.log(variance);
      for (double value : largest) {
        logDeterminant += Math.log(value);
      }
      return 0.5 * (GENES * Math.log(2 * Math.PI) + logDeterminant + GENES);
    }

    Networks networks(VaeModel model) {
      return LinearNetworks.of(model, term(), GENES, LATENT, parameters);
    }

    private ReconstructionTerm term() {
      return new GaussianLikelihood(OptionalDouble.of(variance));
    }

    /// With an encoder beside the posterior.
    Networks mistaken(VaeModel model) {
      Map<String, double[]> moved = new java.util.HashMap<>(parameters);
      moved.put("mu.bias", new double[] {0.4, -0.3});
      moved.put("logvar.bias", new double[] {-1, -0.5});
      return LinearNetworks.of(model, term(), GENES, LATENT, moved);
    }
  }

  /// Rows with three directions of different strength, and noise.
  private static double[] data() {
    SplittableRandom random = new SplittableRandom(4);
    double[] x = new double[ROWS * GENES];
    for (int row = 0; row < ROWS; row++) {
      double[] hidden = {2 * random.nextGaussian(), random.nextGaussian()};
      for (int gene = 0; gene < GENES; gene++) {
        x[row * GENES + gene] =
            gene
                + hidden[0] * Math.sin(gene)
                + hidden[1] * Math.cos(2 * gene)
                + 0.5 * random.nextGaussian();
      }
    }
    return x;
  }

  private static Batch batch(Noise noise) {
    return new Batch(Tensor.of(DType.FLOAT64, data(), ROWS, GENES), noise, 0, true);
  }

  /// Noise that is the same for all rows: sqrt(units) in one unit, with a sign. A function of
  /// second degree has its mean over normal noise as its mean over these.
  private static Noise point(int unit, double sign) {
    return (_, shape) -> {
      double[] values = new double[Math.toIntExact(shape[0] * shape[1])];
      for (int row = 0; row < shape[0]; row++) {
        values[row * LATENT + unit] = sign * Math.sqrt(LATENT);
      }
      return Tensor.of(DType.FLOAT64, values, shape);
    };
  }

  @Test
  void evidenceBoundIsTheLikelihoodOfProbabilisticPcaAndNothingMovesThere() {
    VaeModel vae = new Vae();
    try (Scope _ = Scope.open()) {
      Networks networks = SOLUTION.networks(vae);
      double mean = 0;
      for (int unit = 0; unit < LATENT; unit++) {
        for (double sign : new double[] {-1, 1}) {
          Tensor loss = vae.loss(batch(point(unit, sign)), networks, NATS).loss();
          loss.backward();
          mean += loss.item() / (2 * LATENT);
        }
      }
      Golden.assertClose(SOLUTION.loss(), mean, 1e-12, 0, "loss");
      networks
          .trained()
          .forEach((name, parameter) -> {
            Tensor gradient = parameter.gradient();
            assertTrue(gradient != null && gradient.largest() < 1e-9, name);
          });
    }
  }

  static Stream<VaeModel> bounds() {
    return Stream.of(
        new Iwae(1, false),
        new Iwae(7, false),
        new Miwae(3, 2, false),
        new Ciwae(0.3, 4),
        new Piwae(2, 3),
        new BetaTcVae(1, 1, 1, 0, BetaTcVae.Weighting.DIAGONAL, false),
        new BetaTcVae(1, 1, 1, 0, BetaTcVae.Weighting.COLUMNS, false));
  }

  /// Where the encoder is the posterior every sample weighs alike, and every bound is tight,
  /// whatever the noise.
  @ParameterizedTest
  @MethodSource("bounds")
  void everyBoundOfSamplesIsTheLikelihoodAtThePosterior(VaeModel model) {
    for (long seed = 0; seed < 3; seed++) {
      try (Scope _ = Scope.withoutGradients()) {
        Noise noise = new SeededNoise(seed, Precision.FP64);
        double loss = model.loss(batch(noise), SOLUTION.networks(model), NATS).loss().item();
        Golden.assertClose(SOLUTION.loss(), loss, 1e-12, 0, "loss");
      }
    }
  }

  @Test
  void importanceWeightedBoundRisesToTheLikelihoodAsSamplesGrow() {
    double previous = Double.POSITIVE_INFINITY;
    for (int samples : new int[] {1, 4, 16, 64}) {
      double loss = mistakenLoss(new Iwae(samples, false), 1024 / samples);
      assertTrue(loss < previous, "%d samples: %s after %s".formatted(samples, loss, previous));
      assertTrue(loss > SOLUTION.loss(), "%d samples: %s".formatted(samples, loss));
      previous = loss;
    }
    assertEquals(SOLUTION.loss(), mistakenLoss(new Iwae(20_000, false), 1), 0.02);
  }

  /// Rainforth et al. 2018: the mean of bounds of K samples is as tight as one of K, however many.
  @Test
  void severalBoundsAreAsTightAsOneOfTheirSamples() {
    double one = mistakenLoss(new Iwae(4, false), 1024);
    double several = mistakenLoss(new Miwae(16, 4, false), 64);
    assertEquals(one, several, 0.02);
    assertTrue(mistakenLoss(new Iwae(64, false), 64) < several - 0.05);
  }

  private static double mistakenLoss(VaeModel model, int draws) {
    double sum = 0;
    for (int draw = 0; draw < draws; draw++) {
      try (Scope _ = Scope.withoutGradients()) {
        Noise noise = new SeededNoise(draw, Precision.FP64);
        sum += model.loss(batch(noise), SOLUTION.mistaken(model), NATS).loss().item();
      }
    }
    return sum / draws;
  }
}
