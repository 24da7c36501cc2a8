package org.vaescape.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.function.ToDoubleFunction;
import org.junit.jupiter.api.Test;
import org.vaescape.study.FinishedTrial;
import org.vaescape.study.FinishedTrials;
import org.vaescape.study.Status;

class CostPlotTest {
  private static final SampleStudy STUDY =
      SampleStudy.full().withModels("vae", "infovae").withLatents("10", "200");

  /// The middle one, or the mean of both.
  private static double median(
      ReportInput input, String model, String latent, ToDoubleFunction<FinishedTrial> cost) {
    double[] sorted =
        input.trials().stream()
            .filter(CellSummary::isComplete)
            .filter(trial -> trial.settings().containsValue(model))
            .filter(trial -> trial.settings().getOrDefault("latent", "").equals(latent))
            .mapToDouble(cost)
            .sorted()
            .toArray();
    return (sorted[(sorted.length - 1) / 2] + sorted[sorted.length / 2]) / 2;
  }

  @Test
  void mediansAreOfTheTrialsOfAModelAndLatentSize() {
    ReportInput input = STUDY.input(0);
    Figure seconds = FoundSamples.figure(input, "costs-seconds");
    double median = median(input, "vae", "10", FinishedTrial::seconds);
    List<String> words = FoundSamples.words(seconds);
    assertEquals(3, words.size(), "infovae has no trial of latent 200 that ended");
    assertTrue(
        words.getFirst().startsWith("latent 10: median " + Numbers.value(median) + " s, "),
        words::toString);
    assertTrue(seconds.caption().contains("latent 10: " + Numbers.value(median) + " s"));
    double epochs = median(input, "vae", "200", FinishedTrial::epochs);
    assertTrue(
        FoundSamples.words(FoundSamples.figure(input, "costs-epochs"))
            .get(1)
            .startsWith("latent 200: median " + Numbers.value(epochs) + ", "));
  }

  /// Stores of earlier versions lack it.
  @Test
  void memoryIsDrawnWhereTrialsHaveIt() {
    ReportInput input = STUDY.input(0);
    assertFalse(
        FoundSamples.figures(input).stream().anyMatch(one -> one.name().equals("costs-memory")));
    ReportInput withMemory =
        new ReportInput(
            input.studyName(),
            input.studyYaml(),
            input.readings(),
            input.plan(),
            input.trials().stream().map(CostPlotTest::withMemory).toList(),
            input.notes(),
            input.sensitivity());
    Figure figure = FoundSamples.figure(withMemory, "costs-memory");
    assertTrue(
        FoundSamples.words(figure)
            .contains("latent 200: median 900 MB, 900 MB to 900 MB (15 trials)"),
        () -> FoundSamples.words(figure).toString());
    assertTrue(figure.svg().contains(">" + Status.OUT_OF_MEMORY.text() + "</text>"));
  }

  private static FinishedTrial withMemory(FinishedTrial trial) {
    SequencedMap<String, String> provenance = new LinkedHashMap<>(trial.provenance());
    provenance.put(FinishedTrial.MEMORY, trial.status() == Status.OUT_OF_MEMORY ? "900.0" : "41.5");
    return FinishedTrials.copy(
        trial,
        trial.id(),
        trial.settings(),
        trial.status(),
        trial.verdict(),
        trial.metrics(),
        trial.curve(),
        trial.message(),
        provenance);
  }

  @Test
  void manyTrialsAreDrawnAsQuartiles() {
    ReportInput few = STUDY.withRepeats(8).input(0);
    assertTrue(circles(few) > 200);
    ReportInput many = STUDY.withRepeats(9).input(0);
    assertEquals(0, circles(many));
    assertTrue(
        FoundSamples.figure(many, "costs-seconds")
            .svg()
            .contains(">middle half; line: 90 %</text>"));
  }

  private static int circles(ReportInput input) {
    return FoundSamples.parse(FoundSamples.figure(input, "costs-seconds").svg())
        .getElementsByTagName("circle")
        .getLength();
  }

  @Test
  void aColumnOfAPaperHoldsThem() {
    for (CostPlot plot : CostPlot.all(StudyCells.of(STUDY.input(0)))) {
      assertTrue(plot.figure("x", Format.ONE_COLUMN).width() <= Format.ONE_COLUMN.widest());
    }
  }
}
