package org.vaescape.analysis.runs;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class RepeatShiftsTest {
  private static final double NONE = Double.NaN;

  /// Settings 1 to 5 and splits -1, 0 and 1, with holes.
  @Test
  void findWhatSplitsAndSettingsAddUpTo() {
    List<double[]> losses =
        List.of(
            new double[] {0, 1, 2},
            new double[] {NONE, 2, 3},
            new double[] {2, NONE, NONE},
            new double[] {NONE, NONE, 5},
            new double[] {4, 5, 6});
    RepeatShifts found = RepeatShifts.of(losses, 3);
    assertArrayEquals(new double[] {-1, 0, 1}, found.ofRepeats(), 1e-9);
    for (int i = 0; i < losses.size(); i++) {
      assertEquals(i + 1, found.without(losses.get(i)), 1e-9);
    }
    assertTrue(Double.isNaN(found.without(new double[] {NONE, NONE, NONE})));
  }

  /// Of two repeats their difference is that of the settings which have both: 2 and 3.
  @Test
  void areThoseOfLeastSquares() {
    List<double[]> losses = new ArrayList<>();
    losses.add(new double[] {0, 2});
    losses.add(new double[] {1, 4});
    losses.add(new double[] {7, NONE});
    RepeatShifts found = RepeatShifts.of(losses, 2);
    assertArrayEquals(new double[] {-1.25, 1.25}, found.ofRepeats(), 1e-9);
    assertEquals(8.25, found.without(losses.get(2)), 1e-9);
  }
}
