package org.vaescape.analysis;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

class RankAgreementTest {
  private static final double[] LOSS = {3, 1, 4, 1.5, 9, 2.6, 5};
  private static final double[] ERROR = {2, 1, 3, 5, 8, 2.5, 9};

  @Test
  void correlatesRanks() {
    RankAgreement found = RankAgreement.of(LOSS, ERROR, 0.95);
    assertEquals(7, found.pairs());
    assertEquals(0, found.dropped());
    assertEquals(RankCorrelation.spearman(LOSS, ERROR, 0.95), found.spearman());
    assertEquals(RankCorrelation.kendall(LOSS, ERROR, 0.95), found.kendall());
    // scipy.stats.spearmanr and kendalltau
    assertEquals(0.7142857142857144, found.spearman().coefficient(), 1e-14);
    assertEquals(0.5238095238095238, found.kendall().coefficient(), 1e-14);
  }

  @Test
  void dropsAndCountsRunsThatLackAnOutcome() {
    double[] loss = {3, Double.NaN, 1, 4, 1.5, 9, 2.6, 7, 5, Double.NaN};
    double[] error = {2, 7, 1, 3, 5, 8, 2.5, Double.NaN, 9, Double.NaN};
    RankAgreement found = RankAgreement.of(loss, error, 0.95);
    assertEquals(7, found.pairs());
    assertEquals(3, found.dropped());
    assertEquals(RankAgreement.of(LOSS, ERROR, 0.95).spearman(), found.spearman());
    assertEquals(RankAgreement.of(LOSS, ERROR, 0.95).kendall(), found.kendall());
  }

  @Test
  void ranksFailuresBeyondAllOthers() {
    double[] large = LOSS.clone();
    large[4] = 1e300;
    double[] infinite = LOSS.clone();
    infinite[4] = Double.POSITIVE_INFINITY;
    assertEquals(RankAgreement.of(large, ERROR, 0.9), RankAgreement.of(infinite, ERROR, 0.9));
  }

  @Test
  void isExactlyOneWhateverRisesAlike() {
    double[] logarithms = new double[LOSS.length];
    for (int i = 0; i < logarithms.length; i++) {
      logarithms[i] = Math.log(LOSS[i]);
    }
    for (double[] alike : new double[][] {LOSS, logarithms}) {
      RankAgreement found = RankAgreement.of(LOSS, alike, 0.95);
      assertEquals(1, found.spearman().coefficient());
      assertEquals(1, found.kendall().coefficient());
    }
  }

  @Test
  void averagesSeveralWaysAndKeepsTheErrorOfRuns() {
    TwoOutcomes way = new TwoOutcomes(LOSS, ERROR);
    double[] later = {4, 2, 7, 1, 6, 3, 5};
    RankAgreement one = RankAgreement.of(LOSS, ERROR, 0.95);
    RankAgreement other = RankAgreement.of(LOSS, later, 0.95);
    RankAgreement both = RankAgreement.of(List.of(way, new TwoOutcomes(LOSS, later)), 0.95);
    assertEquals(
        (one.spearman().coefficient() + other.spearman().coefficient()) / 2,
        both.spearman().coefficient(),
        1e-14);
    assertEquals(
        (one.kendall().coefficient() + other.kendall().coefficient()) / 2,
        both.kendall().coefficient(),
        1e-14);
    for (List<TwoOutcomes> same : List.of(List.of(way), List.of(way, way))) {
      RankAgreement found = RankAgreement.of(same, 0.95);
      assertEquals(7, found.pairs());
      assertAlike(one.spearman(), found.spearman());
      assertAlike(one.kendall(), found.kendall());
    }
  }

  private static void assertAlike(RankCorrelation expected, RankCorrelation found) {
    assertEquals(expected.coefficient(), found.coefficient(), 1e-14);
    Interval interval = expected.interval().orElseThrow();
    assertEquals(interval.low(), found.interval().orElseThrow().low(), 1e-13);
    assertEquals(interval.high(), found.interval().orElseThrow().high(), 1e-13);
  }

  @Test
  void refusesTooFewPairs() {
    double[] few = {1, 2, Double.NaN, 3};
    double[] lacking = {1, 2, 3, Double.NaN};
    assertTrue(refusal(() -> RankAgreement.of(few, lacking, 0.95)).contains("at least 3 pairs"));
    assertTrue(refusal(() -> RankAgreement.of(few, LOSS, 0.95)).contains("4 and 7"));
  }

  private static String refusal(Runnable call) {
    return String.valueOf(assertThrows(IllegalArgumentException.class, call::run).getMessage());
  }
}
