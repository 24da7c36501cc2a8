package org.vaescape.analysis.noise;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.vaescape.analysis.Interval;
import org.vaescape.analysis.OrderingProbability;
import org.vaescape.analysis.runs.Fold;

class RepeatPairsTest {
  private static final double[] ONE = {1.1, 2.3, 3.2, 4.7};
  private static final double[] OTHER = {1, 2, 3, 4};

  @Test
  void testsDifferencesOfWhatWasFixedAsScipyDoes() {
    // d = [.1, .3, .2, .7]; scipy.stats.ttest_1samp(d, 0, alternative="greater")
    // and scipy.stats.t.interval(.95, 3, mean(d), sem(d)), scipy 1.x
    OrderingProbability order = RepeatPairs.fixed(ONE, OTHER).orElseThrow();
    assertEquals(0.044971369165943666, order.firstIsLower(), 1e-9);
    Interval interval = order.interval(0.95);
    assertEquals(-0.09348463042743965, interval.low(), 1e-9);
    assertEquals(0.7434846304274396, interval.high(), 1e-9);
  }

  @Test
  void widensDifferencesOfWhatOtherRepeatsChose() {
    // se = d.std(ddof=1) * sqrt(1/4 + 1/3); t.sf(mean(d)/se, 3), t.interval(.95, 3, mean(d), se)
    OrderingProbability order = RepeatPairs.chosen(ONE, OTHER).orElseThrow();
    assertEquals(0.10204684907953747, order.firstIsLower(), 1e-9);
    Interval interval = order.interval(0.95);
    assertEquals(-0.3142458320364539, interval.low(), 1e-9);
    assertEquals(0.964245832036454, interval.high(), 1e-9);
  }

  @Test
  void tellWhetherTheFirstIsHigherByLittleAtMost() {
    // scipy.stats.ttest_1samp(d, .2, alternative="greater")
    Optional<OrderingProbability> order = RepeatPairs.fixed(ONE, OTHER);
    assertEquals(0.20597170203071796, RepeatPairs.below(order, 0.2).orElseThrow(), 1e-9);
    assertEquals(0.044971369165943666, RepeatPairs.below(order, 0).orElseThrow(), 1e-9);
    assertTrue(RepeatPairs.below(Optional.empty(), 0.2).isEmpty());
  }

  @Test
  void doNotTellTheNoiseOfOneRepeat() {
    assertTrue(RepeatPairs.fixed(new double[] {1}, new double[] {2}).isEmpty());
    assertTrue(RepeatPairs.chosen(new double[] {1}, new double[] {2}).isEmpty());
  }

  @Test
  void winTheContestOfTheLowestByTheSumOfAllDoubts() {
    double[] high = {9, 7, 8, 9};
    Contest contest = Contest.of(new double[][] {ONE, OTHER, high});
    assertEquals(1, contest.winner());
    assertEquals(0, contest.second());
    assertEquals(4, contest.held());
    double doubt =
        0.10204684907953747 + RepeatPairs.chosen(OTHER, high).orElseThrow().otherIsLower();
    assertEquals(1 - doubt, contest.probability().orElseThrow(), 1e-9);
    assertEquals(-0.325, contest.margin().orElseThrow().difference(), 1e-12);
  }

  @Test
  void holdTheContestOnlyWhereTheOthersNameTheSame() {
    // all others name the first when the first repeat judges, and there the second is lowest
    Contest contest = Contest.of(new double[][] {{5, 1, 1}, {4, 3, 3}});
    assertEquals(0, contest.winner());
    assertEquals(2, contest.held());
    assertEquals(
        0,
        Contest.of(new double[][] {{1}, {2}}).held(),
        "nobody else names one of a single repeat");
  }

  @Test
  void partRepeatsSoThatEachJudgesAsOften() {
    for (int repeats = 2; repeats <= 40; repeats++) {
      for (List<Fold> folds : List.of(Fold.leaveOneOut(repeats), Fold.halves(repeats))) {
        int[] judged = new int[repeats];
        for (Fold fold : folds) {
          int[] both =
              IntStream.concat(Arrays.stream(fold.choosing()), Arrays.stream(fold.judging()))
                  .sorted()
                  .toArray();
          assertArrayEquals(IntStream.range(0, repeats).toArray(), both);
          Arrays.stream(fold.judging()).forEach(r -> judged[r]++);
        }
        assertEquals(1, Arrays.stream(judged).distinct().count(), "of " + repeats);
      }
    }
    assertEquals(6, Fold.halves(4).size());
    assertEquals(10, Fold.halves(5).size());
    assertEquals(3, Fold.halves(3).size());
    assertEquals(9, Fold.halves(9).size());
    assertArrayEquals(new int[] {0}, Fold.leaveOneOut(1).getFirst().judging());
  }
}
