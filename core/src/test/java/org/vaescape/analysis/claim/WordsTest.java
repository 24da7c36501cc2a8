package org.vaescape.analysis.claim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.vaescape.analysis.Interval;
import org.vaescape.analysis.runs.Run;
import org.vaescape.analysis.runs.Runs;
import org.vaescape.analysis.sensitivity.Sensitivity;

class WordsTest {
  @Test
  void nothingOfOneSeedIsCalledRobust() {
    Robustness all = new Robustness(12, 12, List.of(), List.of(), List.of(), List.of());
    assertEquals("Robust: this holds in all 12 ways of looking at these runs.", Words.of(all, 2));
    assertEquals(
        "This holds in all 12 ways of looking at these runs. They are of one seed: another one may say otherwise.",
        Words.of(all, 1));
  }

  @Test
  void boundsThatDifferReadDifferently() {
    assertEquals("[55, 66]", Words.of(new Interval(0.551, 0.664)));
    assertEquals("[99.97, 99.99]", Words.of(new Interval(0.9997, 0.9999)));
    assertEquals("[0.01, 0.02]", Words.of(new Interval(0.0001, 0.00019)));
  }

  @Test
  void whatIsNotAllReadsAsLess() {
    assertEquals("100 %", Words.percent(1));
    assertEquals("99.6 %", Words.percent(259 / 260.0));
    assertEquals("more than 99.9 %", Words.percent(0.9996));
    assertEquals("99 %", Words.percent(0.994));
  }

  @Test
  void smallChangesOfALossKeepTwoDigits() {
    assertEquals("0.0043 %", Words.change(0.0000432));
    assertEquals("-0.0043 %", Words.change(-0.0000432));
    assertEquals("12 %", Words.change(0.12));
    assertEquals("0 %", Words.change(0.0));
    assertEquals("a factor of 194", Words.change(192.74));
    assertEquals("[-0.0005, 0.0087]", Words.change(new Interval(-0.000005, 0.000087)));
    assertEquals("[20, 31]", Words.change(new Interval(0.2, 0.31)));
  }

  @Test
  void aPointIsNoInterval() {
    assertFalse(new Interval(1, 1).wide());
    assertFalse(new Interval(0.3, 0.3 + 1e-12).wide());
    assertTrue(new Interval(0.3, 0.31).wide());
    assertTrue(new Interval(0, 1e-9).wide());
  }

  /// Runs of one setting that do not differ tell no noise.
  @Test
  void sharesWithoutNoiseHaveNoInterval() {
    List<Run> runs =
        Runs.grid(
            Runs.space(
                Map.entry("learning-rate", List.of("0.001", "0.01")),
                Map.entry("optimizer", List.of("adam", "sgd"))),
            2,
            (cell, _) -> cell.getOrDefault("optimizer", "").equals("sgd") ? 2 : 1);
    Sensitivity found = Sensitivity.of(Runs.set(runs));
    Claim claim =
        found.claims().stream()
            .filter(one -> one.id().startsWith("importance/"))
            .findFirst()
            .orElseThrow();
    assertTrue(claim.interval().isEmpty());
    assertTrue(claim.reason().startsWith("no interval"), claim.reason());
    assertFalse(claim.sentence().contains("[100, 100]"), claim.sentence());
  }
}
