package org.vaescape.analysis;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class RunNoiseTest {
  @Test
  void countsDegreesOfFreedomOfItsSource() {
    assertEquals(4, RunNoise.pooled(1, 1).degrees(5));
    assertEquals(60, RunNoise.pooled(1, 30).degrees(3));
    assertEquals(7, RunNoise.given(1, 7).degrees(1));
    assertEquals(7, RunNoise.given(1, 7).degrees(50));
    assertEquals(9, new RunNoise(1, 7, 1).degrees(3));
    assertEquals(Double.POSITIVE_INFINITY, RunNoise.pooled(1, Double.POSITIVE_INFINITY).degrees(2));
  }

  /// `s * sqrt(6 / scipy.stats.chi2.ppf(1 - confidence, 6))` for s = 2.
  @Test
  void boundsItsDeviationAsScipyDoes() {
    RunNoise noise = RunNoise.pooled(2, 2);
    assertEquals(2.795955018186835, noise.upper(0.80, 4).deviation(), 1e-12);
    assertEquals(3.8308566003963676, noise.upper(0.95, 4).deviation(), 1e-12);
    assertEquals(2, RunNoise.given(2, Double.POSITIVE_INFINITY).upper(0.95, 1).deviation());
  }

  @Test
  void liesAboveTheTrueDeviationAsOftenAsItSays() {
    SplittableRandom random = new SplittableRandom(4);
    int studies = 4000;
    double above = 0;
    for (int study = 0; study < studies; study++) {
      double[] values = {random.nextGaussian(), random.nextGaussian(), random.nextGaussian()};
      double found = new Observations(values).standardDeviation();
      above += RunNoise.pooled(found, 1).upper(0.8, 3).deviation() > 1 ? 1.0 / studies : 0;
    }
    assertEquals(0.8, above, 4 * Math.sqrt(0.8 * 0.2 / studies));
  }

  @Test
  void refusesWhatTellsNoNoise() {
    assertTrue(refusal(() -> RunNoise.pooled(1, 1).degrees(1)).contains("1 repeats leave no"));
    assertTrue(
        refusal(() -> RunNoise.pooled(1, Double.POSITIVE_INFINITY).degrees(1))
            .contains("leave no"));
    assertTrue(refusal(() -> RunNoise.pooled(1, 1).degrees(0)).contains("but are 0"));
    assertTrue(refusal(() -> RunNoise.pooled(-1, 1)).contains("-1.0"));
    assertTrue(refusal(() -> RunNoise.given(Double.NaN, 1)).contains("NaN"));
    assertTrue(refusal(() -> RunNoise.given(1, -2)).contains("-2.0"));
    assertTrue(refusal(() -> RunNoise.given(1, 2).upper(1, 1)).contains("1.0"));
  }

  private static String refusal(Runnable call) {
    return String.valueOf(assertThrows(IllegalArgumentException.class, call::run).getMessage());
  }
}
