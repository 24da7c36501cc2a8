package org.vaescape.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.vaescape.Golden;
import org.vaescape.engine.DType;
import org.vaescape.engine.Precision;
import org.vaescape.engine.Scope;
import org.vaescape.engine.Tensor;

class CategoricalTest {
  private static final double[] LOGITS = {0.4, -1, 2, 0.1, 3, 3};

  private static Categorical of(double... logits) {
    return new Categorical(Tensor.of(DType.FLOAT64, logits, 1, 2, 3));
  }

  @Test
  void hasNoKlAtTheUniformPrior() {
    try (Scope _ = Scope.withoutGradients()) {
      double[] kl = of(2, 2, 2, -7, -7, -7).klByUnit().doubles();
      Golden.assertClose(new double[2], kl, 0, 1e-15, "KL");
    }
  }

  @Test
  void hasTheLogarithmOfTheCategoriesAsKlWhenItIsSure() {
    try (Scope _ = Scope.withoutGradients()) {
      double[] kl = of(900, 0, 0, 0, 0, 900).klByUnit().doubles();
      double most = Math.log(3);
      Golden.assertClose(new double[] {most, most}, kl, 1e-15, 0, "KL");
    }
  }

  @Test
  void drawsEachCategoryAsOftenAsItIsProbable() {
    int rows = 20_000;
    try (Scope _ = Scope.withoutGradients()) {
      double[] logits = new double[rows * 6];
      for (int i = 0; i < logits.length; i++) {
        logits[i] = LOGITS[i % 6];
      }
      Categorical many = new Categorical(Tensor.of(DType.FLOAT64, logits, rows, 2, 3));
      double[] share = many.sample(new SeededNoise(3, Precision.FP64)).mean(0).doubles();
      double[] probabilities = of(LOGITS).mean().doubles();
      // Five standard errors of a share of one half.
      Golden.assertClose(probabilities, share, 0, 2.5 / Math.sqrt(rows), "shares");
    }
  }

  @Test
  void drawsOneOfTheCategoriesWhichTheRelaxedSampleGoesToAsItCools() {
    try (Scope _ = Scope.withoutGradients()) {
      Categorical q = of(LOGITS);
      Tensor eps = new SeededNoise(4, Precision.FP64).normal(Noise.EPSILON, 1, 2, 3);
      double[] drawn = q.sample(eps).doubles();
      Golden.assertClose(drawn, q.relaxed(eps, 1e-3).doubles(), 0, 1e-12, "cold sample");
      double sum = 0;
      for (double value : drawn) {
        assertTrue(value == 0 || value == 1, "drawn " + value);
        sum += value;
      }
      assertEquals(2, sum, "one category of each variable");
      Tensor hot = q.relaxed(eps, 1e6);
      Golden.assertClose(filled(1.0 / 3), hot.doubles(), 0, 1e-5, "hot sample");
    }
  }

  /// Of two categories the log of their relaxed ratio, times the temperature, is a logistic
  /// variable around the difference of the logits: around 0 under the prior.
  @Test
  void weighsARelaxedSampleOfTwoCategoriesAsALogisticVariable() {
    double temperature = 0.7;
    double difference = 0.9;
    try (Scope _ = Scope.withoutGradients()) {
      Categorical q =
          new Categorical(Tensor.of(DType.FLOAT64, new double[] {2 + difference, 2}, 1, 1, 2));
      Tensor eps = new SeededNoise(6, Precision.FP64).normal(Noise.EPSILON, 1, 1, 2);
      Latent.Draw draw = q.drawRelaxed(eps, temperature);
      double[] z = draw.z().doubles();
      double y = temperature * Math.log(z[0] / z[1]);
      assertEquals(
          logLogistic(y - difference) - logLogistic(y), draw.logRatio().item(), 1e-12, "log ratio");
    }
  }

  private static double logLogistic(double y) {
    return -y - 2 * Math.log1p(Math.exp(-y));
  }

  /// The mean of p / q over draws from q is 1, and that of log q / p the KL: of the categories, and
  /// no less of what is relaxed, from which they follow.
  @Test
  void weighsDrawsByTheirDensities() {
    int rows = 20_000;
    try (Scope _ = Scope.withoutGradients()) {
      double[] logits = new double[rows * 6];
      for (int i = 0; i < logits.length; i++) {
        logits[i] = LOGITS[i % 6] / 3;
      }
      Categorical many = new Categorical(Tensor.of(DType.FLOAT64, logits, rows, 2, 3));
      Tensor eps = new SeededNoise(7, Precision.FP64).normal(Noise.EPSILON, rows, 2, 3);
      double kl = many.klByUnit().sum(1).mean().item();
      Latent.Draw whole = many.draw(eps);
      Golden.assertClose(many.sample(eps).doubles(), whole.z().doubles(), 0, 0, "sample");
      assertEquals(1, whole.logRatio().times(-1).exp().mean().item(), 0.03);
      assertEquals(kl, whole.logRatio().mean().item(), 0.03);
      Latent.Draw relaxed = many.drawRelaxed(eps, 0.7);
      assertEquals(1, relaxed.logRatio().times(-1).exp().mean().item(), 0.03);
      assertTrue(relaxed.logRatio().mean().item() > kl + 0.03);
    }
  }

  private static double[] filled(double value) {
    double[] values = new double[6];
    java.util.Arrays.fill(values, value);
    return values;
  }

  /// A uniform number of exactly 0 or 1 would make the Gumbel noise infinite.
  @Test
  void staysFiniteInSinglePrecisionFarInTheTails() {
    try (Scope _ = Scope.withoutGradients()) {
      Tensor eps = Tensor.of(DType.FLOAT32, new float[] {-9, 9, 0, -6, 6, 1}, 1, 2, 3);
      Categorical q = new Categorical(Tensor.zeros(DType.FLOAT32, 1, 2, 3));
      for (float value : q.relaxed(eps, 0.5).floats()) {
        assertTrue(value >= 0 && value <= 1, "value " + value);
      }
    }
  }

  @Test
  void coolsExponentiallyDownToItsEnd() {
    Temperature temperature = new Temperature(2, 0.5, 0.01);
    assertEquals(2, temperature.at(0));
    assertEquals(2 * Math.exp(-1), temperature.at(100), 1e-15);
    assertEquals(0.5, temperature.at(1_000_000));
  }

  @Test
  void refusesAnEndAboveTheStart() {
    IllegalArgumentException refused =
        assertThrows(
            IllegalArgumentException.class,
            () -> Models.CATALOGUE.member("cat-vae").create(Map.of("min-temperature", 1.5)));
    assertEquals(
        "min-temperature must be at most temperature, 1.0, but was 1.5", refused.getMessage());
  }
}
