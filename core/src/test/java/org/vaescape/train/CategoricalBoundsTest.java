package org.vaescape.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.vaescape.engine.Scope;
import org.vaescape.model.LinearNetworks;
import org.vaescape.model.Models;
import org.vaescape.model.Networks;
import org.vaescape.model.SquaredError;
import org.vaescape.model.VaeModel;

/// Bounds of models with categories in their code, whose likelihood is had by going through all of
/// them.
class CategoricalBoundsTest {
  private static final int GENES = LikelihoodBoundsTest.GENES;
  private static final double VARIANCE = LikelihoodBoundsTest.VARIANCE;

  /// Of the Gaussian unit's weights.
  private static final double LENGTH = LikelihoodBoundsTest.LENGTHS[0];

  /// What category k adds to the last three genes.
  private static double level(int gene, int category) {
    return gene - 4 == category ? 0.25 : 0;
  }

  /// The first four genes are of the Gaussian unit, the last three of the variable: the posterior
  /// is of independent parts, and the encoder says it.
  ///
  /// @param joint with the unit, or else the variable alone
  /// @param off the first category's logit from the posterior's
  private static Map<String, double[]> discrete(boolean joint, double off) {
    int units = joint ? 1 : 0;
    int code = units + 3;
    double[] decoder = new double[GENES * code];
    double[] encoder = new double[code * GENES];
    double[] encoderBias = new double[code];
    double[] bias = new double[GENES];
    double precision = 1 + LENGTH * LENGTH / VARIANCE;
    for (int gene = 0; gene < GENES; gene++) {
      bias[gene] = LikelihoodBoundsTest.offset(gene);
      if (joint) {
        double weight = LENGTH * LikelihoodBoundsTest.direction(gene, 0);
        decoder[gene * code] = weight;
        encoder[gene] = weight / VARIANCE / precision;
        encoderBias[0] -= weight / VARIANCE / precision * LikelihoodBoundsTest.offset(gene);
      }
      for (int k = 0; k < 3; k++) {
        decoder[gene * code + units + k] = level(gene, k);
        encoder[(units + k) * GENES + gene] = level(gene, k) / VARIANCE;
        encoderBias[units + k] -=
            level(gene, k) * (LikelihoodBoundsTest.offset(gene) + level(gene, k) / 2) / VARIANCE;
      }
    }
    encoderBias[units] += off;
    return Map.of(
        "mu.weight", encoder,
        "mu.bias", encoderBias,
        "logvar.bias", new double[] {-Math.log(precision)},
        "output.linear.weight", decoder,
        "output.linear.bias", bias);
  }

  /// log p(x), mean over samples, by going through all categories.
  private static double discreteLogLikelihood(double[] x, boolean joint) {
    int samples = x.length / GENES;
    double sum = 0;
    for (int row = 0; row < samples; row++) {
      double first = 0;
      double along = 0;
      for (int gene = 0; gene < 4; gene++) {
        double away = x[row * GENES + gene] - LikelihoodBoundsTest.offset(gene);
        first += away * away;
        along += away * LikelihoodBoundsTest.direction(gene, 0);
      }
      double variance = LENGTH * LENGTH + VARIANCE;
      double ofUnit =
          joint
              ? (first - along * along) / VARIANCE
                  + along * along / variance
                  + Math.log(variance / VARIANCE)
              : first / VARIANCE;
      double likelihood = 0;
      for (int k = 0; k < 3; k++) {
        double squares = 0;
        for (int gene = 4; gene < GENES; gene++) {
          double away = x[row * GENES + gene] - LikelihoodBoundsTest.offset(gene) - level(gene, k);
          squares += away * away;
        }
        likelihood += Math.exp(-squares / VARIANCE / 2) / 3;
      }
      sum += Math.log(likelihood) - 0.5 * (GENES * Math.log(2 * Math.PI * VARIANCE) + ofUnit);
    }
    return sum / samples;
  }

  private static LikelihoodBounds discrete(boolean joint, double off, double[] x) {
    VaeModel model =
        Models.CATALOGUE.member(joint ? "joint-vae" : "cat-vae").create(Map.of("categories", 3L));
    try (Scope _ = Scope.open()) {
      Networks networks =
          LinearNetworks.of(model, new SquaredError(), GENES, 1, discrete(joint, off));
      networks.use(Networks.Mode.EVALUATION);
      return LikelihoodBoundsTest.bounds(model, networks, x, 16);
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void isTheLikelihoodWhereTheEncoderIsThePosteriorOfCategories(boolean joint) {
    double[] x = LikelihoodBoundsTest.linearSamples(40);
    double exact = discreteLogLikelihood(x, joint);
    LikelihoodBounds bounds = discrete(joint, 0, x);
    assertEquals(exact, bounds.elbo(), 1e-9);
    assertEquals(exact, bounds.importance(), 1e-9);
    assertEquals(0, bounds.gainError(), 1e-9);
    assertEquals(LikelihoodBounds.DRAWS, bounds.effectiveSamples(), 1e-6);
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void comesCloseToTheLikelihoodBesideThePosteriorOfCategories(boolean joint) {
    double[] x = LikelihoodBoundsTest.linearSamples(40);
    double exact = discreteLogLikelihood(x, joint);
    LikelihoodBounds bounds = discrete(joint, 1.5, x);
    assertEquals(exact, bounds.importance(), 0.02);
    assertTrue(bounds.elbo() < exact - 0.1, bounds.elbo() + " is not below " + exact);
  }
}
