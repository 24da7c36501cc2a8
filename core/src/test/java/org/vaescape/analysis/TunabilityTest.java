package org.vaescape.analysis;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.vaescape.analysis.Tunability.Gain;

class TunabilityTest {
  private static final List<Factor> FACTORS =
      List.of(new Factor("rate", 3), new Factor("latent", 4), new Factor("optimizer", 2));

  private static LossGrid grid(double[] losses) {
    return new LossGrid(FACTORS, losses);
  }

  private static double[] additive() {
    double[] rate = {2, 0.5, 1};
    double[] latent = {1, 1, 1, 0.9};
    double[] optimizer = {0, 0.25};
    double[] losses = new double[24];
    for (int cell = 0; cell < 24; cell++) {
      losses[cell] = rate[cell / 8] + latent[cell / 2 % 4] + optimizer[cell % 2];
    }
    return losses;
  }

  @Test
  void findsPlantedGainsWhereFactorsAddUp() {
    LossGrid grid = grid(additive());
    Tunability found = Tunability.of(grid, grid.cell(2, 0, 1));
    assertEquals(2.25, found.defaultLoss(), 1e-15);
    double[] single = {0.5, 0.1, 0.25};
    for (int i = 0; i < 3; i++) {
      assertEquals(List.of(FACTORS.get(i).name()), found.single().get(i).factors());
      assertEquals(single[i], found.single().get(i).gain(), 1e-15);
    }
    assertEquals(grid.cell(1, 0, 1), found.single().getFirst().cell(), "others stay at default");
    assertEquals(List.of("rate", "optimizer"), found.pairs().get(1).factors());
    assertEquals(0.75, found.pairs().get(1).gain(), 1e-15, "the sum of both");
    assertEquals(0.25, found.jointGain(found.pairs().get(1)), 1e-15, "the smaller of both");
    assertEquals(0.85, found.all().gain(), 1e-15, "the sum of all");
    assertEquals(grid.cell(1, 3, 0), found.all().cell());
    assertEquals(0, found.all().missing());
  }

  @Test
  void findsWhatOnlyTwoFactorsTogetherGain() {
    double[] losses = new double[24];
    for (int cell = 0; cell < 24; cell++) {
      losses[cell] = cell / 8 < 2 && cell / 8 == cell % 2 ? 1 : 3;
    }
    LossGrid grid = grid(losses); // the right rate depends on the optimizer
    Tunability found = Tunability.of(grid, grid.cell(2, 0, 0));
    assertEquals(2, found.single().get(0).gain());
    assertEquals(0, found.single().get(2).gain());
    assertEquals(grid.cell(2, 0, 0), found.single().get(2).cell(), "nothing beats the default");
    double[] and = new double[24];
    for (int cell = 0; cell < 24; cell++) {
      and[cell] = cell / 8 == 1 && cell % 2 == 1 ? 1 : 3;
    }
    Tunability both = Tunability.of(grid(and), grid.cell(0, 2, 0));
    for (Gain one : both.single()) {
      assertEquals(0, one.gain());
    }
    assertEquals(2, both.jointGain(both.pairs().get(1)), "rate and optimizer");
    assertEquals(0, both.jointGain(both.pairs().get(0)), "rate and latent");
    assertEquals(2, both.all().gain());
  }

  @Test
  void skipsAndCountsWhatIsMissing() {
    double[] losses = additive();
    LossGrid full = grid(losses);
    losses[full.cell(1, 0, 1)] = Double.NaN; // the best rate
    losses[full.cell(0, 3, 0)] = Double.NaN;
    LossGrid grid = grid(losses);
    Tunability found = Tunability.of(grid, grid.cell(2, 0, 1));
    Gain rate = found.single().getFirst();
    assertEquals(0, rate.gain());
    assertEquals(1, rate.missing());
    assertEquals(0, found.single().get(1).missing());
    assertEquals(
        1, found.pairs().getFirst().missing(), "rate and latent, at the default optimizer");
    assertEquals(2, found.all().missing());
    int failed = full.cell(1, 0, 1);
    assertThrows(IllegalArgumentException.class, () -> Tunability.of(grid, failed));
    assertThrows(IllegalArgumentException.class, () -> Tunability.of(grid, 24));
  }

  @Test
  void gainsNothingOnOtherRepeatsWhereAllIsNoise() {
    SplittableRandom random = new SplittableRandom(1);
    double lucky = 0;
    double honest = 0;
    int runs = 2000;
    for (int run = 0; run < runs; run++) {
      LossGrid chosen = grid(random.doubles(24).toArray());
      LossGrid judged = grid(random.doubles(24).toArray());
      int defaults = random.nextInt(24);
      lucky += Tunability.of(chosen, defaults).all().gain() / runs;
      honest += Tunability.of(chosen, judged, defaults).all().gain() / runs;
    }
    assertEquals(0.5 - 1 / 25.0, lucky, 0.03, "the lowest of 24 against any one");
    assertEquals(0, honest, 0.03);
  }

  @Test
  void neverGainsLessWithMoreFactors() {
    SplittableRandom random = new SplittableRandom(2);
    for (int run = 0; run < 50; run++) {
      Tunability found = Tunability.of(grid(random.doubles(24).toArray()), random.nextInt(24));
      for (Gain pair : found.pairs()) {
        assertTrue(found.jointGain(pair) >= 0);
        assertTrue(found.all().gain() >= pair.gain());
      }
    }
  }
}
