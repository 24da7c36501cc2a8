package org.vaescape.analysis;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class ClosenessTest {
  private static final double NAN = Double.NaN;
  private static final double[] LOSSES = {0.010, 0.0104, 0.0106, NAN, 0.0777, 0.0217, NAN, 0.0105};

  @Test
  void countsWhatIsWithinFivePercentOfTheBest() {
    Closeness found = Closeness.of(LOSSES, new Tolerance.Ratio(0.05));
    assertEquals(new Closeness(0.010, 0.010 * 1.05, 3, 2, 8), found);
    assertEquals(3 / 8.0, found.share(), "failed settings count, and are not close");
  }

  @Test
  void countsLossesOfAnySignByWhatTheBestGainsOverAReference() {
    double[] losses = {-3, -2.9, -2.5, 1, 4};
    Tolerance tenth = new Tolerance.OfGain(0.1, 1); // best gains 4
    assertEquals(2, Closeness.of(losses, tenth).close());
    for (double shift : new double[] {-100, 2.5, 64}) {
      double[] shifted = losses.clone();
      for (int i = 0; i < shifted.length; i++) {
        shifted[i] = 7 * losses[i] + shift;
      }
      Tolerance moved = new Tolerance.OfGain(0.1, 7 + shift);
      assertEquals(2, Closeness.of(shifted, moved).close(), "in another unit, from another zero");
    }
    assertEquals(-1, new Tolerance.OfGain(0.5, -4).limit(-1), "a reference that is not beaten");
  }

  @Test
  void calmButBadSettingsAreCloseToNothing() {
    double[] calm = {0.0777, 0.0776, 0.0777, 0.0775}; // an optimizer that never learns
    double[] lively = {0.0104, 0.0250, 0.0431, 0.0106};
    Tolerance within = new Tolerance.Ratio(0.05);
    assertTrue(
        new Observations(calm).standardDeviation()
            < new Observations(lively).standardDeviation() / 100);
    assertEquals(0, Closeness.to(0.0104, calm, within).share());
    assertEquals(0.5, Closeness.to(0.0104, lively, within).share());
  }

  @Test
  void isRefusedWithoutALossOrWithARatioToALossThatIsNotPositive() {
    Tolerance ratio = new Tolerance.Ratio(0.05);
    refused(() -> Closeness.of(new double[] {NAN}, ratio));
    refused(() -> Closeness.of(new double[] {-1, 2}, ratio));
    refused(() -> Closeness.of(new double[] {0, 2}, ratio));
    refused(() -> Closeness.of(new double[] {1, Double.POSITIVE_INFINITY}, ratio));
    refused(() -> Closeness.to(NAN, LOSSES, ratio));
    refused(() -> new Tolerance.Ratio(-0.05));
    refused(() -> new Tolerance.Difference(NAN));
    refused(() -> new Tolerance.OfGain(0.1, NAN));
    assertEquals(0, Closeness.to(1, new double[] {NAN, NAN}, ratio).share());
  }

  private static void refused(Runnable call) {
    assertThrows(IllegalArgumentException.class, call::run);
  }
}
