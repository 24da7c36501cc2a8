package org.vaescape.analysis.runs;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class FoldTest {
  @Test
  void bothWaysHaveEachFoldOnceAndTheOtherWayRound() {
    int[] expected = {2, 6, 6, 20, 20, 70, 70, 18}; // of 2 to 9 repeats
    for (int repeats = 2; repeats <= 9; repeats++) {
      List<Fold> folds = Fold.bothWays(repeats);
      Set<List<Integer>> sides = new LinkedHashSet<>();
      for (Fold fold : folds) {
        assertArrayEquals(
            IntStream.range(0, repeats).toArray(),
            IntStream.concat(Arrays.stream(fold.choosing()), Arrays.stream(fold.judging()))
                .sorted()
                .toArray());
        sides.add(Arrays.stream(fold.choosing()).boxed().toList());
      }
      assertEquals(expected[repeats - 2], folds.size(), repeats + " repeats");
      assertEquals(folds.size(), sides.size(), "each once");
      for (Fold fold : folds) {
        assertTrue(sides.contains(Arrays.stream(fold.judging()).boxed().toList()));
      }
    }
  }

  @Test
  void oneRepeatIsBothSides() {
    Fold only = Fold.bothWays(1).getFirst();
    assertEquals(1, Fold.bothWays(1).size());
    assertArrayEquals(only.choosing(), only.judging());
  }
}
