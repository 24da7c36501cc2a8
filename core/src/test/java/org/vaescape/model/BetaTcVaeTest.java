package org.vaescape.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.vaescape.Golden;
import org.vaescape.engine.DType;
import org.vaescape.engine.Precision;
import org.vaescape.engine.Scope;
import org.vaescape.engine.Tensor;
import org.vaescape.model.BetaTcVae.Weighting;

/// The parts of the KL against identities, and against sums written out.
class BetaTcVaeTest {
  private static final int ROWS = 5;
  private static final int LATENT = 3;
  private static final int SAMPLES = 40;

  private static BetaTcVae model(Weighting weighting) {
    return new BetaTcVae(1, 6, 1, 0, weighting, false);
  }

  private static Tensor tensor(double[] values, int rows) {
    return Tensor.of(DType.FLOAT64, values, rows, LATENT);
  }

  private static double[] numbers(long seed, int rows) {
    double[] values = SmallNetworks.uniform(seed, rows * LATENT);
    java.util.Arrays.setAll(values, i -> 3 * values[i] - 1.5);
    return values;
  }

  private static Posterior posterior(int rows) {
    return new Posterior(tensor(numbers(1, rows), rows), tensor(numbers(2, rows), rows));
  }

  @ParameterizedTest
  @EnumSource(Weighting.class)
  void partsSumToTheSampledKlWhateverTheWeighting(Weighting weighting) {
    try (Scope _ = Scope.withoutGradients()) {
      Posterior q = posterior(ROWS);
      Tensor eps = tensor(numbers(3, ROWS), ROWS);
      Tensor z = q.sample(eps);
      BetaTcVae.Parts parts = model(weighting).parts(q, z, SAMPLES);
      double expected = z.square().minus(eps.square()).minus(q.logvar()).sum(1).mean().item() / 2;
      double sum = parts.information().item() + parts.correlation().item() + parts.units().item();
      Golden.assertClose(expected, sum, 1e-12, 0, "sum");
    }
  }

  static Stream<Arguments> weights() {
    double own = 1.0 / SAMPLES;
    double next = (SAMPLES - 2.0) / (SAMPLES * 2.0);
    double other = 1.0 / 2;
    return Stream.of(
        Arguments.of(
            Weighting.DIAGONAL, List.of(own, next, other, other, own, next, next, other, own)),
        Arguments.of(
            Weighting.COLUMNS, List.of(own, next, other, next, next, other, own, next, other)));
  }

  @ParameterizedTest
  @MethodSource("weights")
  void countsRowsAsItsWeightingSays(Weighting weighting, List<Double> expected) {
    try (Scope _ = Scope.withoutGradients()) {
      Tensor like = tensor(numbers(1, 3), 3);
      double[] weights = weighting.logarithms(like, 3, SAMPLES).exp().doubles();
      double[] wanted = expected.stream().mapToDouble(Double::doubleValue).toArray();
      Golden.assertClose(wanted, weights, 1e-14, 0, "weights");
    }
  }

  /// The weights of a row sum to 1, so that rows with one posterior have it as their density.
  @Test
  void findsNeitherInformationNorCorrelationWhereAllRowsAreAlike() {
    try (Scope _ = Scope.withoutGradients()) {
      double[] mu = new double[ROWS * LATENT];
      double[] logvar = new double[ROWS * LATENT];
      for (int i = 0; i < mu.length; i++) {
        mu[i] = 0.3 * (i % LATENT);
        logvar[i] = -0.2 * (i % LATENT);
      }
      Posterior q = new Posterior(tensor(mu, ROWS), tensor(logvar, ROWS));
      Tensor z = q.sample(tensor(numbers(3, ROWS), ROWS));
      BetaTcVae.Parts parts = model(Weighting.DIAGONAL).parts(q, z, SAMPLES);
      assertEquals(0, parts.information().item(), 1e-13);
      assertEquals(0, parts.correlation().item(), 1e-13);
    }
  }

  @Test
  void takesABatchOfOneRowForItsOwnDensity() {
    try (Scope _ = Scope.withoutGradients()) {
      Posterior q = posterior(1);
      Tensor z = q.sample(tensor(numbers(3, 1), 1));
      BetaTcVae.Parts parts = model(Weighting.DIAGONAL).parts(q, z, SAMPLES);
      assertEquals(0, parts.information().item(), 1e-13);
      assertEquals(0, parts.correlation().item(), 1e-13);
      assertTrue(Double.isFinite(parts.units().item()));
    }
  }

  /// Which is why it is not the default.
  @Test
  void dependsWithColumnsOnWhichRowComesFirst() {
    SeededNoise drawn = new SeededNoise(5, Precision.FP64);
    SeededNoise turned = new SeededNoise(5, Precision.FP64, 1, 2, 3, 4, 0);
    double[] x = SmallNetworks.uniform(7, ROWS * 6);
    for (Weighting weighting : Weighting.values()) {
      double change = loss(weighting, turned.permuted(x), turned) - loss(weighting, x, drawn);
      boolean moves = Math.abs(change) > 1e-9;
      assertEquals(weighting == Weighting.COLUMNS, moves, weighting + " by " + change);
    }
  }

  private static double loss(Weighting weighting, double[] x, Noise noise) {
    try (Scope _ = Scope.withoutGradients()) {
      VaeModel model = model(weighting);
      Networks networks = SmallNetworks.of(model, SmallNetworks.SHAPE, Precision.FP64);
      Tensor batch = Tensor.of(DType.FLOAT64, x, ROWS, 6);
      return SmallNetworks.loss(model, batch, networks, noise, 0.1).loss().item();
    }
  }
}
