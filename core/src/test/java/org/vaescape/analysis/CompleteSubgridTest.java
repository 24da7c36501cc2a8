package org.vaescape.analysis;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class CompleteSubgridTest {
  private static List<Factor> factors(int... levels) {
    List<Factor> factors = new ArrayList<>();
    for (int i = 0; i < levels.length; i++) {
      factors.add(new Factor("f" + i, levels[i]));
    }
    return factors;
  }

  private static boolean[] random(int cells, double share, SplittableRandom random) {
    boolean[] present = new boolean[cells];
    for (int cell = 0; cell < cells; cell++) {
      present[cell] = random.nextDouble() < share;
    }
    present[random.nextInt(cells)] = true;
    return present;
  }

  /// Bits of the levels that are kept, those of the first factor highest, in the order of the
  /// levels; found by trying every set of levels of every factor.
  private static long byBruteForce(List<Factor> factors, boolean[] present) {
    int bits = factors.stream().mapToInt(Factor::levels).sum();
    long best = 0;
    long[] bestKey = {0, 0, 0};
    for (long kept = (1L << bits) - 1; kept > 0; kept--) { // descending: the first of equals wins
      int cells = 0;
      boolean complete = true;
      for (int cell = 0; cell < present.length && complete; cell++) {
        boolean inside = true;
        int left = cell;
        int bit = 0;
        for (int i = factors.size() - 1; i >= 0; i--) {
          int levels = factors.get(i).levels();
          inside &= (kept >> (bit + levels - 1 - left % levels) & 1) == 1;
          left /= levels;
          bit += levels;
        }
        cells += inside ? 1 : 0;
        complete = !inside || present[cell];
      }
      int varying = 0;
      int bit = 0;
      for (int i = factors.size() - 1; i >= 0; i--) {
        int levels = factors.get(i).levels();
        varying += Long.bitCount(kept >> bit & (1L << levels) - 1) >= 2 ? 1 : 0;
        bit += levels;
      }
      long[] key = {complete ? cells : 0, varying, Long.bitCount(kept)};
      if (key[0] > 0 && Arrays.compare(key, bestKey) > 0) {
        best = kept;
        bestKey = key;
      }
    }
    return best;
  }

  private static long bits(List<Factor> factors, CompleteSubgrid found) {
    long bits = 0;
    for (int i = 0; i < factors.size(); i++) {
      for (int level = 0; level < factors.get(i).levels(); level++) {
        bits = 2 * bits + (found.box().levels().get(i).contains(level) ? 1 : 0);
      }
    }
    return bits;
  }

  @Test
  void findsWhatTryingAllSetsOfAllFactorsFinds() {
    SplittableRandom random = new SplittableRandom(1);
    int[][] shapes = {{3, 4}, {4, 2}, {2, 3, 4}, {4, 3, 2}, {3, 4, 3}, {2, 2, 2, 3}, {5}};
    for (int run = 0; run < 210; run++) {
      List<Factor> factors = factors(shapes[run % shapes.length]);
      int cells = factors.stream().mapToInt(Factor::levels).reduce(1, (a, b) -> a * b);
      boolean[] present = random(cells, 0.3 + 0.65 * random.nextDouble(), random);
      CompleteSubgrid found = CompleteSubgrid.of(factors, present);
      assertTrue(found.exact());
      assertEquals(
          Long.toBinaryString(byBruteForce(factors, present)),
          Long.toBinaryString(bits(factors, found)),
          factors + " " + Arrays.toString(present));
    }
  }

  @Test
  void leavesOutTheLatentSizesAtWhichTheHighestRateFails() {
    List<Factor> factors =
        List.of(new Factor("rate", 5), new Factor("latent", 6), new Factor("optimizer", 3));
    boolean[] present = new boolean[90];
    for (int cell = 0; cell < 90; cell++) {
      present[cell] = cell / 18 < 4 || cell / 3 % 6 >= 3 || cell % 3 != 2;
    }
    CompleteSubgrid found = CompleteSubgrid.of(factors, present);
    // without the rate 72 cells, without the optimizer 60, without three latent sizes 45
    assertEquals(List.of(0, 1, 2, 3), found.box().levels().getFirst());
    assertEquals(72, found.box().cells());
  }

  @Test
  void prefersOfEquallyManyCellsMoreFactorsThenTheFirstLevels() {
    boolean[] blockOrColumn = new boolean[18]; // 6 x 3
    for (int cell : new int[] {0, 1, 3, 4, 8, 11, 14, 17}) {
      blockOrColumn[cell] = true;
    }
    CompleteSubgrid block = CompleteSubgrid.of(factors(6, 3), blockOrColumn);
    assertEquals(List.of(List.of(0, 1), List.of(0, 1)), block.box().levels());
    boolean[] wideOrHigh = new boolean[18]; // 3 x 6, the last row without its last two
    Arrays.fill(wideOrHigh, 0, 16, true);
    CompleteSubgrid wide = CompleteSubgrid.of(factors(3, 6), wideOrHigh);
    assertEquals(List.of(0, 1), wide.box().levels().getFirst(), "2 x 6 drops one level, 3 x 4 two");
    boolean[] diagonal = {true, false, false, true};
    CompleteSubgrid corner = CompleteSubgrid.of(factors(2, 2), diagonal);
    assertEquals(List.of(List.of(0), List.of(0)), corner.box().levels());
  }

  @Test
  void dropsTheWorstLevelsWhereThereAreTooManyToTry() {
    List<Factor> factors = factors(20, 20);
    boolean[] present = new boolean[400];
    SplittableRandom random = new SplittableRandom(2);
    for (int cell = 0; cell < 400; cell++) {
      boolean poor = cell / 20 == 3 || cell / 20 == 17 || cell % 20 == 5;
      present[cell] = !poor || random.nextDouble() < 0.5;
    }
    CompleteSubgrid found = CompleteSubgrid.of(factors, present);
    assertFalse(found.exact());
    assertEquals(18 * 19, found.box().cells());
    for (int cell : found.box().places(factors)) {
      assertTrue(present[cell]);
    }
    double worst = 1;
    for (int run = 0; run < 20; run++) {
      boolean[] scattered = random(17 * 17, 0.9, random);
      double share =
          (double) CompleteSubgrid.of(factors(17, 17), scattered).box().cells()
              / largestOfTwoFactors(17, scattered);
      worst = Math.min(worst, share);
    }
    assertTrue(worst > 0.7 && worst <= 1, "of the cells of the exact answer: " + worst);
  }

  @Test
  void dropsByTheShareThatIsMissingAndNotByTheNumber() {
    boolean[] present = new boolean[34 * 17];
    Arrays.fill(present, true);
    for (int row = 0; row < 8; row++) {
      Arrays.fill(present, 17 * row, 17 * row + 5, false); // columns lack 8 of 34, rows 5 of 17
    }
    CompleteSubgrid found = CompleteSubgrid.of(factors(34, 17), present);
    assertFalse(found.exact());
    assertEquals(26 * 17, found.box().cells(), "34 x 12 are fewer");
  }

  private static int largestOfTwoFactors(int levels, boolean[] present) {
    int[] rows = new int[levels];
    for (int cell = 0; cell < present.length; cell++) {
      rows[cell / levels] |= present[cell] ? 1 << cell % levels : 0;
    }
    int most = 0;
    for (int chosen = 1; chosen < 1 << levels; chosen++) {
      int columns = (1 << levels) - 1;
      for (int row = 0; row < levels; row++) {
        columns &= (chosen >> row & 1) == 1 ? rows[row] : -1;
      }
      most = Math.max(most, Integer.bitCount(chosen) * Integer.bitCount(columns));
    }
    return most;
  }

  @Test
  void takesBackALevelThatLacksNothingAnyMore() {
    boolean[] present = new boolean[17 * 17];
    Arrays.fill(present, true);
    for (int column = 0; column < 5; column++) {
      present[column] = false; // the first row lacks 5 and is dropped first, but then
      for (int row = 1 + 3 * column; row <= 3 + 3 * column; row++) {
        present[17 * row + column] = false; // these columns are worse than any other row
      }
    }
    CompleteSubgrid found = CompleteSubgrid.of(factors(17, 17), present);
    assertFalse(found.exact());
    assertEquals(17 * 12, found.box().cells());
  }

  @Test
  void refusesAGridWithoutAnyCell() {
    for (int levels : new int[] {2, 17}) {
      List<Factor> factors = factors(levels, levels);
      String refusal =
          assertThrows(
                  IllegalArgumentException.class,
                  () -> CompleteSubgrid.of(factors, new boolean[levels * levels]))
              .getMessage();
      assertEquals("no cell of the grid is there", refusal);
    }
    assertThrows(
        IllegalArgumentException.class,
        () -> CompleteSubgrid.of(factors(2, 2), new boolean[] {true}));
  }
}
