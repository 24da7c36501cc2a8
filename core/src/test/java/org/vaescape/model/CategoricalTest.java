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
