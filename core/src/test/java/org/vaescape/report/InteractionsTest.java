package org.vaescape.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.vaescape.analysis.Interval;
import org.vaescape.analysis.claim.Words;

class InteractionsTest {
  private static final ReportInput INPUT =
      FoundSamples.found(
          SampleStudy.full()
              .withModels("vae", "iwae")
              .withLatents("10", "50")
              .withRepeats(2)
              .input(0));

  @Test
  void sharesAreThoseOfTheJson() throws IOException {
    JsonNode json = new ObjectMapper().readTree(SensitivityJson.text(INPUT.found().orElseThrow()));
    List<String> words = FoundSamples.words(FoundSamples.figure(INPUT, "interactions-shares"));
    int compared = 0;
    for (JsonNode effect : json.get("effects")) {
      List<String> factors = new ArrayList<>();
      effect.get("factors").forEach(factor -> factors.add(factor.asText()));
      boolean shown =
          effect.get("scope").asText().equals("vae")
              && effect.get("metric").asText().equals("val_reconstruction")
              && effect.get("scale").asText().equals("log")
              && factors.size() < 3
              && !List.of("noise", "repeat").contains(factors.getFirst());
      if (shown) {
        JsonNode interval = effect.get("interval");
        String expected =
            "vae, %s: %s %s"
                .formatted(
                    String.join(" × ", factors),
                    Words.percent(effect.get("estimate").asDouble()),
                    Words.of(new Interval(interval.get(0).asDouble(), interval.get(1).asDouble())));
        assertTrue(words.contains(expected), () -> expected + " is not among " + words);
        compared++;
      }
    }
    assertEquals(6, compared, "3 hyper-parameters and 3 pairs of them");
  }

  /// A page of a journal is about 230 mm high.
  @Test
  void matricesOfOneColumnFitOnAPage() {
    ReportInput input =
        FoundSamples.found(SampleStudy.full().withLatents("10", "50").withRepeats(2).input(0));
    Figure figure =
        Figures.of(input, StudyCells.of(input), Format.ONE_COLUMN).stream()
            .filter(one -> one.name().equals("interactions-shares"))
            .findFirst()
            .orElseThrow();
    assertTrue(Format.millimetres(figure.height()) < 230, () -> figure.height() + " px");
  }

  @Test
  void captionsNameTheStrongestPairOfEachModel() {
    String caption = FoundSamples.figure(INPUT, "interactions-shares").caption();
    assertTrue(caption.contains("The strongest pairs: learning-rate × optimizer"), caption);
    assertTrue(caption.contains(" in vae") && caption.contains(" in iwae"), caption);
  }

  /// As the shares are of logarithms, the mean is geometric.
  @Test
  void meansAreOfTheRunsAtBothLevels() {
    double expected =
        Math.exp(
            INPUT.trials().stream()
                .filter(trial -> trial.settings().containsValue("vae"))
                .filter(trial -> trial.settings().containsValue("adam"))
                .filter(trial -> trial.settings().containsValue("0.001"))
                .mapToDouble(trial -> Math.log(trial.metric("val_reconstruction")))
                .average()
                .orElseThrow());
    List<String> words = FoundSamples.words(FoundSamples.figure(INPUT, "interactions-vae"));
    String tile =
        "learning-rate 10⁻³, optimizer adam: mean validation reconstruction loss %s (4 runs)"
            .formatted(Numbers.value(expected));
    assertTrue(words.contains(tile), () -> tile + " is not among " + words);
    assertEquals(15, words.size(), "a tile for each pair of levels");
    assertTrue(words.stream().anyMatch(one -> one.matches(".*; [1-4] diverged")), words::toString);
  }

  @Test
  void meansSayWhereTheBestLevelsDiffer() {
    String caption = FoundSamples.figure(INPUT, "interactions-vae").caption();
    assertTrue(
        caption.contains(
            "Best learning-rate: 10⁻² with optimizer adam, 10⁻⁵ with optimizer sgd (where no run learned), 10⁻³ with optimizer rmsprop."),
        caption);
  }

  @Test
  void nothingIsDrawnOfASingleHyperParameter() {
    ReportInput input =
        FoundSamples.found(
            SampleStudy.full()
                .withModels("vae")
                .withLatents("10")
                .withOptimizers("adam")
                .withRepeats(2)
                .input(0));
    assertFalse(
        FoundSamples.figures(input).stream()
            .anyMatch(figure -> figure.name().startsWith("interactions")));
  }

  @Test
  void aColumnOfAPaperHoldsThemAndLongNamesAreCut() {
    String hostile = "<script>\"'" + "x".repeat(3000);
    ReportInput input =
        FoundSamples.found(
            SampleStudy.full()
                .withModels(hostile)
                .withLatents("10", "50")
                .withKey("hidden", "[" + hostile + "]", "[256]")
                .withRepeats(2)
                .input(0));
    for (FoundFigures.Wish wish :
        new FoundFigures(
                input.found().orElseThrow(),
                ScopeCells.of(input, StudyCells.of(input)),
                input.table(),
                Format.ONE_COLUMN)
            .wishes()) {
      Figure figure = wish.drawing().figure("x");
      assertTrue(figure.width() <= Format.ONE_COLUMN.widest(), figure::title);
      assertTrue(FoundSamples.parse(figure.svg()).getElementsByTagName("rect").getLength() > 4);
    }
  }
}
