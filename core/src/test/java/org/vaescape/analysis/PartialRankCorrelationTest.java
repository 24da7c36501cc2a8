package org.vaescape.analysis;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PartialRankCorrelationTest {
  private static final double[] X = {3, 1, 4, 1.5, 9, 2.6, 5, 3.5, 8, 10, 7, 12, 11, 20};
  private static final double[] Y = {2, 1, 3, 5, 8, 2.5, 9, 7, 4, 1, 1, 6, 3, 2};
  private static final int[] STRATA = {4, 4, 4, 4, 4, 4, 7, 7, 7, 2, 2, 2, 2, 2};

  private static double coefficient(double[] x, double[] y, int[] strata) {
    return PartialRankCorrelation.of(x, y, strata, 0.95).correlation().coefficient();
  }

  /// numpy: `rankdata(x) / (n + 1) - .5` of each stratum, then the sum of products over the root of
  /// the sums of squares.
  @Test
  void correlatesRanksWithinStrataAsNumpyDoes() {
    PartialRankCorrelation found = PartialRankCorrelation.of(X, Y, STRATA, 0.95);
    assertEquals(0.4413889960966733, found.correlation().coefficient(), 1e-14);
    assertEquals(14, found.pairs());
    assertEquals(0, found.dropped());
    assertEquals(3, found.strata());
  }

  @Test
  void isSpearmansWithOneStratum() {
    int[] one = new int[X.length];
    RankCorrelation expected = RankCorrelation.spearman(X, Y, 0.95);
    RankCorrelation found = PartialRankCorrelation.of(X, Y, one, 0.95).correlation();
    assertEquals(expected.coefficient(), found.coefficient(), 1e-14);
    Interval interval = expected.interval().orElseThrow();
    assertEquals(interval.low(), found.interval().orElseThrow().low(), 1e-13);
    assertEquals(interval.high(), found.interval().orElseThrow().high(), 1e-13);
  }

  @Test
  void isTheMeanOfEqualStrata() {
    double[] x = {1, 2, 3, 4, 5, 1, 2, 3, 4, 5};
    double[] y = {2, 1, 3, 5, 4, 3, 1, 5, 4, 2};
    int[] strata = {0, 0, 0, 0, 0, 1, 1, 1, 1, 1};
    // Sums of squared differences 4 and 18: 1 - 6 * 4 / 120 and 1 - 6 * 18 / 120.
    assertEquals((0.8 + 0.1) / 2, coefficient(x, y, strata), 1e-14);
  }

  /// What lies between strata makes runs look alike that are opposite within each.
  @Test
  void seesWhatTheMarginalCorrelationHides() {
    double[] x = {1, 2, 3, 101, 102, 103, 201, 202, 203};
    double[] y = {3, 2, 1, 103, 102, 101, 203, 202, 201};
    int[] strata = {0, 0, 0, 1, 1, 1, 2, 2, 2};
    assertTrue(Correlation.spearman(x, y).coefficient() > 0.75);
    PartialRankCorrelation found = PartialRankCorrelation.of(x, y, strata, 0.95);
    assertEquals(-1, found.correlation().coefficient());
    assertEquals(-1, found.correlation().interval().orElseThrow().low());
    assertTrue(found.correlation().interval().orElseThrow().high() > -1);
    assertEquals(1, coefficient(x, x, strata));
  }

  @Test
  void dropsAndCountsRunsWithoutAnOutcomeOrCompany() {
    double[] x = {3, 1, 4, Double.NaN, 6, 2, 8, 5, 4, 9};
    double[] y = {2, 1, 3, 5, 7, 9, Double.NaN, 1, 2, 8};
    int[] strata = {0, 0, 0, 0, 5, 0, 1, 1, 2, 0};
    PartialRankCorrelation found = PartialRankCorrelation.of(x, y, strata, 0.95);
    assertEquals(5, found.pairs());
    assertEquals(5, found.dropped()); // two NaN, and strata 5, 1 and 2 with one run left
    assertEquals(1, found.strata());
    double[] keptX = {3, 1, 4, 2, 9};
    double[] keptY = {2, 1, 3, 9, 8};
    assertEquals(
        Correlation.spearman(keptX, keptY).coefficient(), found.correlation().coefficient(), 1e-14);
  }

  @Test
  void jackknifesWithinStrata() {
    double r = coefficient(X, Y, STRATA);
    List<double[]> leftOut = new ArrayList<>();
    for (int[] stratum : new int[][] {{0, 6}, {6, 9}, {9, 14}}) {
      double[] without = new double[stratum[1] - stratum[0]];
      for (int left = stratum[0]; left < stratum[1]; left++) {
        double[] gap = X.clone();
        gap[left] = Double.NaN;
        without[left - stratum[0]] = coefficient(gap, Y, STRATA);
      }
      leftOut.add(without);
    }
    int n = 14 - 2;
    Interval expected =
        RankInterval.of(
                r, 1e-6, (1 + r * r / 2) / (n - 3), RankInterval.jackknife(leftOut), n - 1, 0.95)
            .orElseThrow();
    Interval found =
        PartialRankCorrelation.of(X, Y, STRATA, 0.95).correlation().interval().orElseThrow();
    assertEquals(expected.low(), found.low(), 1e-13);
    assertEquals(expected.high(), found.high(), 1e-13);
  }

  private static final double[] AGAIN = {1, 2, 4, 3, 8, 2.2, 6, 3.1, 7, 11, 6.5, 13, 10, 19};
  private static final double[] LATER = {1, 3, 2, 6, 9, 4, 8, 7.5, 3, 5, 1, 4, 2, 7};

  @Test
  void isTheMeanOfWaysWithoutTies() {
    List<TwoOutcomes> ways = List.of(new TwoOutcomes(X, LATER), new TwoOutcomes(AGAIN, LATER));
    PartialRankCorrelation found = PartialRankCorrelation.of(ways, STRATA, 0.95);
    assertEquals(
        (coefficient(X, LATER, STRATA) + coefficient(AGAIN, LATER, STRATA)) / 2,
        found.correlation().coefficient(),
        1e-14);
    assertEquals(14, found.pairs());
    assertEquals(3, found.strata());
  }

  @Test
  void waysAreNoFurtherRuns() {
    TwoOutcomes way = new TwoOutcomes(X, Y);
    PartialRankCorrelation one = PartialRankCorrelation.of(X, Y, STRATA, 0.95);
    PartialRankCorrelation three = PartialRankCorrelation.of(List.of(way, way, way), STRATA, 0.95);
    Interval expected = one.correlation().interval().orElseThrow();
    Interval found = three.correlation().interval().orElseThrow();
    assertEquals(one.correlation().coefficient(), three.correlation().coefficient(), 1e-14);
    assertEquals(expected.low(), found.low(), 1e-13);
    assertEquals(expected.high(), found.high(), 1e-13);
    PartialRankCorrelation equal =
        PartialRankCorrelation.of(
            List.of(new TwoOutcomes(X, X), new TwoOutcomes(AGAIN, AGAIN)), STRATA, 0.95);
    assertEquals(1, equal.correlation().coefficient());
    assertTrue(equal.correlation().interval().orElseThrow().low() < 0.99);
  }

  @Test
  void jackknifesByLeavingARunOutOfAllWays() {
    double[] gap = AGAIN.clone();
    gap[13] = Double.NaN; // in one way only
    List<TwoOutcomes> ways = List.of(new TwoOutcomes(X, Y), new TwoOutcomes(gap, LATER));
    PartialRankCorrelation found = PartialRankCorrelation.of(ways, STRATA, 0.95);
    assertEquals(14, found.pairs());
    List<double[]> leftOut = new ArrayList<>();
    for (int[] stratum : new int[][] {{0, 6}, {6, 9}, {9, 14}}) {
      double[] without = new double[stratum[1] - stratum[0]];
      for (int left = stratum[0]; left < stratum[1]; left++) {
        double[] first = X.clone();
        double[] second = gap.clone();
        first[left] = Double.NaN;
        second[left] = Double.NaN;
        without[left - stratum[0]] =
            PartialRankCorrelation.of(
                    List.of(new TwoOutcomes(first, Y), new TwoOutcomes(second, LATER)),
                    STRATA,
                    0.95)
                .correlation()
                .coefficient();
      }
      leftOut.add(without);
    }
    double n = 13.5 - 2; // 14 runs in one way and 13 in the other
    double r = found.correlation().coefficient();
    Interval expected =
        RankInterval.of(
                r, 1e-6, (1 + r * r / 2) / (n - 3), RankInterval.jackknife(leftOut), n - 1, 0.95)
            .orElseThrow();
    Interval interval = found.correlation().interval().orElseThrow();
    assertEquals(expected.low(), interval.low(), 1e-13);
    assertEquals(expected.high(), interval.high(), 1e-13);
  }

  @Test
  void hasNoIntervalOfTooFewRunsAndNoCoefficientOfConstants() {
    double[] x = {1, 2, 3, 4, 5, 6};
    double[] y = {1, 2, 4, 3, 6, 5};
    int[] strata = {0, 0, 0, 1, 1, 1};
    assertTrue(PartialRankCorrelation.of(x, y, strata, 0.95).correlation().interval().isPresent());
    int[] more = {0, 0, 1, 1, 2, 2};
    RankCorrelation few = PartialRankCorrelation.of(x, y, more, 0.95).correlation();
    assertEquals(Optional.empty(), few.interval());
    assertEquals(-1 / 3.0, few.coefficient(), 1e-14);
    double[] levels = {7, 7, 7, 9, 9, 9};
    RankCorrelation constant = PartialRankCorrelation.of(x, levels, strata, 0.95).correlation();
    assertEquals(Double.NaN, constant.coefficient());
    assertEquals(Optional.empty(), constant.interval());
    int[] alone = {0, 1, 2, 3, 4, 5};
    PartialRankCorrelation none = PartialRankCorrelation.of(x, y, alone, 0.95);
    assertEquals(0, none.pairs());
    assertEquals(Double.NaN, none.correlation().coefficient());
  }

  @Test
  void coversTheTruth() {
    double[] covered = RankCoverage.partial(new double[] {0, 0.9, 0.9}, 10, 400, 5);
    assertTrue(covered[0] > 0.92, "covered " + covered[0]);
    double[] alike = RankCoverage.partial(new double[] {0.5, 0.5, 0.5}, 10, 400, 6);
    assertTrue(alike[0] > 0.92, "covered " + alike[0]);
  }

  @Test
  void refusesRunsWithoutStratum() {
    assertTrue(refusal(() -> PartialRankCorrelation.of(X, Y, new int[3], 0.95)).contains("have 3"));
    assertTrue(refusal(() -> PartialRankCorrelation.of(X, Y, STRATA, 0)).contains("0.0"));
  }

  private static String refusal(Runnable call) {
    return String.valueOf(assertThrows(IllegalArgumentException.class, call::run).getMessage());
  }
}
