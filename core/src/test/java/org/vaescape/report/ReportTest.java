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
  void writesAPageAndTwoFilesAFigure() throws IOException {
    Report.write(folder, SampleStudy.full().input(0));
    assertTrue(Files.size(folder.resolve("report.html")) < 2_000_000);
    List<String> names = names(folder.resolve("figures"));
    for (String model : List.of("vae", "iwae", "infovae", "logcosh-vae")) {
      assertTrue(names.contains("dots-" + model + "-reconstruction.svg"), names::toString);
      assertTrue(names.contains("dots-" + model + "-reconstruction.png"), names::toString);
    }
    assertEquals(
        2 * names.stream().filter(name -> name.endsWith(".svg")).count() + 1, names.size());
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
            input.question(),
            input.studyYaml(),
            input.plan(),
            input.trials().reversed(),
            input.notes()));
    for (var file : files(folder).entrySet()) {
      assertArrayEquals(file.getValue(), files(second).get(file.getKey()), file.getKey());
    }
  }

  @Test
  void thePageNeedsNothingElseAndHasARowATrial() throws IOException {
    ReportInput input = SampleStudy.full().input(9);
    Report.write(folder, input);
    String html = Files.readString(folder.resolve("report.html"));
    String rest = html.replace("http://www.w3.org/2000/svg", "");
    assertFalse(rest.contains("http:") || rest.contains("https:") || rest.contains("src="));
    String table = html.substring(html.indexOf("id=\"trial-table\""));
    String rows = table.substring(table.indexOf("<tbody>"), table.indexOf("</tbody>"));
    assertEquals(input.trials().size(), rows.split("<tr>", -1).length - 1);
    assertTrue(html.contains("320 of 360 planned trials have ended"));
    assertTrue(html.contains("One repeat: no interval can be given"));
  }

  @Test
  void hostileNamesAreShownAsText() throws IOException {
    String hostile = "</script><script>alert('x')</script><img src=x onerror=y>\u202E";
    ReportInput input = SampleStudy.full().withModels(hostile).withLatents("10").input(0);
    Report.write(
        folder,
        new ReportInput(hostile, hostile, hostile, input.plan(), input.trials(), List.of(hostile)));
    String html = Files.readString(folder.resolve("report.html"));
    assertEquals(2, html.split("<script>", -1).length, "one script, ours");
    assertFalse(html.contains("<img"));
    assertTrue(html.contains("&lt;img src=x onerror=y&gt;"));
  }

  @Test
  void removesFiguresItNoLongerHasAndNothingElse() throws IOException {
    Report.write(folder, SampleStudy.full().withModels("vae", "iwae").input(0));
    Files.writeString(folder.resolve("figures/mine.svg"), "mine");
    Report.write(folder, SampleStudy.full().withModels("vae").input(0));
    List<String> names = names(folder.resolve("figures"));
    assertTrue(names.contains("mine.svg"));
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
