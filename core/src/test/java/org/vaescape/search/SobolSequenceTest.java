package org.vaescape.search;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Arrays;
import java.util.BitSet;
import org.junit.jupiter.api.Test;

class SobolSequenceTest {
  private static final int POINTS = 256;

  /// First ten points after the origin, as the file of Joe and Kuo's own programme and R's
  /// randtoolbox give them.
  @Test
  void beginsAsTheSequenceOfJoeAndKuoDoes() {
    double[][] expected = {
      {0.5, 0.5, 0.5},
      {0.75, 0.25, 0.25},
      {0.25, 0.75, 0.75},
      {0.375, 0.375, 0.625},
      {0.875, 0.875, 0.125},
      {0.625, 0.125, 0.875},
      {0.125, 0.625, 0.375},
      {0.1875, 0.3125, 0.9375},
      {0.6875, 0.8125, 0.4375}
    };
    SobolSequence sequence = SobolSequence.plain(3);
    assertArrayEquals(new double[3], sequence.point(0));
    for (int i = 0; i < expected.length; i++) {
      assertArrayEquals(expected[i], sequence.point(i + 1), "point " + (i + 1));
    }
  }

  @Test
  void everySliceOfEveryCoordinateHoldsOnePointPlainOrScrambled() {
    for (SobolSequence sequence :
        new SobolSequence[] {
          SobolSequence.plain(SobolSequence.MOST_DIMENSIONS),
          SobolSequence.scrambled(SobolSequence.MOST_DIMENSIONS, 4)
        }) {
      for (int d = 0; d < SobolSequence.MOST_DIMENSIONS; d++) {
        BitSet slices = new BitSet();
        for (int i = 0; i < POINTS; i++) {
          slices.set((int) (sequence.point(i)[d] * POINTS));
        }
        assertEquals(POINTS, slices.cardinality(), "coordinate " + d);
      }
    }
  }

  @Test
  void noTwoCoordinatesAreTheSame() {
    SobolSequence sequence = SobolSequence.plain(SobolSequence.MOST_DIMENSIONS);
    double[][] columns = new double[SobolSequence.MOST_DIMENSIONS][POINTS];
    for (int i = 0; i < POINTS; i++) {
      for (int d = 0; d < columns.length; d++) {
        columns[d][i] = sequence.point(i)[d];
      }
    }
    for (int a = 0; a < columns.length; a++) {
      for (int b = 0; b < a; b++) {
        assertFalse(Arrays.equals(columns[a], columns[b]), a + " and " + b);
      }
    }
  }

  @Test
  void aSeedDecidesTheScramble() {
    double[] point = SobolSequence.scrambled(5, 9).point(77);
    assertArrayEquals(point, SobolSequence.scrambled(5, 9).point(77));
    assertFalse(Arrays.equals(point, SobolSequence.scrambled(5, 10).point(77)));
  }

  @Test
  void refusesDimensionsThatTheTableLacks() {
    assertThrows(
        IllegalArgumentException.class,
        () -> SobolSequence.plain(SobolSequence.MOST_DIMENSIONS + 1));
    assertThrows(IllegalArgumentException.class, () -> SobolSequence.plain(0));
  }
}
