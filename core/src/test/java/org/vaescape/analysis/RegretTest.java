package org.vaescape.analysis;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

class RegretTest {
  private static final double NAN = Double.NaN;

  @Test
  void measuresALossBetweenTheBestAndTheReference() {
    Regret regret = new Regret(1, 4, 4);
    assertEquals(0, regret.of(1));
    assertEquals(1, regret.of(4));
    assertEquals(2 / 3.0, regret.of(3), 1e-15);
    assertEquals(4 / 3.0, regret.of(5), 1e-15, "worse than the reference");
    assertEquals(1, regret.of(NAN), "failed counts as the reference");
    assertEquals(NAN, new Regret(1, 4, NAN).of(NAN), "failed is left out");
  }

  @Test
  void isTheSameInAnotherUnitFromAnotherZero() {
    Regret plain = new Regret(0.0086, 0.0217, NAN);
    Regret moved = new Regret(10 * 0.0086 - 3, 10 * 0.0217 - 3, NAN);
    assertEquals(plain.of(0.0104), moved.of(10 * 0.0104 - 3), 1e-12);
  }

  @Test
  void isUndefinedWhereTheBestDoesNotBeatTheReference() {
    assertEquals(NAN, new Regret(4, 4, 5).of(6));
    assertEquals(NAN, new Regret(4, 3, 5).of(6));
  }

  @Test
  void mayFallBelow0WhereTheBestIsTheOneOfOtherRepeats() {
    assertEquals(-0.5, new Regret(2, 4, NAN).of(1));
  }

  @Test
  void refusesWhatIsNotFinite() {
    assertThrows(IllegalArgumentException.class, () -> new Regret(NAN, 1, 1));
    assertThrows(IllegalArgumentException.class, () -> new Regret(1, NAN, 1));
    assertThrows(IllegalArgumentException.class, () -> new Regret(1, 2, Double.POSITIVE_INFINITY));
  }
}
