package org.vaescape.analysis;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.vaescape.analysis.DifferenceNoise.Paired;
import org.vaescape.analysis.DifferenceNoise.Separate;
import org.vaescape.analysis.DifferenceNoise.Shared;

class DetectableTest {
  /// Two settings whose noise is taken to be one, as Student's test does.
  private static final Detectable STUDENT =
      new Detectable(new Shared(RunNoise.pooled(1, 2)), 0.05, 0.8);

  private static Detectable separate(double one, double other) {
    return new Detectable(
        new Separate(RunNoise.pooled(one, 1), RunNoise.pooled(other, 1)), 0.05, 0.8);
  }

  /// Cohen 1988, Statistical Power Analysis, table 2.4.1 (two groups; its 393 for d = .2 is a
  /// rounded 393.4), and G*Power 3.1 (pairs).
  @Test
  void needsAsManyRepeatsAsThePublishedTables() {
    int[][] ofTwoGroups = {{20, 394}, {50, 64}, {80, 26}, {100, 17}};
    for (int[] row : ofTwoGroups) {
      double difference = row[0] / 100.0;
      assertEquals(OptionalInt.of(row[1]), STUDENT.fewestRepeats(difference, 1000));
      assertEquals(OptionalInt.of(row[1]), STUDENT.fewestRepeats(-difference, row[1]));
      assertEquals(OptionalInt.empty(), STUDENT.fewestRepeats(difference, row[1] - 1));
    }
    int[][] ofPairs = {{20, 199}, {50, 34}, {80, 15}};
    Detectable pairs = new Detectable(new Paired(RunNoise.pooled(1, 1)), 0.05, 0.8);
    for (int[] row : ofPairs) {
      assertEquals(OptionalInt.of(row[1]), pairs.fewestRepeats(row[0] / 100.0, 1000));
    }
  }

  /// Python: c = t.isf(.025, f); d = difference / error; nct.sf(c, f, d) + nct.cdf(-c, f, d), all
  /// of scipy.stats.
  @Test
  void hasThePowerThatScipyFinds() {
    assertEquals(0.7813977924664224, STUDENT.powerOf(1, 16), 1e-11);
    assertEquals(0.8070367151472195, STUDENT.powerOf(-1, 17), 1e-11);
  }

  /// Solved with scipy.optimize.brentq of the same power.
  @Test
  void findsTheDifferenceThatScipyFinds() {
    double[][] expected = {
      {2, 5.65348926619713},
      {3, 3.070892266363688},
      {5, 2.0244393393845437},
      {10, 1.3249473925792308}
    };
    for (double[] row : expected) {
      assertEquals(row[1], STUDENT.smallest((int) row[0]).difference(), 1e-9 * row[1]);
    }
  }

  @Test
  void findsItsOwnSmallestDifferenceWithItsPower() {
    Detectable pooled = new Detectable(new Shared(RunNoise.pooled(0.08, 30)), 0.01, 0.9);
    for (Detectable each : new Detectable[] {pooled, separate(0.004, 0.13)}) {
      for (int repeats : new int[] {2, 3, 8}) {
        Detectable.Found found = each.smallest(repeats);
        assertEquals(each.power(), each.powerOf(found.difference(), repeats), 1e-11);
        assertEquals(OptionalInt.of(repeats), each.fewestRepeats(found.difference() * 1.0001, 9));
      }
    }
  }

  @Test
  void findsSmallerDifferencesWhereNoiseIsPooledOverCells() {
    Detectable pooled = new Detectable(new Shared(RunNoise.pooled(1, 30)), 0.05, 0.8);
    double known =
        (1.959963984540054 + 0.8416212335729143) * Math.sqrt(2 / 3.0); // normal quantiles
    assertTrue(pooled.smallest(3).difference() < 1.04 * known);
    assertTrue(STUDENT.smallest(3).difference() > 1.3 * known);
    assertTrue(separate(1, 1).smallest(3).difference() > STUDENT.smallest(3).difference());
    Detectable given =
        new Detectable(new Shared(RunNoise.given(1, Double.POSITIVE_INFINITY)), 0.05, 0.8);
    // The other tail is left out of the closed form: it has 1e-6.
    assertEquals(known, given.smallest(3).difference(), 1e-5);
  }

  @Test
  void doubtsNothingWhereThereIsNoNoise() {
    Detectable exact = separate(0, 0);
    assertEquals(new Detectable.Found(2, 0), exact.smallest(2));
    assertEquals(1, exact.powerOf(1e-12, 2));
    assertEquals(1, exact.powerOf(-1e300, 2));
    assertEquals(0.023425720455278316, exact.powerOf(0, 2), 1e-9); // Welch's of equal noise
    assertEquals(0.05, STUDENT.powerOf(0, 2), 1e-12);
    assertEquals(OptionalInt.of(2), exact.fewestRepeats(-1e-12, 2));
    assertEquals(OptionalInt.empty(), separate(1, 1).fewestRepeats(0, 50));
  }

  /// Simulated tests of normal runs: Welch's of two noises, Student's of pairs and of one noise
  /// that is pooled over more cells than are compared. To two points at four standard errors.
  @Test
  void agreesWithSimulatedTests() {
    PowerSimulation simulated = new PowerSimulation(10_000, 3);
    double[][] rows = {{1, 1, 2, 6}, {1, 1, 5, 2}, {1, 3, 3, 7}, {1, 3, 5, 5}, {1, 20, 6, 30}};
    for (double[] row : rows) {
      double predicted = separate(row[0], row[1]).powerOf(row[3], (int) row[2]);
      double found = simulated.welch(row[0], row[1], (int) row[2], row[3]);
      assertEquals(predicted, found, 0.02, "power of " + Arrays.toString(row));
    }
    double ofPairs = Math.sqrt(1 + 2 * 2 - 2 * 0.7 * 1 * 2);
    Detectable paired = new Detectable(new Paired(RunNoise.pooled(ofPairs, 1)), 0.05, 0.8);
    assertEquals(paired.powerOf(2, 5), simulated.paired(1, 2, 0.7, 5, 2), 0.02);
    Detectable pooled = new Detectable(new Shared(RunNoise.pooled(1, 4)), 0.05, 0.8);
    assertEquals(pooled.powerOf(2.5, 2), simulated.pooled(4, 2, 2.5), 0.02);
  }

  @Test
  void refusesLevelsAndPowersThatAreNone() {
    DifferenceNoise noise = new Shared(RunNoise.pooled(1, 1));
    assertTrue(refusal(() -> new Detectable(noise, 0, 0.8)).contains("0.0"));
    assertTrue(refusal(() -> new Detectable(noise, 0.05, 0.05)).contains("power must lie"));
    assertTrue(refusal(() -> new Detectable(noise, 0.05, 1)).contains("1.0"));
    Detectable some = new Detectable(noise, 0.05, 0.8);
    assertTrue(refusal(() -> some.smallest(1)).contains("no degree of freedom"));
    assertTrue(refusal(() -> some.powerOf(Double.NaN, 3)).contains("NaN"));
    assertTrue(refusal(() -> some.fewestRepeats(1, 1)).contains("at least 2"));
  }

  private static String refusal(Runnable call) {
    return String.valueOf(assertThrows(IllegalArgumentException.class, call::run).getMessage());
  }
}
