package org.vaescape.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.vaescape.study.Status;

class FailureMapTest {
  private static final Pattern COUNTS = Pattern.compile(": (\\d+) of (\\d+) runs? failed");

  private static ReportInput input(SampleStudy study) {
    return FoundSamples.found(study.withRepeats(2).input(0));
  }

  @Test
  void countsAreThoseOfTheJson() throws IOException {
    ReportInput input = input(SampleStudy.full().withModels("vae").withLatents("10", "50"));
    JsonNode failures =
        new ObjectMapper()
            .readTree(SensitivityJson.text(input.found().orElseThrow()))
            .get("failures")
            .get(0);
    int failed = 0;
    int runs = 0;
    for (String words : FoundSamples.words(FoundSamples.figure(input, "failures-map"))) {
      Matcher counts = COUNTS.matcher(words);
      assertTrue(counts.find(), words);
      failed += Integer.parseInt(counts.group(1));
      runs += Integer.parseInt(counts.group(2));
    }
    assertEquals(failures.get("endings").get("diverged").asInt(), failed);
    assertEquals(failures.get("runs").asInt(), runs);
    assertTrue(failed > 0);
  }

  @Test
  void isOfTheSettingsThatTellMostAndTellsEndingsApart() {
    ReportInput input =
        input(SampleStudy.full().withModels("infovae").withLatents("10", "50", "200"));
    Figure figure = FoundSamples.figure(input, "failures-map");
    // Every run of latent 200 is out of memory, and of the others rmsprop's at 0.1 diverge.
    assertTrue(figure.caption().contains("levels of learning-rate and latent"), figure::caption);
    List<String> words = FoundSamples.words(figure);
    assertTrue(
        words.contains("learning-rate 10⁻⁵, latent 200: 6 of 6 runs failed (6 out-of-memory)"),
        words::toString);
    assertTrue(words.stream().anyMatch(one -> one.contains(" diverged)")), words::toString);
    for (Status status : List.of(Status.DIVERGED, Status.OUT_OF_MEMORY)) {
      assertTrue(figure.svg().contains(">" + status.text() + "</text>"), status::text);
    }
  }

  @Test
  void whereNoRunFailedThePageSaysSo() {
    ReportInput input = input(SampleStudy.full().withModels("vae").withOptimizers("adam", "sgd"));
    assertFalse(
        FoundSamples.figures(input).stream()
            .anyMatch(figure -> figure.name().startsWith("failures")));
    assertTrue(Report.summary(input).contains("No trial failed."));
    assertFalse(
        Report.summary(input(SampleStudy.full().withModels("vae"))).contains("No trial failed."));
  }

  @Test
  void aSingleHyperParameterHasASingleRow() {
    ReportInput input =
        input(SampleStudy.full().withModels("vae").withLatents("10").withOptimizers("rmsprop"));
    List<String> words = FoundSamples.words(FoundSamples.figure(input, "failures-map"));
    assertEquals(5, words.size());
    assertTrue(words.getLast().startsWith("learning-rate 10⁻¹: "), words::toString);
  }
}
