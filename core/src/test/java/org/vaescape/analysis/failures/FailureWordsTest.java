package org.vaescape.analysis.failures;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.vaescape.analysis.advice.Advice;
import org.vaescape.analysis.claim.Claim;
import org.vaescape.analysis.runs.Fate;
import org.vaescape.analysis.runs.Landscape;
import org.vaescape.analysis.runs.Run;
import org.vaescape.analysis.runs.Runs;
import org.vaescape.analysis.sensitivity.Sensitivity;

/// At rate 3 all runs of size 1 fail, or of both sizes; none learned nothing.
class FailureWordsTest {
  private static List<Run> runs(String ending, List<String> sizes) {
    return Runs.grid(
            Runs.space(
                Map.entry("rate", List.of("1", "2", "3")), Map.entry("size", List.of("1", "2"))),
            2,
            (cell, repeat) ->
                cell.getOrDefault("rate", "").equals("3")
                        && sizes.contains(cell.getOrDefault("size", ""))
                    ? Double.NaN
                    : 1 + repeat)
        .stream()
        .map(run ->
            run.fate() == Fate.FAILED
                ? new Run(
                    run.id(), run.settings(), run.repeat(), run.fate(), ending, run.outcomes())
                : run)
        .toList();
  }

  private static String failures(List<Run> runs) {
    Landscape landscape = Runs.set(runs).landscapes().getFirst();
    return Failures.of(landscape).claim(landscape).map(Claim::sentence).orElseThrow();
  }

  @Test
  void whatFailedIsNotSaidToHaveFailedTwice() {
    String all = "all runs: 2 of 12 runs failed%s, all at rate 3, size 1.";
    String shares = " Whether a run fails varies with rate 40 %, rate x size 40 %, size 20 %.";
    assertEquals(all.formatted("") + shares, failures(runs("failed", List.of("1"))));
    assertEquals(all.formatted(" (2 diverged)") + shares, failures(runs("diverged", List.of("1"))));
    String avoid =
        Sensitivity.of(Runs.set(runs("failed", List.of("1")))).advice().stream()
            .filter(one -> one.kind().equals(Advice.AVOID))
            .map(Advice::sentence)
            .findFirst()
            .orElseThrow();
    assertEquals("Avoid rate 3, size 1: 2 of 2 runs failed there.", avoid);
  }

  @Test
  void noRunThatLearnedNothingIsNotCounted() {
    Landscape landscape = Runs.set(runs("diverged", List.of("1", "2"))).landscapes().getFirst();
    assertEquals(
        "all runs: no run learned at rate 3 (4 diverged).",
        Unlearned.of(landscape).claim(landscape).map(Claim::sentence).orElseThrow());
  }
}
