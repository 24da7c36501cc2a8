package org.vaescape.analysis;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import org.apache.commons.statistics.distribution.ChiSquaredDistribution;
import org.junit.jupiter.api.Test;

class ShareIntervalsTest {
  private static final double CONFIDENCE = ShareCoverage.CONFIDENCE;

  private static final int STUDIES = 300;

  /// Four binomial standard errors of a share of 0.95 of so many studies.
  private static double band(int studies) {
    return 4 * Math.sqrt(CONFIDENCE * (1 - CONFIDENCE) / studies);
  }

  /// The tables of docs/method.md, made smaller.
  @Test
  void containTheTruthAsOftenAsTheySayWithFewRepeats() {
    double[] equal = {1, 1, 1};
    double[] unequal = {1, 20, 20};
    for (ShareCoverage.Case that :
        List.of(
            new ShareCoverage.Case(1, equal, false),
            new ShareCoverage.Case(2, equal, false),
            new ShareCoverage.Case(2, unequal, true),
            new ShareCoverage.Case(5, unequal, false),
            new ShareCoverage.Case(2, equal, false).on(ShareCoverage.SMALL),
            new ShareCoverage.Case(3, equal, true).apart(0.5))) {
      Map<String, Double> covered = ShareCoverage.of(that, STUDIES, 300, 17);
      covered.forEach((component, share) ->
          assertTrue(
              share > CONFIDENCE - band(STUDIES),
              that.words() + ": " + component + " covered " + share));
      double effects =
          List.of("learning-rate", "latent", "optimizer", "learning-rate:optimizer").stream()
              .mapToDouble(name -> covered.getOrDefault(name, Double.NaN))
              .average()
              .orElseThrow();
      assertTrue(effects < 0.985, "intervals that are too wide cover too often: " + covered);
    }
  }

  @Test
  void oneOfTwoEqualEffectsIsRarelyNamedThoughFewDegreesOfFreedomTellNoise() {
    assertNamedInOneOfTwenty(named(2, 2, 0)); // 4 degrees; 12 % with noise as estimated
    assertNamedInOneOfTwenty(named(3, 3, 0));
  }

  @Test
  void norBySplitsThatMoveTheLevelsOfOneApart() {
    assertNamedInOneOfTwenty(named(3, 5, 0.05));
  }

  private static void assertNamedInOneOfTwenty(double named) {
    assertEquals(0.05, named, band(1000) + 0.005); // half a percent by simulation
  }

  /// Share of studies of two equal effects in which one is larger for sure.
  ///
  /// @param apart deviation of what a split does to all runs at a level of the first; that of noise
  ///   is 0.05
  private static double named(int levels, int repeats, double apart) {
    SplittableRandom random = new SplittableRandom(4);
    List<Factor> factors = List.of(new Factor("a", levels), new Factor("b", levels));
    double named = 0;
    for (int study = 0; study < 1000; study++) {
      double[] moved = new double[levels * repeats];
      Arrays.setAll(moved, _ -> apart * random.nextGaussian());
      double[] values = new double[levels * levels * repeats];
      Arrays.setAll(
          values,
          i -> {
            int a = i / repeats / levels;
            int b = i / repeats % levels;
            return 0.5 * (a + b) + moved[a * repeats + i % repeats] + 0.05 * random.nextGaussian();
          });
      double larger =
          ShareIntervals.of(
                  new RepeatedGrid(
                      new BalancedGrid(factors, repeats, values), apart > 0, Optional.empty()),
                  300,
                  study)
              .probabilityLarger(0, 1);
      named += larger >= 0.975 || larger <= 0.025 ? 0.001 : 0;
    }
    return named;
  }

  /// One effect with one degree of freedom and known noise: then the interval of its size is that
  /// of a squared normal variable.
  @Test
  void agreeWithTheNoncentralChiSquaredIntervalOfASingleEffect() {
    int repeats = 400;
    double[] values = new double[2 * repeats];
    SplittableRandom random = new SplittableRandom(1);
    for (int i = 0; i < values.length; i++) {
      values[i] = random.nextGaussian();
    }
    // Contrasts of exactly 0.1: means 0.1 and -0.1, noise of exactly 1.
    for (int cell = 0; cell < 2; cell++) {
      int from = cell * repeats;
      Observations own = new Observations(Arrays.copyOfRange(values, from, from + repeats));
      for (int i = from; i < from + repeats; i++) {
        values[i] = (values[i] - own.mean()) / own.standardDeviation() + (cell == 0 ? 0.1 : -0.1);
      }
    }
    RepeatedGrid grid =
        new RepeatedGrid(
            new BalancedGrid(List.of(new Factor("a", 2)), repeats, values),
            false,
            Optional.empty());
    Interval found = ShareIntervals.of(grid, 20_000, 3).effect(0, CONFIDENCE);
    // The contrast c has standard error sqrt(1 / 800); |c| is observed as 0.1 = 2.83 errors. The
    // bounds are the true sizes d at which (d + z)^2 lies beyond 2.83^2 with probability 2.5 %.
    double low = shareOf(boundOf(0.1 * Math.sqrt(800), 0.025));
    double high = shareOf(boundOf(0.1 * Math.sqrt(800), 0.975));
    assertEquals(low, found.low(), 0.0006);
    assertEquals(high, found.high(), 0.0015);
  }

