package org.vaescape.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.vaescape.study.LatentMap;

class PageTest {
  private static Figure figure(String name) {
    return new Figure(name, name, "caption", "words", 100, 50, _ -> {});
  }

  private static String page(ReportInput input, String... figures) {
    return new Page(input, StudyCells.of(input), Stream.of(figures).map(PageTest::figure).toList())
        .html();
  }

  private static String section(String html, String id) {
    String start = "<section id=\"%s\"".formatted(id);
    int from = html.indexOf(start);
    assertTrue(from > 0, id);
    return html.substring(from, html.indexOf("</section>", from));
  }

  @Test
  void figuresStandWhereTheirNamesSay() {
    ReportInput input = SampleStudy.full().withModels("vae").withLatents("10").input(0);
    String html =
        page(input, "noise-a", "interactions-a", "regions-a", "costs-a", "shares-a", "other-a");
    for (String place : List.of("noise", "interactions", "regions", "costs")) {
      assertTrue(section(html, place).contains("id=\"figure-%s-a\"".formatted(place)), place);
      assertTrue(html.contains("<a href=\"#%s\">".formatted(place)), place);
    }
    assertTrue(section(html, "sensitivity").contains("id=\"figure-shares-a\""));
    assertTrue(section(html, "more").contains("id=\"figure-other-a\""));
    assertFalse(html.contains("id=\"curves\""), "nothing to show");
    assertFalse(html.contains("id=\"latent\""), "no weights were kept");
  }

  @Test
  void speaksOfCrossesWhereThereAreAny() {
    SampleStudy failing = SampleStudy.full().withModels("vae").withLatents("10");
    assertTrue(page(failing.input(0), "dots-a", "dots-b").contains("where crosses begin"));
    String calm = page(failing.withOptimizers("adam").input(0), "dots-a", "dots-b");
    assertTrue(calm.contains("Look for where colours change;"));
    assertFalse(calm.contains("where crosses begin"));
  }

  /// The model's own loss and what models share of the same cells, next to each other.
  @Test
  void dotPlotsOfTheSameCellsStandSideBySide() {
    ReportInput input = SampleStudy.full().withModels("vae", "iwae").input(0);
    String dots =
        section(
            page(
                input,
                "dots-vae-reconstruction",
                "dots-iwae-reconstruction",
                "dots-vae-against-pca",
                "dots-iwae-against-pca"),
            "figures");
    List<String> order =
        Stream.of(
                "vae-reconstruction", "vae-against-pca", "iwae-reconstruction", "iwae-against-pca")
            .map(name -> "id=\"figure-dots-" + name + "\"")
            .toList();
    assertEquals(
        order, order.stream().sorted((a, b) -> dots.indexOf(a) - dots.indexOf(b)).toList(), dots);
  }

  /// That of the model whose setting is the best, beside PCA.
  @Test
  void theFirstScreenHasTheAnswerAndTheMainDotPlot() {
    ReportInput input = SampleStudy.full().withModels("vae", "iwae").input(0);
    String best = Answer.best(StudyCells.of(input)).orElseThrow().setting(StudyCells.MODEL);
    String html = page(input, "dots-vae-mse", "dots-vae-against-pca", "dots-iwae-against-pca");
    String first = html.substring(html.indexOf("<header>"), html.indexOf("</header>"));
    assertTrue(
        first.contains("<code>figures/dots-%s-against-pca.svg</code>".formatted(best)), first);
    for (String sentence : Answer.of(input).sentences()) {
      assertTrue(first.contains("<li dir=\"auto\">" + sentence), sentence);
    }
    assertTrue(html.contains("id=\"figure-dots-%s-against-pca\"".formatted(best)), "and below");
    String single = page(input, "dots-vae-mse");
    assertFalse(single.contains("<section id=\"figures\""), "it is not said twice");
  }

  @Test
  void dotsNameTheirTrials() {
    ReportInput input =
        SampleStudy.full().withModels("vae").withLatents("10").withRepeats(2).input(0);
    StudyCells study = StudyCells.of(input);
    String html = new Page(input, study, Figures.of(study, Format.TWO_COLUMNS)).html();
    for (CellSummary cell : study.cells()) {
      String ids = cell.trials().get(0).id() + "," + cell.trials().get(1).id();
      assertTrue(html.contains("<g data-trials=\"" + ids + "\"><title>"), ids);
    }
  }

  @Test
  void theScriptIsOneAndEveryPartOfItIsThere() {
    String script = PageScripts.script();
    assertFalse(script.contains("</script"), "it would end there");
    assertFalse(PageScripts.css().contains("</style"));
    for (String part : List.of("const page = ", "function showTrials", "const parallel = ")) {
      assertTrue(script.contains(part), part);
    }
  }

  @Test
  void latentSpaceIsThereWhereTrialsWereKept() {
    ReportInput of = SampleStudy.full().withModels("vae").withLatents("10").input(0);
    assertFalse(page(of).contains("<section id=\"latent\""));
    SequencedMap<String, List<String>> known = new LinkedHashMap<>();
    known.put("label", List.of("GBM"));
    LatentMap map = new LatentMap("id", 1, 0, List.of(new LatentMap.Point("S1", 1.5f, -2)), known);
    ReportInput input =
        new ReportInput(
            of.studyName(),
            0,
            of.studyYaml(),
            of.readings(),
            of.plan(),
            of.trials(),
            of.notes(),
            of.sensitivity(),
            of.found(),
            of.table(),
            List.of(map));
    assertTrue(section(page(input), "latent").contains("latent-view"));
  }
}
