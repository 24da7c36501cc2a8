package org.vaescape.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.vaescape.analysis.runs.Digits;

class NoisePlotTest {
  private static final SampleStudy STUDY =
      SampleStudy.full().withModels("vae").withLatents("10", "20", "30", "50").withRepeats(4);
  private static final ReportInput INPUT = FoundSamples.found(STUDY.input(0));

  @Test
  void noiseIsThatOfTheJson() throws IOException {
    JsonNode noise =
        new ObjectMapper()
            .readTree(SensitivityJson.text(INPUT.found().orElseThrow()))
            .get("noise")
            .get(0);
    assertEquals("log", noise.get("scale").asText());
    String svg = FoundSamples.figure(INPUT, "noise-vae").svg();
    int known = 0;
    for (JsonNode one : noise.get("optimizers")) {
      String number = "noise not known";
      if (!one.get("deviation").isNull()) {
        known++;
        number =
            "× %s [%s, %s]"
                .formatted(
                    ratio(one.get("deviation")),
                    ratio(one.get("interval").get(0)),
                    ratio(one.get("interval").get(1)));
      }
      String heading = one.get("optimizer").asText() + ": " + number;
      assertTrue(svg.contains(">" + heading + "</text>"), heading);
    }
    assertEquals(2, known, "adam and rmsprop learn, sgd does not");
  }

  private static String ratio(JsonNode logarithm) {
    return Digits.ratio(Math.exp(logarithm.asDouble()));
  }

  @Test
  void everyRunWithAnOutcomeIsAMarkBesideTheMeanOfItsSetting() {
    List<String> words = FoundSamples.words(FoundSamples.figure(INPUT, "noise-vae"));
    List<CellSummary> drawn =
        StudyCells.of(INPUT).cells().stream().filter(cell -> cell.complete().size() > 1).toList();
    assertEquals(drawn.size(), words.size());
    CellSummary cell = drawn.getFirst();
    double mean = Math.exp(cell.mean(trial -> Math.log(trial.metric("val_reconstruction"))));
    assertTrue(
        words.stream().anyMatch(one -> one.contains(": mean " + Numbers.value(mean) + " of ")),
        words::toString);
    assertTrue(words.stream().anyMatch(one -> one.contains("(untrained)")), words::toString);
    assertTrue(words.stream().anyMatch(one -> one.endsWith(", diverged")), words::toString);
  }

  @Test
  void theCaptionSaysWhatTheAnalysisClaims() {
    String claim =
        INPUT.found().orElseThrow().claims().stream()
            .filter(one -> one.id().equals("seed-noise/vae/val_reconstruction"))
            .findFirst()
            .orElseThrow()
            .sentence();
    String caption = FoundSamples.figure(INPUT, "noise-vae").caption();
    assertTrue(caption.contains(claim), caption);
  }

  @Test
  void nothingIsDrawnOfOneRepeat() {
    ReportInput input = FoundSamples.found(STUDY.withRepeats(1).input(0));
    assertFalse(
        FoundSamples.figures(input).stream().anyMatch(one -> one.name().startsWith("noise")));
  }

  @Test
  void ofThousandsOfSettingsSomeAreDrawnAndTheCaptionSaysSo() {
    String[] latents = IntStream.range(1, 401).mapToObj(Integer::toString).toArray(String[]::new);
    ReportInput input =
        FoundSamples.found(
            STUDY
                .withLatents(latents)
                .withRates("0.001")
                .withOptimizers("adam")
                .withRepeats(2)
                .input(0));
    Figure figure = FoundSamples.figure(input, "noise-vae");
    assertEquals(200, FoundSamples.words(figure).size(), "every second one");
    assertTrue(figure.caption().contains("every so-manieth"), figure::caption);
  }

  @Test
  void distancesAreTicksOnBothSides() {
    assertEquals(
        List.of("−20 %", "0 %", "+20 %", "+40 %"), new DistanceAxis(.35, true).side("").labels());
    assertEquals(
        List.of("−2", "−1", "0", "+1", "+2"), new DistanceAxis(2.5, false).side("").labels());
    assertEquals(
        List.of("× 0.1", "× 1", "× 10"), new DistanceAxis(Math.log(20), true).side("").labels());
    assertEquals(.5, new DistanceAxis(.35, true).side("").places().get(1), 1e-12);
  }
}
