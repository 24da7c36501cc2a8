package org.vaescape.analysis;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class BestOfRepeatsTest {
  @Test
  void judgesByTheRepeatsThatDidNotChoose() {
    BestOfRepeats found = BestOfRepeats.leaveOneOut(new double[][] {{1, 4}, {2, 3}});
    assertEquals(1, found.selecting());
    assertEquals(2, found.partings());
    assertEquals(2, found.selected()); // 1 of the first cell, 3 of the second
    assertEquals(3, found.judged()); // 4 of the first, 2 of the second
    assertArrayEquals(new double[] {0.5, 0.5}, found.chosen());
  }

  @Test
  void findsAClearWinnerWithoutOptimism() {
    double[][] outcomes = {{5, 6, 7}, {1, 2, 3}, {8, 8, 9}};
    for (BestOfRepeats found :
        new BestOfRepeats[] {BestOfRepeats.of(outcomes, 1), BestOfRepeats.leaveOneOut(outcomes)}) {
      assertEquals(2, found.selected(), 1e-15);
      assertEquals(2, found.judged(), 1e-15);
      assertArrayEquals(new double[] {0, 1, 0}, found.chosen(), 1e-15);
      assertEquals(3, found.partings());
    }
    assertEquals(1, BestOfRepeats.of(outcomes, 1).selecting());
    assertEquals(2, BestOfRepeats.leaveOneOut(outcomes).selecting());
  }

  @Test
  void letsTiesShare() {
    BestOfRepeats found = BestOfRepeats.leaveOneOut(new double[][] {{1, 2}, {1, 4}, {3, 3}});
    assertEquals(1.5, found.selected(), 1e-15); // 1 of two cells, then 2
    assertEquals(2, found.judged(), 1e-15); // (2 + 4) / 2, then 1
    assertArrayEquals(new double[] {0.75, 0.25, 0}, found.chosen(), 1e-15);
  }

  /// Every parting once: against all bit masks.
  @Test
  void partsInEveryWay() {
    SplittableRandom random = new SplittableRandom(1);
    double[][] outcomes = new double[4][6];
    for (double[] cell : outcomes) {
      for (int r = 0; r < 6; r++) {
        cell[r] = random.nextGaussian();
      }
    }
    for (int selecting = 1; selecting < 6; selecting++) {
      int partings = 0;
      double selected = 0;
      double judged = 0;
      double[] chosen = new double[4];
      for (int mask = 0; mask < 64; mask++) {
        if (Integer.bitCount(mask) == selecting) {
          int best = 0;
          for (int cell = 1; cell < 4; cell++) {
            best = mean(outcomes[cell], mask) < mean(outcomes[best], mask) ? cell : best;
          }
          partings++;
          selected += mean(outcomes[best], mask);
          judged += mean(outcomes[best], 63 ^ mask);
          chosen[best]++;
        }
      }
      BestOfRepeats found = BestOfRepeats.of(outcomes, selecting);
      assertEquals(partings, found.partings());
      assertEquals(selected / partings, found.selected(), 1e-14);
      assertEquals(judged / partings, found.judged(), 1e-14);
      for (int cell = 0; cell < 4; cell++) {
        assertEquals(chosen[cell] / partings, found.chosen()[cell], 1e-14);
      }
    }
  }

  private static double mean(double[] values, int mask) {
    double sum = 0;
    for (int i = 0; i < values.length; i++) {
      sum += (mask >> i & 1) * values[i];
    }
    return sum / Integer.bitCount(mask);
  }

  /// Of five equal cells the lowest mean of two repeats is expected 1.1630 / sqrt(2) below the
  /// truth (the largest of five normal numbers: Harter 1961, Biometrika 48:151), and the judgement
  /// at it.
  @Test
  void takesOffTheLuckOfTheWinner() {
    double[] truth = new double[5];
    double[] found = simulated(truth, 4, 4000, 2);
    assertEquals(-1.16296 / Math.sqrt(2), found[0], 0.02);
    assertEquals(0, found[1], 0.03);
  }

  /// The judgement is unbiased for the true mean of what was chosen, also where cells differ.
  @Test
  void expectsWhatTheChosenCellIsWorth() {
    double[] found = simulated(new double[] {0, 0.3, 0.5, 1}, 3, 4000, 3);
    assertEquals(found[2], found[1], 0.03);
    assertTrue(found[0] < found[2] - 0.3, "the repeats that chose promise " + found[0]);
  }

  /// Means over studies: selected, judged, and the true mean of the cells that were chosen.
  private static double[] simulated(double[] truth, int repeats, int studies, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    double[] sums = new double[3];
    double[][] outcomes = new double[truth.length][repeats];
    for (int study = 0; study < studies; study++) {
      for (int cell = 0; cell < truth.length; cell++) {
        for (int r = 0; r < repeats; r++) {
          outcomes[cell][r] = truth[cell] + random.nextGaussian();
        }
      }
      BestOfRepeats found = BestOfRepeats.of(outcomes, repeats / 2);
      sums[0] += found.selected() / studies;
      sums[1] += found.judged() / studies;
      for (int cell = 0; cell < truth.length; cell++) {
        sums[2] += found.chosen()[cell] * truth[cell] / studies;
      }
    }
    return sums;
  }

  @Test
  void refusesWhatCannotChooseAndJudge() {
    assertTrue(
        refusal(() -> BestOfRepeats.leaveOneOut(new double[0][])).contains("at least one cell"));
    assertTrue(
        refusal(() -> BestOfRepeats.leaveOneOut(new double[][] {{1}})).contains("but got 1"));
    assertTrue(
        refusal(() -> BestOfRepeats.leaveOneOut(new double[][] {{1, 2}, {1}}))
            .contains("one has 1"));
    assertTrue(
        refusal(() -> BestOfRepeats.leaveOneOut(new double[][] {{1, Double.NaN}})).contains("NaN"));
    assertTrue(refusal(() -> BestOfRepeats.of(new double[][] {{1, 2}}, 2)).contains("1 to 1"));
    double[][] many = new double[2][30];
    assertTrue(refusal(() -> BestOfRepeats.of(many, 15)).contains("1.5511752E8: leave one out"));
    assertEquals(30, BestOfRepeats.leaveOneOut(many).partings());
  }

  private static String refusal(Runnable call) {
    return String.valueOf(assertThrows(IllegalArgumentException.class, call::run).getMessage());
  }
}
