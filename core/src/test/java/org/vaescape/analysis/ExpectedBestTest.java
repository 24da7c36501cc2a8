package org.vaescape.analysis;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.OptionalInt;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class ExpectedBestTest {
  private static final double NAN = Double.NaN;
  private static final double NEVER = Double.POSITIVE_INFINITY;

  /// What the best of each sequence of k trials loses, one sequence after the other: the mean over
  /// those that do not fail, and the share of those that do. Among equals the mean.
  private static double[] enumerated(double[] selection, double[] held, double failed, int k) {
    int count = selection.length;
    double sum = 0;
    int sequences = 0;
    int counted = 0;
    int failures = 0;
    for (int code = 0; code < Math.pow(count, k); code++) {
      int[] drawn = new int[k];
      boolean distinct = true;
      for (int i = 0, left = code; i < k; i++, left /= count) {
        drawn[i] = left % count;
        for (int j = 0; j < i; j++) {
          distinct &= drawn[i] != drawn[j];
        }
      }
      if (distinct) {
        sequences++;
        double lowest = NEVER;
        boolean allFail = true;
        for (int trial : drawn) {
          lowest = Math.min(lowest, Double.isNaN(selection[trial]) ? failed : selection[trial]);
          allFail &= Double.isNaN(selection[trial]);
        }
        failures += allFail ? 1 : 0;
        double tied = 0;
        int ties = 0;
        for (int trial = 0; trial < count; trial++) { // all that are as good, drawn or not
          double loss = Double.isNaN(selection[trial]) ? failed : selection[trial];
          if (loss == lowest && loss < NEVER) {
            tied += Double.isNaN(held[trial]) ? failed : held[trial];
            ties++;
          }
        }
        if (ties > 0) {
          sum += tied / ties;
          counted++;
        }
      }
    }
    return new double[] {sum / counted, (double) failures / sequences};
  }

  @Test
  void agreesWithEverySequenceOfTrials() {
    double[][] selections = {
      {0.5, -1, 2, 0.25, 7},
      {3, 1, NAN, 1, NAN, 2},
      {NAN, NAN, 4, NAN, 5},
      {2, 2, 2},
      {1},
      {NAN, 0.5, 1.5, 0.7, 0.5}
    };
    SplittableRandom random = new SplittableRandom(1);
    for (double[] selection : selections) {
      double[] held = new double[selection.length];
      for (int i = 0; i < held.length; i++) {
        held[i] = Double.isNaN(selection[i]) ? NAN : random.nextDouble();
      }
      for (double failed : new double[] {NEVER, 1.2, 10}) {
        for (double[] judged : new double[][] {selection, held}) {
          int most = Math.min(5, selection.length);
          ExpectedBest found = ExpectedBest.chosen(selection, judged, failed, most);
          for (int k = 1; k <= most; k++) {
            double[] expected = enumerated(selection, judged, failed, k);
            assertEquals(expected[0], found.losses()[k - 1], 1e-13, "loss of " + k);
            assertEquals(expected[1], found.allFail()[k - 1], 1e-15, "all of " + k + " fail");
          }
        }
      }
    }
  }

  @Test
  void agreesWithClosedForms() {
    double[] numbers = new double[90];
    for (int i = 0; i < 90; i++) {
      numbers[i] = 90 - i;
    }
    ExpectedBest lots = ExpectedBest.of(numbers, NEVER, 90);
    for (int k = 1; k <= 90; k++) {
      assertEquals(91.0 / (k + 1), lots.losses()[k - 1], 1e-11, "the lowest of " + k + " of 1..90");
    }
    assertEquals(1, lots.losses()[89], "all drawn, the best is certain");
  }

  @Test
  void agreesWithALongSimulation() {
    SplittableRandom random = new SplittableRandom(7);
    double[] outcomes = new double[30];
    for (int i = 0; i < 30; i++) {
      outcomes[i] = i % 3 == 0 ? NAN : Math.exp(2 * random.nextDouble());
    }
    int runs = 50_000;
    int most = 8;
    double[] sums = new double[most];
    double[] squares = new double[most];
    int[] counted = new int[most];
    for (int run = 0; run < runs; run++) {
      double[] urn = outcomes.clone();
      double lowest = NAN;
      for (int k = 0; k < most; k++) {
        int place = k + random.nextInt(30 - k);
        double drawn = urn[place];
        urn[place] = urn[k];
        urn[k] = drawn;
        lowest = Double.isNaN(lowest) || drawn < lowest ? drawn : lowest;
        if (!Double.isNaN(lowest)) {
          sums[k] += lowest;
          squares[k] += lowest * lowest;
          counted[k]++;
        }
      }
    }
    ExpectedBest found = ExpectedBest.of(outcomes, NEVER, most);
    for (int k = 0; k < most; k++) {
      double mean = sums[k] / counted[k];
      double error = Math.sqrt((squares[k] / counted[k] - mean * mean) / counted[k]);
      assertEquals(mean, found.losses()[k], 5 * error, "loss of " + (k + 1));
      double fail = found.allFail()[k];
      double failError = Math.sqrt(fail * (1 - fail) / runs);
      assertEquals(1 - (double) counted[k] / runs, fail, 5 * failError, "all fail");
    }
  }

  @Test
  void isUnbiasedForThePopulation() {
    SplittableRandom random = new SplittableRandom(3);
    double found = 0;
    int runs = 20_000;
    for (int run = 0; run < runs; run++) {
      double[] sample =
          random.doubles(6).toArray(); // uniform: the lowest of k has mean 1 / (k + 1)
      found += ExpectedBest.of(sample, NEVER, 4).losses()[3] / runs;
    }
    assertEquals(0.2, found, 0.004);
  }

  @Test
  void fallsWithEveryTrialAndTendsToTheBest() {
    double[] outcomes = {0.3, NAN, 0.1, 0.8, NAN, 0.2};
    for (double failed : new double[] {NEVER, 0.9}) {
      ExpectedBest found = ExpectedBest.of(outcomes, failed, 6);
      for (int k = 1; k < 6; k++) {
        assertTrue(found.losses()[k] <= found.losses()[k - 1], "at " + k);
        assertTrue(found.allFail()[k] <= found.allFail()[k - 1], "at " + k);
      }
      assertEquals(0.1, found.best());
      assertEquals(0.1, found.losses()[5], 1e-12);
    }
  }

  @Test
  void doesNotRewardTheLuckOfTheChoice() {
    SplittableRandom random = new SplittableRandom(5);
    double[] selection = random.doubles(200).toArray(); // nothing but noise
    double[] held = random.doubles(200).toArray();
    ExpectedBest lucky = ExpectedBest.of(selection, NEVER, 20);
    ExpectedBest honest = ExpectedBest.chosen(selection, held, NEVER, 20);
    assertEquals(1 / 21.0, lucky.losses()[19], 0.02);
    assertEquals(0.5, honest.losses()[19], 0.15);
  }

  @Test
  void saysHowFewTrialsAreEnough() {
    double[] outcomes = {1, 2, 3, 4, NAN, NAN, NAN, NAN};
    ExpectedBest found = ExpectedBest.of(outcomes, NEVER, 8);
    Tolerance half = new Tolerance.Ratio(0.5);
    int fewest = 0;
    while (found.losses()[fewest++] > 1.5) {}
    assertEquals(OptionalInt.of(fewest), found.fewest(half, 1));
    // C(4, k) / C(8, k) = 1/2, 3/14, 1/14, 1/70, 0
    assertArrayEquals(
        new double[] {0.5, 3 / 14.0, 1 / 14.0, 1 / 70.0, 0},
        Arrays.copyOf(found.allFail(), 5),
        1e-15);
    assertEquals(OptionalInt.of(5), found.fewest(new Tolerance.Difference(2), 0));
    assertEquals(OptionalInt.of(3), found.fewest(new Tolerance.Difference(2), 0.1));
    assertEquals(OptionalInt.of(8), found.fewest(new Tolerance.Difference(0), 0.1));
    assertEquals(OptionalInt.empty(), ExpectedBest.of(outcomes, NEVER, 3).fewest(half, 0.1));
  }

  @Test
  void hasNoLossWhereAllFail() {
    double[] failed = {NAN, NAN};
    ExpectedBest none = ExpectedBest.of(failed, NEVER, 2);
    assertArrayEquals(new double[] {NAN, NAN}, none.losses());
    assertArrayEquals(new double[] {1, 1}, none.allFail());
    assertEquals(OptionalInt.empty(), none.fewest(new Tolerance.Ratio(1), 1));
    assertArrayEquals(new double[] {3, 3}, ExpectedBest.of(failed, 3, 2).losses());
  }

  @Test
  void refusesWhatHasNoAnswer() {
    double[] two = {1, 2};
    refused(() -> ExpectedBest.of(two, NEVER, 3));
    refused(() -> ExpectedBest.of(two, NEVER, 0));
    refused(() -> ExpectedBest.of(new double[0], NEVER, 1));
    refused(() -> ExpectedBest.of(two, NAN, 1));
    refused(() -> ExpectedBest.of(new double[] {1, NEVER}, NEVER, 1));
    refused(() -> ExpectedBest.chosen(two, new double[1], NEVER, 1));
    refused(() -> ExpectedBest.chosen(two, new double[] {1, NAN}, NEVER, 1));
  }

  private static void refused(Runnable call) {
    assertThrows(IllegalArgumentException.class, call::run);
  }
}
