package org.vaescape.analysis;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.vaescape.analysis.DifferenceNoise.Separate;
import org.vaescape.analysis.DifferenceNoise.Shared;

class OrderingProbabilityTest {
  /// 1 - p of `scipy.stats.ttest_ind_from_stats(mean, s, n, mean, s, n, equal_var,
  /// alternative="less")`.
  @Test
  void isOneMinusTheOneSidedPOfScipy() {
    Separate unequal = new Separate(RunNoise.pooled(0.3, 1), RunNoise.pooled(0.5, 1));
    OrderingProbability welch = OrderingProbability.of(1.0, 5, 1.4, 7, unequal);
    assertEquals(0.05780337155266933, welch.otherIsLower(), 1e-12);
    assertEquals(1 - 0.05780337155266933, welch.firstIsLower(), 1e-12);
    Shared equal = new Shared(RunNoise.pooled(0.4, 2));
    OrderingProbability student = OrderingProbability.of(1.0, 4, 1.4, 4, equal);
    assertEquals(0.103515625, student.otherIsLower(), 1e-12);
  }

  /// With one degree of freedom Student's t is Cauchy's distribution.
  @Test
  void followsCauchyWithOneDegreeOfFreedom() {
    for (double t : new double[] {-8, -1, 0, 0.3, 2}) {
      double expected = 0.5 - Math.atan(t) / Math.PI;
      assertEquals(expected, new OrderingProbability(3 * t, 3, 1).firstIsLower(), 1e-14);
      assertEquals(1 - expected, new OrderingProbability(3 * t, 3, 1).otherIsLower(), 1e-14);
    }
  }

  @Test
  void prefersTheLowerMean() {
    Shared noise = new Shared(RunNoise.pooled(1, 30));
    assertTrue(OrderingProbability.of(1, 3, 2, 3, noise).firstIsLower() > 0.8);
    assertTrue(OrderingProbability.of(2, 3, 1, 3, noise).firstIsLower() < 0.2);
    assertEquals(0.5, OrderingProbability.of(2, 3, 2, 9, noise).firstIsLower());
  }

  @Test
  void isSureWithoutNoise() {
    Shared none = new Shared(RunNoise.given(0, 5));
    assertEquals(1, OrderingProbability.of(1, 2, 1 + 1e-12, 2, none).firstIsLower());
    assertEquals(0, OrderingProbability.of(1, 2, 1 + 1e-12, 2, none).otherIsLower());
    assertEquals(0.5, OrderingProbability.of(1, 2, 1, 2, none).otherIsLower());
    assertEquals(new Interval(0, 0), OrderingProbability.of(1, 2, 1, 2, none).interval(0.95));
  }

  /// Of two equal settings; and the interval covers their difference as often as it says.
  @Test
  void isAboveNinetyFivePercentInOneOfTwentyComparisonsOfEqualSettings() {
    SplittableRandom random = new SplittableRandom(5);
    int studies = 5000;
    double above = 0;
    double covered = 0;
    for (int study = 0; study < studies; study++) {
      double[] one = {random.nextGaussian(), random.nextGaussian(), random.nextGaussian()};
      double[] other = {random.nextGaussian(), random.nextGaussian(), random.nextGaussian()};
      Observations first = new Observations(one);
      Observations second = new Observations(other);
      double deviation =
          Math.hypot(first.standardDeviation(), second.standardDeviation()) / Math.sqrt(2);
      OrderingProbability found =
          OrderingProbability.of(
              first.mean(), 3, second.mean(), 3, new Shared(RunNoise.pooled(deviation, 2)));
      above += found.firstIsLower() > 0.95 ? 1.0 / studies : 0;
      covered += found.interval(0.9).contains(0) ? 1.0 / studies : 0;
    }
    assertEquals(0.05, above, 4 * Math.sqrt(0.05 * 0.95 / studies));
    assertEquals(0.9, covered, 4 * Math.sqrt(0.1 * 0.9 / studies));
  }

  @Test
  void refusesWhatIsNoComparison() {
    Shared noise = new Shared(RunNoise.pooled(1, 1));
    assertTrue(
        refusal(() -> OrderingProbability.of(Double.NaN, 2, 0, 2, noise)).contains("finite"));
    assertTrue(refusal(() -> OrderingProbability.of(1, 1, 0, 2, noise)).contains("no degree"));
    assertTrue(refusal(() -> new OrderingProbability(1, -1, 1)).contains("-1.0"));
    assertTrue(refusal(() -> new OrderingProbability(1, 1, 0)).contains("0.0"));
    assertTrue(refusal(() -> new OrderingProbability(1, 1, 1).interval(1)).contains("1.0"));
  }

  private static String refusal(Runnable call) {
    return String.valueOf(assertThrows(IllegalArgumentException.class, call::run).getMessage());
  }
}
