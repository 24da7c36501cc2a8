package org.vaescape.analysis;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.ToDoubleBiFunction;
import org.junit.jupiter.api.Test;
import org.vaescape.analysis.RankCoverage.Case;
import org.vaescape.analysis.RankCoverage.Shape;

class RankCorrelationTest {
  private static final double[] X = {1, 1, 2, 2, 3, 3, 4, 4, 5, 5};
  private static final double[] Y = {3, 1, 1, 4, 5, 3, 5, 2, 1, 5};

  /// Python: tanh(arctanh(r) +- norm.ppf(.975) sqrt(variance)), or t.ppf(.975, 19) of the
  /// jackknife's error over 1 - r^2.
  @Test
  void takesTheLargerOfTwoErrorsOnTheScaleOfZ() {
    double step = 1e-3;
    close(
        0.04507899638223201,
        0.7831644163301186,
        RankInterval.of(0.5, step, (1 + 0.125) / 17, 1e-9, 19, 0.95));
    close(
        0.09940621640137672,
        0.633692377835165,
        RankInterval.of(0.4, step, 0.437 / 16, 1e-9, 19, 0.95));
    close(-0.28020403, 0.88240196, RankInterval.of(0.5, step, (1 + 0.125) / 17, 0.09, 19, 0.95));
    close(-0.88240196, 0.28020403, RankInterval.of(-0.5, step, 0, 0.09, 19, 0.95));
  }

  private static void close(double low, double high, Optional<Interval> found) {
    assertEquals(low, found.orElseThrow().low(), 1e-8);
    assertEquals(high, found.orElseThrow().high(), 1e-8);
  }

  /// Against coefficients of series that lack one pair, with ties.
  @Test
  void jackknifesByLeavingOutEachPair() {
    int n = X.length;
    RankCorrelation rho = RankCorrelation.spearman(X, Y, 0.9);
    double r = Correlation.spearman(X, Y).coefficient();
    assertEquals(r, rho.coefficient());
    double byHand = leftOut((x, y) -> Correlation.spearman(x, y).coefficient());
    double fisher = (1 + r * r / 2) / (n - 3);
    Interval ofRho = RankInterval.of(r, 12.0 / 990, fisher, byHand, n - 1, 0.9).orElseThrow();
    assertEquals(ofRho.low(), rho.interval().orElseThrow().low(), 1e-14);
    assertEquals(ofRho.high(), rho.interval().orElseThrow().high(), 1e-14);
    RankCorrelation tau = RankCorrelation.kendall(X, Y, 0.9);
    double t = Correlation.kendall(X, Y).coefficient();
    assertEquals(t, tau.coefficient());
    double ofTau = leftOut((x, y) -> Correlation.kendall(x, y).coefficient());
    Interval expected = RankInterval.of(t, 4.0 / 90, 0.437 / 6, ofTau, n - 1, 0.9).orElseThrow();
    assertEquals(expected.low(), tau.interval().orElseThrow().low(), 1e-14);
    assertEquals(expected.high(), tau.interval().orElseThrow().high(), 1e-14);
    // Here the jackknife is the larger error, so that these intervals are proved to use it.
    assertTrue(byHand / Math.pow(1 - r * r, 2) > fisher);
    assertTrue(ofTau / Math.pow(1 - t * t, 2) > 0.437 / 6);
  }

  private static double leftOut(ToDoubleBiFunction<double[], double[]> coefficient) {
    List<Double> found = new ArrayList<>();
    for (int left = 0; left < X.length; left++) {
      found.add(
          coefficient.applyAsDouble(
              LeftOutRanksTest.without(X, left), LeftOutRanksTest.without(Y, left)));
    }
    double mean = found.stream().mapToDouble(value -> value).average().orElseThrow();
    double squares = found.stream().mapToDouble(value -> (value - mean) * (value - mean)).sum();
    return squares * (X.length - 1) / X.length;
  }