  /// The d at which P((d + z)^2 >= observed^2) has this value, by halving.
  private static double boundOf(double observed, double probability) {
    double low = 0;
    double high = 20;
    for (int i = 0; i < 100; i++) {
      double d = (low + high) / 2;
      double beyond =
          Tails.NORMAL.survivalProbability(observed - d)
              + Tails.NORMAL.cumulativeProbability(-observed - d);
      if (beyond < probability) {
        low = d;
      } else {
        high = d;
      }
    }
    return low;
  }

  private static double shareOf(double errors) {
    double variance = errors * errors / 800;
    return variance / (variance + 1);
  }

  @Test
  void ofTheNoiseAloneAgreesWithTheChiSquaredInterval() {
    SplittableRandom random = new SplittableRandom(2);
    double[] values = new double[12 * 2];
    for (int i = 0; i < values.length; i++) {
      values[i] = 3 * (i / 2) + random.nextGaussian();
    }
    RepeatedGrid grid =
        new RepeatedGrid(
            new BalancedGrid(List.of(new Factor("a", 12)), 2, values), false, Optional.empty());
    VarianceComponents components = VarianceComponents.of(grid);
    Interval found = ShareIntervals.of(grid, 20_000, 3).noise(CONFIDENCE);
    double effect = components.effect("a").variance();
    ChiSquaredDistribution chi = ChiSquaredDistribution.of(12);
    double low = components.noise() * 12 / chi.inverseSurvivalProbability(0.025);
    double high = components.noise() * 12 / chi.inverseCumulativeProbability(0.025);
    // The effect is about 100 times the noise, so that what it lacks of the total hardly counts.
    assertEquals(low / (low + effect), found.low(), 0.1 * found.low());
    assertEquals(high / (high + effect), found.high(), 0.1 * found.high());
  }

  @Test
  void equalSeedsGiveEqualBitsAndOthersDoNot() {
    RepeatedGrid grid =
        ShareCoverage.simulated(
            new ShareCoverage.Case(3, new double[] {1, 1, 1}, true), new SplittableRandom(9));
    Interval one = ShareIntervals.of(grid, 200, 4).effect(0, CONFIDENCE);
    assertEquals(one, ShareIntervals.of(grid, 200, 4).effect(0, CONFIDENCE));
    assertTrue(!one.equals(ShareIntervals.of(grid, 200, 5).effect(0, CONFIDENCE)));
  }

  @Test
  void tellWhichOfTwoEffectsIsLarger() {
    RepeatedGrid grid =
        ShareCoverage.simulated(
            new ShareCoverage.Case(3, new double[] {1, 1, 1}, false), new SplittableRandom(9));
    ShareIntervals intervals = ShareIntervals.of(grid, 500, 4);
    // Effects stand as learning rate (.3), latent (.003), optimizer (.5).
    assertTrue(intervals.probabilityLarger(2, 0) > 0.99);
    assertEquals(1, intervals.probabilityLarger(0, 1));
    assertEquals(0, intervals.probabilityLarger(1, 0));
    assertEquals(0.5, intervals.probabilityLarger(2, 2));
  }

  @Test
  void holdNothingBackWhereRepeatsAreEqual() {
    double[] values = new double[12];
    for (int i = 0; i < values.length; i++) {
      values[i] = i / 2 % 3;
    }
    RepeatedGrid grid =
        new RepeatedGrid(
            new BalancedGrid(List.of(new Factor("a", 2), new Factor("b", 3)), 2, values),
            true,
            Optional.of("a"));
    ShareIntervals intervals = ShareIntervals.of(grid, 100, 1);
    assertEquals(new Interval(0, 0), intervals.effect(0, CONFIDENCE));
    assertEquals(1, intervals.effect(1, CONFIDENCE).low(), 1e-9);
    assertEquals(1, intervals.effect(1, CONFIDENCE).high(), 1e-9);
    assertEquals(new Interval(0, 0), intervals.noise(CONFIDENCE));
  }

  @Test
  void giveAllToTheBlocksWhereNothingElseDiffers() {
    double[] values = {1, 2, 4, 1, 2, 4, 1, 2, 4};
    RepeatedGrid grid =
        new RepeatedGrid(
            new BalancedGrid(List.of(new Factor("a", 3)), 3, values), true, Optional.of("a"));
    ShareIntervals intervals = ShareIntervals.of(grid, 100, 1);
    assertEquals(new Interval(1, 1), intervals.block(CONFIDENCE).orElseThrow());
    assertEquals(new Interval(0, 0), intervals.effect(0, CONFIDENCE));
  }

  @Test
  void refuseWhatTheyCannotTell() {
    BalancedGrid once = new BalancedGrid(List.of(new Factor("a", 2)), 1, new double[] {1, 2});
    BalancedGrid equal = new BalancedGrid(List.of(new Factor("a", 2)), 2, new double[4]);
    assertThrows(
        IllegalArgumentException.class,
        () -> ShareIntervals.of(new RepeatedGrid(once, false, Optional.empty()), 1000, 1));
    assertThrows(
        IllegalArgumentException.class,
        () -> ShareIntervals.of(new RepeatedGrid(equal, false, Optional.empty()), 1000, 1));
  }
}
