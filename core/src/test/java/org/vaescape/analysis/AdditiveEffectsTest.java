package org.vaescape.analysis;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class AdditiveEffectsTest {
  private static final List<Factor> FACTORS = List.of(new Factor("a", 3), new Factor("b", 2));

  /// `anova_lm(ols('y ~ C(a) + C(b)').fit(), typ=2)` of statsmodels, over the sum of squares about
  /// the mean.
  @Test
  void ofAnUnbalancedDesignTheyAreThoseOfStatsmodels() {
    int[][] levels = {
      {0, 0}, {0, 1}, {0, 1}, {1, 0}, {1, 0}, {1, 1}, {2, 0}, {2, 1}, {2, 0}, {2, 0}
    };
    double[] y = {1.0, 2.5, 2.1, 3.2, 2.9, 4.4, 0.3, 1.9, 0.8, 0.1};
    AdditiveEffects effects = AdditiveEffects.of(FACTORS, levels, y);
    assertEquals(0.724836791792958, effects.shares().get(0), 1e-12);
    assertEquals(0.2339492500194297, effects.shares().get(1), 1e-12);
    assertEquals(0.023346545426284296, effects.rest(), 1e-12);
  }

  @Test
  void ofACompleteGridTheyAreThoseOfItsDecomposition() {
    SplittableRandom random = new SplittableRandom(1);
    double[] y = random.doubles(12).toArray();
    int[][] levels = new int[12][];
    for (int i = 0; i < 12; i++) {
      levels[i] = new int[] {i / 4, i / 2 % 2};
    }
    AdditiveEffects effects = AdditiveEffects.of(FACTORS, levels, y);
    VarianceDecomposition split = VarianceDecomposition.of(new BalancedGrid(FACTORS, 2, y));
    for (Effect effect : split.effects()) {
      if (effect.order() == 1) {
        int factor = effect.factors().equals(List.of("a")) ? 0 : 1;
        assertEquals(split.fraction(effect), effects.shares().get(factor), 1e-12);
      }
    }
  }

  /// Where one factor's level tells the other's, neither explains anything beyond the other.
  @Test
  void whatCannotBeToldApartExplainsNothingByItself() {
    int[][] levels = {{0, 0}, {0, 0}, {1, 1}, {1, 1}};
    AdditiveEffects effects = AdditiveEffects.of(FACTORS, levels, new double[] {1, 2, 5, 6});
    assertEquals(List.of(0.0, 0.0), effects.shares());
    assertEquals(1.0 / 17, effects.rest(), 1e-12);
  }

  @Test
  void refusesValuesOfWhichThereIsNothingToExplain() {
    int[][] levels = {{0, 0}, {1, 1}};
    assertThrows(
        IllegalArgumentException.class,
        () -> AdditiveEffects.of(FACTORS, levels, new double[] {2, 2}));
    assertThrows(
        IllegalArgumentException.class,
        () -> AdditiveEffects.of(FACTORS, levels, new double[] {2, Double.NaN}));
  }
}
