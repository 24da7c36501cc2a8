package org.vaescape.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.vaescape.analysis.runs.Fate;
import org.vaescape.analysis.runs.Run;
import org.vaescape.analysis.runs.Runs;
import org.vaescape.analysis.runs.StopPoint;
import org.vaescape.analysis.sensitivity.Sensitivity;

class AnswerTest {
  /// Two settings, of which `a` decides; some of its highest values fail.
  private static List<Run> runs(int repeats) {
    SplittableRandom random = new SplittableRandom(4);
    return Runs.grid(
        Runs.space(
            Map.entry("a", List.of("1", "2", "4", "8")), Map.entry("b", List.of("x", "y", "z"))),
        repeats,
        (cell, _) ->
            cell.containsValue("8") && cell.containsValue("z")
                ? Double.NaN
                : Double.parseDouble(cell.getOrDefault("a", ""))
                    * Math.exp(0.02 * random.nextGaussian()));
  }

  private static List<String> answer(Optional<Sensitivity> found, ReportInput of) {
    List<String> sentences =
        Answer.of(
                new ReportInput(
                    of.studyName(),
                    of.seed(),
                    of.studyYaml(),
                    of.readings(),
                    of.plan(),
                    of.trials(),
                    of.notes(),
                    of.sensitivity(),
                    found,
                    of.table(),
                    of.latents()))
            .sentences();
    assertTrue(sentences.size() <= 3, sentences::toString);
    assertTrue(sentences.stream().allMatch(one -> one.endsWith(".")), sentences::toString);
    return sentences;
  }

  private static List<String> answer(List<Run> runs) {
    return answer(
        Optional.of(Sensitivity.of(Runs.set(runs))), SampleStudy.full().withModels("vae").input(0));
  }

  @Test
  void whatMattersHasItsIntervalAndWhatItHangsOn() {
    List<String> said = answer(runs(3));
    assertTrue(
        said.getFirst()
            .matches(
                "What matters most is a: by itself it accounts for 9\\d.* % \\(95 % interval \\[.*\\]\\) of the variation of val_mse in all runs; this holds in .*"),
        said::toString);
    assertTrue(said.get(1).startsWith("Start from a 1, b "), said::toString);
    assertTrue(
        said.get(2).startsWith("3 of 36 runs failed (3 diverged), all at a 8, b z (counts"),
        said::toString);
  }

  @Test
  void oneSeedGivesNoIntervalAndTheReasonIsSaid() {
    String matters = answer(runs(1)).getFirst();
    assertFalse(matters.contains("95 % interval"), matters);
    assertTrue(matters.contains("(no interval: one"), matters);
  }

  /// The best setting stands beside PCA, with the range of its repeats and no interval.
  @Test
  void theBestSettingStandsBesidePca() {
    ReportInput of = SampleStudy.full().withModels("vae").withRepeats(2).input(0);
    String choice = answer(Optional.of(Sensitivity.of(Runs.set(runs(3)))), of).get(1);
    CellSummary best = Answer.best(StudyCells.of(of)).orElseThrow();
    assertTrue(
        choice.contains(
            "the lowest val_mse is that of vae at latent %s, learning-rate %s, optimizer %s: R² %s"
                .formatted(
                    best.setting("latent"),
                    best.setting("learning-rate"),
                    best.setting("optimizer"),
                    Summary.r2(best))),
        choice);
    long better =
        best.trials().stream()
            .filter(trial -> trial.metric("val_mse") < trial.metric("pca_mse"))
            .count();
    assertTrue(
        choice.contains("better than PCA in %s of 2 repeats (no interval".formatted(better)),
        choice);
  }

  @Test
  void whereNothingLearnedNothingMattersYet() {
    List<Run> unlearned =
        runs(2).stream()
            .map(run ->
                new Run(
                    run.id(),
                    run.settings(),
                    run.repeat(),
                    Fate.UNLEARNED,
                    "untrained",
                    Map.of(StopPoint.STOP, Map.of(Runs.LOSS, 1.0))))
            .toList();
    List<String> said = answer(unlearned);
    assertTrue(said.getFirst().contains("not known: no run learned anything"), said::toString);
    assertTrue(
        said.getLast().startsWith("24 of 24 runs ended and learned nothing"), said::toString);
  }

  @Test
  void withoutStatisticsItCounts() {
    ReportInput of = SampleStudy.full().withModels("vae").input(0);
    assertEquals(new Summary(StudyCells.of(of)).counts(), answer(Optional.empty(), of));
  }
}
