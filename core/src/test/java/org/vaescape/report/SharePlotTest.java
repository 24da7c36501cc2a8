package org.vaescape.report;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.vaescape.analysis.runs.RunSet;
import org.vaescape.analysis.runs.Runs;
import org.vaescape.analysis.sensitivity.Sensitivity;
import org.vaescape.study.Metric;

class SharePlotTest {
  private static SharePlot plot(List<String> models, List<String> norms) {
    RunSet set =
        new RunSet(
            "made up",
            1,
            Runs.grid(
                Runs.space(
                    Map.entry("model", models),
                    Map.entry("norm", norms),
                    Map.entry("latent", List.of("10", "50")),
                    Map.entry("batch", List.of("100", "200"))),
                2,
                (cell, repeat) -> 1 + (cell.hashCode() % 7 + 7) % 7 + 0.1 * repeat),
            List.of("norm"),
            true,
            List.of(),
            OptionalInt.empty(),
            List.of(new RunSet.Outcome(Runs.LOSS, Metric.Better.LOWER, false)));
    return SharePlot.of(Sensitivity.of(set), Runs.LOSS).orElseThrow();
  }

  @Test
  void panelsAreCalledByWhatTellsThemApart() {
    SharePlot readings = plot(List.of("vae"), List.of("batch", "none"));
    assertEquals(List.of("norm batch", "norm none"), List.copyOf(readings.panels().keySet()));
    assertEquals("val_mse: what its variation comes from (vae)", readings.title());
    SharePlot models = plot(List.of("vae", "iwae"), List.of("batch"));
    assertEquals(List.of("vae", "iwae"), List.copyOf(models.panels().keySet()));
    assertEquals("val_mse: what its variation comes from", models.title());
    SharePlot alone = plot(List.of("vae"), List.of("batch"));
    assertEquals(List.of("vae"), List.copyOf(alone.panels().keySet()));
  }
}
