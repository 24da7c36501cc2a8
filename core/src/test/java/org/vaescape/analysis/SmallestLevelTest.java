package org.vaescape.analysis;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class SmallestLevelTest {
  private static final double NAN = Double.NaN;
  private static final List<Factor> FACTORS =
      List.of(new Factor("rate", 2), new Factor("latent", 4));

  private static LossGrid grid(double... losses) {
    return new LossGrid(FACTORS, losses);
  }

  @Test
  void takesTheSmallestWhoseBestOverTheOtherFactorsIsWithinNoise() {
    LossGrid grid = grid(9, 5.0, 3.2, 3.1, NAN, 3.4, 4.0, 3.0);
    SmallestLevel strict = SmallestLevel.of(grid, "latent", new Tolerance.Difference(0.1));
    assertEquals(new SmallestLevel(3, 7, 7, List.of(9.0, 3.4, 3.2, 3.0)), strict);
    SmallestLevel loose = SmallestLevel.of(grid, "latent", new Tolerance.Difference(0.25));
    assertEquals(2, loose.level());
    assertEquals(2, loose.cell(), "at the other rate");
    assertEquals(1, SmallestLevel.of(grid, "latent", new Tolerance.Ratio(0.15)).level());
    assertEquals(0, SmallestLevel.of(grid, "latent", new Tolerance.Difference(10)).level());
    assertThrows(
        IllegalArgumentException.class,
        () -> SmallestLevel.of(grid, "size", new Tolerance.Difference(1)));
  }

  @Test
  void passesOverALevelAtWhichAllFail() {
    SmallestLevel found =
        SmallestLevel.of(grid(NAN, 2, 1, 1, NAN, 3, 1, 1), "latent", new Tolerance.Difference(0));
    assertEquals(List.of(NAN, 2.0, 1.0, 1.0), found.losses());
    assertEquals(2, found.level());
    assertEquals(2, found.best());
  }

  @Test
  void asksOtherRepeatsOfTheCellsThatItChose() {
    Tolerance within = new Tolerance.Difference(0.25);
    SmallestLevel found =
        SmallestLevel.of(grid(9, 5.0, 3.2, 3.1, NAN, 3.4, 4.0, 3.0), "latent", within);
    LossGrid agrees = grid(1, 5, 3.2, 3, 3, 3, 3, 3.1); // cell 0 is best there, and was not chosen
    assertEquals(0.1, found.excess(agrees), 1e-12);
    assertTrue(found.holds(agrees, within));
    LossGrid differs = grid(1, 5, 3.5, 3, 3, 3, 3, 3.1);
    assertEquals(0.4, found.excess(differs), 1e-12);
    assertFalse(found.holds(differs, within));
    assertFalse(found.holds(grid(1, 5, NAN, 3, 3, 3, 3, 3.1), within));
    assertFalse(found.holds(grid(1, 5, 3.2, 3, 3, 3, 3, NAN), within));
    assertFalse(found.holds(grid(1, 5, 3.2, 3, 3, 3, 3, NAN), new Tolerance.Ratio(1)));
  }

  @Test
  void recoversAPlantedElbowAndHoldsOnNewRepeats() {
    List<Factor> factors = List.of(new Factor("rate", 5), new Factor("latent", 6));
    SplittableRandom random = new SplittableRandom(1);
    Tolerance within = new Tolerance.Difference(0.2);
    int recovered = 0;
    int held = 0;
    int runs = 500;
    for (int run = 0; run < runs; run++) {
      double[][] losses = new double[2][30];
      for (double[] repeat : losses) {
        for (int cell = 0; cell < 30; cell++) {
          int rate = cell / 6;
          int latent = cell % 6;
          double tooSmall = 0.5 * Math.max(3 - latent, 0); // latent size 3 is enough
          double noise = 0.1 * (random.nextDouble() - 0.5);
          repeat[cell] = 1 + tooSmall + 0.3 * Math.abs(rate - 2) + noise;
        }
      }
      SmallestLevel found = SmallestLevel.of(new LossGrid(factors, losses[0]), "latent", within);
      recovered += found.level() == 3 ? 1 : 0;
      held += found.holds(new LossGrid(factors, losses[1]), within) ? 1 : 0;
    }
    assertEquals(runs, recovered);
    assertEquals(runs, held);
  }
}
