package org.vaescape.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.vaescape.analysis.claim.Claim;
import org.vaescape.analysis.runs.Digits;

class SafeMapTest {
  private static final String SAFE = ", in the ";

  private static final SampleStudy STUDY =
      SampleStudy.full().withModels("vae").withLatents("10", "50").withRepeats(2);

  private static JsonNode region(ReportInput input) throws IOException {
    return new ObjectMapper()
        .readTree(SensitivityJson.text(input.found().orElseThrow()))
        .get("safe_regions")
        .get(0);
  }

  private static List<String> safe(Figure figure) {
    return FoundSamples.words(figure).stream().filter(words -> words.contains(SAFE)).toList();
  }

  @Test
  void theFramedBoxIsThatOfTheJson() throws IOException {
    ReportInput input = FoundSamples.found(STUDY.input(0));
    JsonNode region = region(input);
    Figure figure = FoundSamples.figure(input, "regions-vae");
    assertEquals(30, FoundSamples.words(figure).size(), "all settings are drawn");
    List<String> safe = safe(figure);
    assertEquals(region.get("cells").asInt(), safe.size(), safe::toString);
    for (JsonNode side : region.get("sides")) {
      if (side.get("variable").asText().equals("latent")) {
        for (String words : safe) {
          String latent = words.replaceAll("latent (\\d+),.*", "$1");
          assertTrue(side.get("levels").toString().contains('"' + latent + '"'), words);
        }
      }
    }
  }

  @Test
  void theCaptionIsWhatTheAnalysisClaims() throws IOException {
    ReportInput input = FoundSamples.found(STUDY.input(0));
    Figure figure = FoundSamples.figure(input, "regions-vae");
    String caption = figure.caption();
    Claim claim =
        input.found().orElseThrow().claims().stream()
            .filter(one -> one.id().equals("safe-region/vae/val_reconstruction"))
            .findFirst()
            .orElseThrow();
    assertTrue(caption.contains(claim.words()), caption);
    String word =
        claim.verdict() == Claim.Verdict.SUPPORTED ? "safe region" : "region not shown to be safe";
    assertTrue(figure.title().startsWith("vae: " + word), figure.title());
    double probability = region(input).get("probability").asDouble();
    assertTrue(caption.contains("Probability " + Digits.two(probability)), caption);
  }

  @Test
  void whatIsNeitherSideNorMatrixIsShownAsTheBoxHasIt() throws IOException {
    ReportInput input =
        FoundSamples.found(
            STUDY.withOptimizers("adam", "rmsprop").withKey("hidden", "[256]", "[64]").input(0));
    Figure figure = FoundSamples.figure(input, "regions-vae");
    assertEquals(20, FoundSamples.words(figure).size());
    JsonNode sides = region(input).get("sides");
    boolean any = sides.get(3).get("all").asBoolean();
    assertTrue(
        figure
            .caption()
            .contains(
                any
                    ? "Tiles are of all values of hidden together."
                    : "Only settings of hidden " + sides.get(3).get("levels").get(0).asText()),
        figure::caption);
  }

  @Test
  void saysWhyNothingIsSafe() {
    ReportInput input = FoundSamples.found(STUDY.input(0));
    StudyCells study = StudyCells.of(input);
    Figure figure =
        SafeMap.of(
                FirstShares.of(input.found().orElseThrow()).getFirst(),
                Optional.empty(),
                study,
                Optional.empty())
            .orElseThrow()
            .figure("x", Format.ONE_COLUMN);
    assertTrue(figure.caption().contains("as no setting learned in every repeat"), figure::caption);
    assertTrue(safe(figure).isEmpty());
    assertTrue(figure.width() <= Format.ONE_COLUMN.widest());
  }
}
