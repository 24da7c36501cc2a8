package org.vaescape.report;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.vaescape.UserError;

class ReportTest {
  @TempDir Path folder;

  @Test
  void writesAPageAndEachFigureInTwoSizesAndThreeFormats() throws IOException {
    Report.write(folder, SampleStudy.full().input(0));
    assertTrue(Files.size(folder.resolve("report.html")) < 2_000_000);
    List<String> names = names(folder.resolve("figures"));
    for (String model : List.of("vae", "iwae", "infovae", "logcosh-vae")) {
      for (String format : List.of("", "-column")) {
        for (String ending : List.of(".svg", ".png", ".pdf")) {
          String name = "dots-" + model + "-reconstruction" + format + ending;
          assertTrue(names.contains(name), names::toString);
        }
      }
    }
    String captions = Files.readString(folder.resolve("figures/captions.txt"));
    List<String> entries = List.of(captions.strip().split("\n\n", -1));
    assertEquals(6 * entries.size() + 1, names.size());
    for (String entry : entries) {
      String[] lines = entry.split("\n", -1);
      assertEquals(3, lines.length, entry);
      assertTrue(lines[1].startsWith(lines[0] + ".svg, .png, .pdf ("), entry);
      assertTrue(lines[1].contains("; " + lines[0] + "-column.svg, .png, .pdf (88 x "), entry);
      assertTrue(names.contains(lines[0] + ".pdf"), entry);
    }
    Path png = folder.resolve("figures/dots-vae-reconstruction.png");
    assertTrue(ImageIO.read(png.toFile()).getWidth() > 2000);
  }

  @Test
  void equalInputGivesEqualBytes(@TempDir Path second) throws IOException {
    ReportInput input = SampleStudy.full().withModels("vae").input(7);
    Report.write(folder, input);
    Report.write(
        second,
        new ReportInput(
            input.studyName(),
            input.studyYaml(),
            input.readings(),
            input.plan(),
            input.trials().reversed(),
            input.notes(),
            input.sensitivity()));
    for (var file : files(folder).entrySet()) {
      assertArrayEquals(file.getValue(), files(second).get(file.getKey()), file.getKey());
    }
  }

  @Test
  void thePageNeedsNothingElseAndHasARowATrial() throws IOException {
    ReportInput input = SampleStudy.full().input(9);
    Report.write(folder, input);
    String html = Files.readString(folder.resolve("report.html"));
    assertFalse(html.contains(" src=") || html.contains("href=\"http") || html.contains("@import"));
    assertTrue(html.contains("content=\"default-src 'none';"), "the browser fetches nothing");
    assertEquals(320, PageJson.of(html, "page-data").get("columns").get(0).get("texts").size());
    assertTrue(html.contains("320 of 360 planned trials have ended"));
    assertTrue(html.contains("One repeat: no interval can be given"));
  }

  @Test
  void namesOnlyWhatVariesInSentencesAndTables() throws IOException {
    ReportInput input =
        SampleStudy.full()
            .withModels("vae", "iwae")
            .withKey("iwae.samples", "1", "5")
            .withKey("adam.beta1", "0.9")
            .input(0);
    List<String> sentences = Report.summary(input);
    String iwae = sentences.stream().filter(line -> line.startsWith("iwae: ")).findFirst().get();
    assertTrue(
        iwae.matches(
            "iwae: lowest val MSE 0\\.0\\d+, R² 0\\.\\d\\d, PCA's R² 0\\.\\d\\d"
                + " \\(latent \\d+, learning-rate 0\\.\\d+, optimizer \\w+, iwae.samples [15]\\)\\."),
        iwae);
    Report.write(folder, input);
    String html = Files.readString(folder.resolve("report.html"));
    List<String> columns = PageJson.of(html, "page-data").get("columns").findValuesAsText("name");
    assertTrue(columns.contains("iwae.samples"), columns::toString);
    assertFalse(html.contains("adam.beta1"));
    assertTrue(
        html.contains("optimizer (adam, sgd, rmsprop), iwae.samples (1, 5). 270 cells, one"));
  }

  @Test
  void asksWhatTheStudyFileBeginsWith() throws IOException {
    ReportInput input = SampleStudy.full().withModels("vae").input(0);
    String yaml = "# Does the <latent> matter?\n# On two lines.\nname: x  # not this\n";
    Report.write(
        folder,
        new ReportInput(
            "x", yaml, List.of(), input.plan(), input.trials(), input.notes(), List.of()));
    String html = Files.readString(folder.resolve("report.html"));
    assertTrue(
        html.contains(
            "<p class=\"question\" dir=\"auto\">Does the &lt;latent&gt; matter? On two"
                + " lines.</p>"));
  }

  @Test
  void setsTheBestOfEachModelBesidePcaAndTheMean() throws IOException {
    ReportInput input = SampleStudy.full().withModels("vae", "iwae").withOptimizers("sgd").input(0);
    Report.write(folder, input);
    String sgd = Files.readString(folder.resolve("report.html"));
    String none = "<td class=\"n\"></td>"; // neither a latent size nor a learning rate is best
    assertTrue(sgd.contains(">none learned</td>" + none + none + "<td class=\"n\">0 of 30</td>"));
    input = SampleStudy.full().withModels("vae").withLatents("10").withOptimizers("adam").input(0);
    Report.write(folder, input);
    double best =
        input.trials().stream()
            .filter(trial -> trial.verdict().equals("learned"))
            .mapToDouble(trial -> trial.metric("val_mse"))
            .min()
            .orElseThrow();
    String row =
        "<th scope=\"row\">vae</th><td class=\"n\">%s</td><td class=\"n\">0.0098</td><td class=\"n\">0.0217</td>"
            .formatted(Numbers.value(best));
    String html = Files.readString(folder.resolve("report.html"));
    assertTrue(html.contains(row), row);
    // Claims judge the same setting by repeats that did not choose it, and have another number.
    assertTrue(html.contains(">val MSE as chosen</th>"), "the column says what it is of");
    assertTrue(html.contains("; as chosen: the mean of the runs that chose the cell"));
  }

