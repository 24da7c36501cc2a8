package org.vaescape.analysis.runs;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.vaescape.study.Metric;

class ReadingNamesTest {
  private static List<String> scopes(String... norms) {
    List<Run> runs =
        Runs.grid(
            Runs.space(
                Map.entry("model", List.of("vae")),
                Map.entry("norm", List.of(norms)),
                Map.entry("drop-last", List.of("true")),
                Map.entry("latent", List.of("10", "50"))),
            2,
            (cell, repeat) -> cell.hashCode() + repeat);
    RunSet set =
        new RunSet(
            "made up",
            1,
            runs,
            List.of("norm", "drop-last"),
            true,
            List.of(),
            OptionalInt.empty(),
            List.of(new RunSet.Outcome(Runs.LOSS, Metric.Better.LOWER, true)));
    return set.landscapes().stream().map(landscape -> landscape.scope().text()).toList();
  }

  @Test
  void keysThatTellNoReadingsApartNameNone() {
    assertEquals(List.of("vae, norm batch", "vae, norm none"), scopes("batch", "none"));
    assertEquals(List.of("vae"), scopes("batch"));
  }
}
