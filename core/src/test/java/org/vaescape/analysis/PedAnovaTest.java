package org.vaescape.analysis;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.vaescape.Covers;
import org.vaescape.Golden;

@Covers(GoldenTrials.FILE)
class PedAnovaTest {
  /// On the raw scale Optuna cuts the whole numbers 2 to 128, on their logarithm, into
  /// ceil(log2(127)) + 1 cells.
  private static final int CELLS_OF_LATENT = 8;

  @ParameterizedTest
  @CsvSource({"log_scale, 0.1", "log_scale, 0.25", "raw_scale, 0.1", "raw_scale, 0.25"})
  void importancesAreOptunas(String scale, double quantile) {
    // Its raw scale takes logarithms here too; only whole numbers have other ends and cells.
    GoldenTrials trials = GoldenTrials.read("log_scale");
    boolean[] best = PedAnova.best(trials.loss(), quantile);
    for (int i = 0; i < trials.names().size(); i++) {
      String name = trials.names().get(i);
      PedAnova input = PedAnova.of(trials.axes().get(i));
      if (scale.equals("raw_scale") && name.equals("latent")) {
        input = new PedAnova(new Axis.Real(Math.log10(2), Math.log10(128)), CELLS_OF_LATENT);
      }
      String group = "optuna/" + scale + "/ped_anova_q" + quantile + "_";
      JsonNode local = Golden.at(trials.file(), group + "local/raw/" + name);
      JsonNode global = Golden.at(trials.file(), group + "global/raw/" + name);
      double[] x = trials.x()[i];
      Golden.assertClose(Golden.number(local), input.local(x, best), 1e-6, 0, "local " + name);
      Golden.assertClose(Golden.number(global), input.global(x, best), 1e-6, 0, "global " + name);
    }
  }

  @Test
  void whereAllRunsAreBestNothingSetsThemApart() {
    double[] x = {0.1, 0.5, 0.9};
    boolean[] all = {true, true, true};
    assertEquals(0, PedAnova.of(new Axis.Real(0, 1)).local(x, all));
    assertEquals(0, PedAnova.of(new Axis.Levels(2)).local(new double[] {0, 1, 1}, all));
  }

  @Test
  void theInputThatDecidesCountsForMost() {
    SplittableRandom random = new SplittableRandom(4);
    double[] decides = random.doubles(200).toArray();
    double[] idle = random.doubles(200).toArray();
    double[] loss = Arrays.stream(decides).map(x -> (x - 0.3) * (x - 0.3)).toArray();
    boolean[] best = PedAnova.best(loss, 0.1);
    PedAnova input = PedAnova.of(new Axis.Real(0, 1));
    assertTrue(input.local(decides, best) > 5 * input.local(idle, best));
    assertTrue(input.global(decides, best) > 5 * input.global(idle, best));
  }

  @Test
  void equalLossesAreBestTogether() {
    assertArrayEquals(
        new boolean[] {true, false, true, true}, PedAnova.best(new double[] {1, 2, 1, 1}, 0.25));
  }

  @Test
  void refusesWhatIsNotOnTheAxis() {
    PedAnova input = PedAnova.of(new Axis.Levels(2));
    boolean[] best = {true};
    assertThrows(IllegalArgumentException.class, () -> input.local(new double[] {2}, best));
    assertThrows(IllegalArgumentException.class, () -> input.local(new double[2], best));
    assertThrows(IllegalArgumentException.class, () -> PedAnova.best(new double[1], 0));
  }
}