  /// What one reading shows is not ranked against another; a model that a reading does not concern
  /// has one.
  @Test
  void eachReadingHasItsOwnBest() throws IOException {
    SampleStudy study = SampleStudy.full().withModels("vae", "iwae").withLatents("10", "50");
    ReportInput input =
        study
            .withReading("output-norm", "batch", "none")
            .withReading("iwae.compat", "none", "pytorch-vae")
            .input(0);
    Report.write(folder, input);
    String html = Files.readString(folder.resolve("report.html"));
    String table = html.substring(html.indexOf("under each reading"));
    table = table.substring(0, table.indexOf("</table>"));
    assertEquals(2, table.split(">vae<", -1).length - 1, table);
    assertEquals(4, table.split(">iwae<", -1).length - 1, table);
    List<String> sentences = Report.summary(input);
    assertTrue(
        sentences.stream()
            .anyMatch(text ->
                text.startsWith(
                    "iwae: learned under 4 of 4 readings, with a lowest val MSE from ")),
        sentences::toString);
    assertTrue(
        Report.summary(study.input(0)).stream()
            .anyMatch(text -> text.startsWith("iwae: lowest val MSE ")));
  }

  @Test
  void whatComesFirstIsOpenAndTheRestIsFoldedWithItsSize() throws IOException {
    ReportInput input = SampleStudy.full().withModels("vae").input(0);
    TextTable table = new TextTable("made up", List.of("a"), List.of(List.of("1")));
    Report.write(
        folder,
        new ReportInput(
            "x",
            "name: x\n",
            List.of(),
            input.plan(),
            input.trials(),
            List.of(),
            List.of(
                SensitivityText.Part.open("In short", List.of("first")),
                new SensitivityText.Part("Rest", List.of("second", "third"), List.of(table)))));
    String html = Files.readString(folder.resolve("report.html"));
    String section = html.substring(html.indexOf("id=\"sensitivity\""));
    assertTrue(section.indexOf(">first</li>") < section.indexOf("<details>"), section);
    String folded = section.substring(section.indexOf("<details>"), section.indexOf("</details>"));
    assertTrue(
        folded.contains("<summary>Rest <small>(2 sentences, 1 table)</small></summary>"), folded);
    assertTrue(folded.contains(">third</li>") && folded.contains("<table"), folded);
    assertTrue(html.contains("details::details-content"), "folded parts are printed");
    assertTrue(
        section.contains("contradicted</b>: by a 95 % interval that leaves out the opposite, or"));
  }

  @Test
  void hostileNamesAreShownAsText() throws IOException {
    String hostile = "</script><script>alert('x')</script><img src=x onerror=y>\u202E";
    ReportInput input = SampleStudy.full().withModels(hostile).withLatents("10").input(0);
    Report.write(
        folder,
        new ReportInput(
            hostile,
            "# " + hostile + "\n" + hostile,
            List.of(),
            input.plan(),
            input.trials(),
            List.of(hostile),
            List.of(
                new SensitivityText.Part(
                    hostile,
                    List.of(hostile),
                    List.of(
                        new TextTable(hostile, List.of(hostile), List.of(List.of(hostile))))))));
    String html = Files.readString(folder.resolve("report.html"));
    assertEquals(2, html.split("<script>", -1).length, "one script, ours");
    assertFalse(html.contains("<img"));
    assertTrue(html.contains("&lt;img src=x onerror=y&gt;"));
  }

  @Test
  void removesFiguresItNoLongerHasAndNothingElse() throws IOException {
    Report.write(folder, SampleStudy.full().withModels("vae", "iwae").input(0));
    List<String> others =
        List.of("mine.svg", "shares-2025.png", "dots-of-mine.svg", "vae-column.pdf", "column.pdf");
    for (String other : others) {
      Files.writeString(folder.resolve("figures").resolve(other), "mine");
    }
    Report.write(folder, SampleStudy.full().withModels("vae").input(0));
    List<String> names = names(folder.resolve("figures"));
    assertTrue(names.containsAll(others), names::toString);
    assertTrue(names.stream().noneMatch(name -> name.contains("iwae")), names::toString);
  }

  @Test
  void saysInOneSentenceWhereItCannotWrite() throws IOException {
    Path file = Files.writeString(folder.resolve("taken"), "a file");
    UserError error =
        assertThrows(
            UserError.class,
            () -> Report.write(file, SampleStudy.full().withModels("vae").input(0)));
    assertTrue(String.valueOf(error.getMessage()).contains("taken"), error.getMessage());
    assertFalse(Files.isDirectory(file));
  }

  private static List<String> names(Path of) throws IOException {
    try (Stream<Path> all = Files.list(of)) {
      return all.map(path -> path.getFileName().toString()).sorted().toList();
    }
  }

  private static Map<String, byte[]> files(Path of) throws IOException {
    Map<String, byte[]> bytes = new TreeMap<>();
    try (Stream<Path> all = Files.walk(of)) {
      for (Path path : all.filter(Files::isRegularFile).toList()) {
        bytes.put(of.relativize(path).toString(), Files.readAllBytes(path));
      }
    }
    return bytes;
  }
}
