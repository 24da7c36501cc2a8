package org.vaescape.analysis;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.vaescape.analysis.DifferenceNoise.Paired;
import org.vaescape.analysis.DifferenceNoise.Separate;
import org.vaescape.analysis.DifferenceNoise.Shared;

class DifferenceNoiseTest {
  @Test
  void countsTheDegreesOfStudentForEqualAndOfTheNoisierForUnequalNoise() {
    Separate equal = new Separate(RunNoise.pooled(2, 1), RunNoise.pooled(2, 1));
    assertEquals(8, equal.degrees(5, 5), 1e-12);
    assertEquals(2 * Math.sqrt(1 / 5.0 + 1 / 4.0), equal.standardError(5, 4), 1e-15);
    Separate unequal = new Separate(RunNoise.pooled(1e-90, 1), RunNoise.pooled(3e-80, 1));
    assertEquals(4, unequal.degrees(5, 5), 1e-12);
    Separate known =
        new Separate(RunNoise.given(1, Double.POSITIVE_INFINITY), RunNoise.given(1, 3));
    assertEquals(12, known.degrees(2, 2), 1e-12);
    Separate none = new Separate(RunNoise.pooled(0, 1), RunNoise.pooled(0, 1));
    assertEquals(8, none.degrees(5, 5));
    assertEquals(0, none.standardError(5, 5));
  }

  @Test
  void countsTheDegreesOfOneEstimateOnce() {
    Shared shared = new Shared(RunNoise.pooled(2, 30));
    assertEquals(60, shared.degrees(3, 3));
    assertEquals(2 * Math.sqrt(2 / 3.0), shared.standardError(3, 3), 1e-15);
    Shared known = new Shared(RunNoise.given(2, 11));
    assertEquals(11, known.degrees(3, 7));
    assertEquals(2 * Math.sqrt(1 / 3.0 + 1 / 7.0), known.standardError(3, 7), 1e-15);
  }

  @Test
  void knowsOfPairsTheNoiseOfTheirDifference() {
    Paired paired = new Paired(RunNoise.pooled(5, 1));
    assertEquals(5 / 2.0, paired.standardError(4, 4), 1e-15);
    assertEquals(3, paired.degrees(4, 4));
  }

  @Test
  void refusesPairsThatAreNone() {
    Paired paired = new Paired(RunNoise.pooled(1, 1));
    assertTrue(refusal(() -> paired.degrees(3, 4)).contains("3 and 4"));
    assertTrue(refusal(() -> paired.standardError(3, 4)).contains("3 and 4"));
  }

  private static String refusal(Runnable call) {
    return String.valueOf(assertThrows(IllegalArgumentException.class, call::run).getMessage());
  }
}