  @Test
  void isExactlyOneForEqualSeriesAndStillInDoubt() {
    for (double[] series : new double[][] {X, {5, 3, 1, 2, 4}}) {
      for (RankCorrelation found :
          List.of(
              RankCorrelation.spearman(series, series, 0.95),
              RankCorrelation.kendall(series, series, 0.95))) {
        assertEquals(1, found.coefficient());
        assertEquals(1, found.interval().orElseThrow().high());
        assertTrue(found.interval().orElseThrow().low() < 0.97);
      }
    }
    double[] rising = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10};
    double[] falling = {9, 8, 7, 6, 5, 4, 3, 2, 1, 0};
    RankCorrelation opposite = RankCorrelation.spearman(rising, falling, 0.95);
    assertEquals(-1, opposite.coefficient());
    assertEquals(-1, opposite.interval().orElseThrow().low());
    // tanh(arctanh(-1 + 6 / 990) + 1.959964 sqrt(1.5 / 7))
    assertEquals(-0.9633676126807859, opposite.interval().orElseThrow().high(), 1e-12);
  }

  @Test
  void hasNoIntervalWhereNoneCanBeGiven() {
    double[] four = {1, 2, 3, 5};
    assertEquals(Optional.empty(), RankCorrelation.spearman(four, four, 0.95).interval());
    assertEquals(Optional.empty(), RankCorrelation.kendall(four, four, 0.95).interval());
    double[] constant = new double[10];
    RankCorrelation none = RankCorrelation.kendall(X, constant, 0.95);
    assertEquals(Double.NaN, none.coefficient());
    assertEquals(Optional.empty(), none.interval());
    assertEquals(Optional.empty(), RankCorrelation.spearman(X, constant, 0.95).interval());
  }

  /// Without its last pair the second series is constant.
  @Test
  void knowsNothingThatASinglePairDecides() {
    double[] last = {0, 0, 0, 0, 0, 0, 0, 0, 0, 1};
    assertEquals(
        Optional.of(new Interval(-1, 1)), RankCorrelation.spearman(X, last, 0.95).interval());
    assertEquals(
        Optional.of(new Interval(-1, 1)), RankCorrelation.kendall(X, last, 0.95).interval());
  }

  /// The hard cases of docs/method.md: where Bonett and Wright's variance alone covers .83 to .90
  /// of Kendall's tau, and the jackknife alone .74 of few pairs.
  @Test
  void coversTheTruth() {
    List<Case> cases =
        List.of(
            new Case(Shape.NORMAL, 5, 0.9),
            new Case(Shape.CLUSTER, 10, 0.9),
            new Case(Shape.TIES, 30, 0.9),
            new Case(Shape.CROSS, 30, 0.9));
    for (Case each : cases) {
      double[][] covered = RankCoverage.of(each, 400, 0, 11);
      assertTrue(covered[0][0] > 0.92, "rho " + each + " " + covered[0][0]);
      assertTrue(covered[1][0] > 0.92, "tau " + each + " " + covered[1][0]);
    }
  }

  @Test
  void refusesWhatIsNoConfidence() {
    IllegalArgumentException refusal =
        assertThrows(IllegalArgumentException.class, () -> RankCorrelation.spearman(X, Y, 95));
    assertTrue(String.valueOf(refusal.getMessage()).contains("95"));
  }

  /// So that a fixed seed hides no luck in [#coversTheTruth]: what is drawn has the true rho.
  @Test
  void knowsTheTruthOfItsCases() {
    for (Shape shape : Shape.values()) {
      Case each = new Case(shape, 60_000, 0.9);
      double[] x = new double[each.count()];
      double[] y = new double[each.count()];
      each.draw(x, y, new SplittableRandom(3));
      double expected = RankCoverage.truth(each)[0];
      assertEquals(expected, Correlation.spearman(x, y).coefficient(), 0.015, shape.name());
    }
  }
}
