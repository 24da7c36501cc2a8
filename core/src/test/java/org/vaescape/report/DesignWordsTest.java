package org.vaescape.report;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.vaescape.analysis.runs.Design;
import org.vaescape.analysis.runs.Runs;

class DesignWordsTest {
  @Test
  void countsOfNoneAreNotSaid() {
    Design design =
        Design.of(
            Runs.set(
                    Runs.grid(
                        Runs.space(Map.entry("rate", List.of("1", "2"))),
                        2,
                        (cell, repeat) ->
                            repeat == 1 && cell.getOrDefault("rate", "").equals("2")
                                ? Double.NaN
                                : 1))
                .landscapes()
                .getFirst(),
            "");
    assertEquals(
        "all runs: 4 runs of rate (2); a complete grid, 2 repeats; 1 failed.",
        DesignWords.sentence(design));
  }
}
