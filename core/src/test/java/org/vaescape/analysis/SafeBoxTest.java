package org.vaescape.analysis;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SafeBoxTest {
  private static final List<Factor> STUDY =
      List.of(new Factor("rate", 5), new Factor("latent", 6), new Factor("optimizer", 3));
  private static final Set<String> ORDERED = Set.of("rate", "latent");

  /// Rates 2 and 3 and latent sizes 1 to 4 do well with the first and the third optimizer; the
  /// highest rate fails with the third.
  private static double[] plateau(double noise, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    double[] losses = new double[90];
    for (int cell = 0; cell < 90; cell++) {
      int rate = cell / 18;
      int latent = cell / 3 % 6;
      int optimizer = cell % 3;
      boolean good = (rate == 2 || rate == 3) && latent >= 1 && latent <= 4 && optimizer != 1;
      losses[cell] = (good ? 1 : 2) + noise * (random.nextDouble() - 0.5);
      losses[cell] = rate == 4 && optimizer == 2 ? Double.NaN : losses[cell];
    }
    return losses;
  }

  private static final LevelBox PLANTED =
      new LevelBox(List.of(List.of(2, 3), List.of(1, 2, 3, 4), List.of(0, 2)));

  @Test
  void recoversAPlantedPlateau() {
    LossGrid grid = new LossGrid(STUDY, plateau(0.4, 1));
    for (Tolerance within : List.of(new Tolerance.Difference(0.5), new Tolerance.Ratio(0.6))) {
      SafeBox found = SafeBox.anywhere(grid, ORDERED, within);
      assertEquals(PLANTED, found.box());
      assertTrue(found.exact());
      assertEquals(1, found.meanLoss(), 0.1);
      assertEquals(1, found.coverage(new LossGrid(STUDY, plateau(0.4, 2)), within));
    }
  }

  @Test
  void skipsAnOptimizerAndNoLatentSize() {
    double[] losses = plateau(0, 1);
    for (int rate = 2; rate <= 3; rate++) {
      for (int optimizer = 0; optimizer < 3; optimizer++) {
        losses[18 * rate + 3 * 2 + optimizer] = 5; // latent size 2 is bad
      }
    }
    LossGrid grid = new LossGrid(STUDY, losses);
    Tolerance within = new Tolerance.Difference(0.5);
    assertEquals(
        List.of(List.of(2, 3), List.of(3, 4), List.of(0, 2)),
        SafeBox.anywhere(grid, ORDERED, within).box().levels());
    assertEquals(
        List.of(List.of(2, 3), List.of(1, 3, 4), List.of(0, 2)),
        SafeBox.anywhere(grid, Set.of("rate"), within).box().levels());
  }

  @Test
  void findsThePlateauThoughALuckyCellIsBest() {
    double[] losses = plateau(0, 1);
    losses[0] = 0.9;
    LossGrid grid = new LossGrid(STUDY, losses);
    Tolerance within = new Tolerance.Difference(0.2);
    assertEquals(PLANTED, SafeBox.anywhere(grid, ORDERED, within).box());
  }

  @Test
  void findsWhatTryingAllBoxesFinds() {
    SplittableRandom random = new SplittableRandom(3);
    for (int run = 0; run < 60; run++) {
      List<Factor> factors =
          List.of(
              new Factor("a", 2 + random.nextInt(4)),
              new Factor("b", 2 + random.nextInt(3)),
              new Factor("c", 2 + random.nextInt(3)));
      Set<String> ordered = List.of(Set.of("a", "b"), Set.of("c"), Set.<String>of()).get(run % 3);
      int cells = factors.get(0).levels() * factors.get(1).levels() * factors.get(2).levels();
      double[] losses = new double[cells];
      for (int cell = 0; cell < cells; cell++) {
        losses[cell] = random.nextInt(8) == 0 ? Double.NaN : 1 + random.nextDouble();
      }
      losses[random.nextInt(cells)] = 1;
      LossGrid grid = new LossGrid(factors, losses);
      Tolerance within = new Tolerance.Difference(0.3 + 0.6 * random.nextDouble());
      SafeBox found = SafeBox.anywhere(grid, ordered, within);
      assertEquals(
          byBruteForce(grid, ordered, within),
          found.box(),
          factors + " " + Arrays.toString(losses));
      assertTrue(found.exact());
    }
  }

  private static LevelBox byBruteForce(LossGrid grid, Set<String> ordered, Tolerance within) {
    int[] levels = grid.factors().stream().mapToInt(Factor::levels).toArray();
    double limit = within.limit(grid.loss(grid.best()));
    int[] best = new int[3];
    int most = 0;
    double lowest = 0;
    for (int code = 0; code < 1 << (levels[0] + levels[1] + levels[2]); code++) {
      int[] bits = {
        code & (1 << levels[0]) - 1,
        code >> levels[0] & (1 << levels[1]) - 1,
        code >> (levels[0] + levels[1])
      };
      boolean good = true;
      for (int i = 0; i < 3; i++) {
        int run = bits[i] >> Integer.numberOfTrailingZeros(bits[i]);
        good &= !ordered.contains(grid.factors().get(i).name()) || (run & run + 1) == 0;
      }
      double sum = 0;
      int cells = 0;
      for (int cell = 0; cell < grid.cells() && good; cell++) {
        int[] at = {cell / levels[2] / levels[1], cell / levels[2] % levels[1], cell % levels[2]};
        if ((bits[0] >> at[0] & bits[1] >> at[1] & bits[2] >> at[2] & 1) == 1) {
          good = grid.loss(cell) <= limit;
          sum += grid.loss(cell);
          cells++;
        }
      }
      if (good && (cells > most || (cells == most && sum < lowest))) {
        best = bits;
        most = cells;
        lowest = sum;
      }
    }
    List<List<Integer>> chosen = new ArrayList<>();
    for (int bits : best) {
      chosen.add(IntStream.range(0, 5).filter(i -> (bits >> i & 1) == 1).boxed().toList());
    }
    return new LevelBox(chosen);
  }

  @Test
  void growsABoxWhereThereAreTooManyToTry() {
    List<Factor> factors = List.of(new Factor("a", 18), new Factor("b", 18), new Factor("c", 6));
    double[] losses = new double[18 * 18 * 6];
    Arrays.fill(losses, 2);
    LevelBox planted =
        new LevelBox(List.of(List.of(3, 5, 8, 13), List.of(4, 5, 6, 9), List.of(1, 2, 3)));
    SplittableRandom random = new SplittableRandom(4);
    for (int i = 0; i < 60; i++) { // good cells that lead nowhere
      losses[random.nextInt(losses.length)] = 1.05;
    }
    for (int cell : planted.places(factors)) {
      losses[cell] = 1 + 0.1 * random.nextDouble();
    }
    List<List<Integer>> levels = planted.levels();
    LevelBox withGap = new LevelBox(List.of(levels.get(0), levels.get(1), List.of(1, 2, 3, 5)));
    for (int cell : withGap.places(factors)) {
      losses[cell] = Math.min(losses[cell], 1.15);
    }
    LossGrid grid = new LossGrid(factors, losses);
    Tolerance within = new Tolerance.Difference(0.2);
    SafeBox grown = SafeBox.anywhere(grid, Set.of("c"), within);
    assertFalse(grown.exact());
    assertEquals(planted, grown.box());
    assertEquals(withGap, SafeBox.anywhere(grid, Set.of(), within).box(), "c has no order");
  }

  @Test
  void growsTowardsTheLowerLossWhereBothWaysAddAsMuch() {
    LossGrid grid =
        new LossGrid(
            List.of(new Factor("a", 2), new Factor("b", 2)), new double[] {1, 1.2, 1.1, 9});
    List<LevelSets> sets = List.of(new LevelSets(2, true), new LevelSets(2, true));
    boolean[] good = {true, true, true, false};
    LevelBox grown = new BoxGrowth(grid, sets, good).largest((_, _) -> 0).orElseThrow();
    assertEquals(List.of(List.of(0, 1), List.of(0)), grown.levels());
  }

  @Test
  void holdsOnOtherRepeatsWhereThePlateauIsRealAndNotWhereItIsLuck() {
    int runs = 200;
    double real = 0;
    double luck = 0;
    double share = 0;
    Tolerance within = new Tolerance.Difference(0.5);
    Tolerance half = new Tolerance.Difference(0.3);
    for (int run = 0; run < runs; run++) {
      SafeBox plateau = SafeBox.anywhere(new LossGrid(STUDY, plateau(0.4, run)), ORDERED, within);
      real += plateau.coverage(new LossGrid(STUDY, plateau(0.4, 1000 + run)), within) / runs;
      SplittableRandom random = new SplittableRandom(run);
      LossGrid noise = new LossGrid(STUDY, random.doubles(90).toArray());
      LossGrid other = new LossGrid(STUDY, random.doubles(90).toArray());
      luck += SafeBox.anywhere(noise, ORDERED, half).coverage(other, half) / runs;
      share += Closeness.of(other.losses(), half).share() / runs;
    }
    assertEquals(1, real, 1e-12);
    assertEquals(share, luck, 0.06, "no better than a box at random");
  }

  @Test
  void refusesAFactorThatIsNotThere() {
    LossGrid grid = new LossGrid(STUDY, plateau(0, 1));
    Tolerance within = new Tolerance.Difference(0);
    assertThrows(
        IllegalArgumentException.class, () -> SafeBox.anywhere(grid, Set.of("lr"), within));
    LossGrid other = new LossGrid(List.of(new Factor("rate", 2)), new double[2]);
    SafeBox found = SafeBox.anywhere(grid, Set.of(), within);
    assertThrows(IllegalArgumentException.class, () -> found.coverage(other, within));
  }
}
