package org.vaescape.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Comparator;
import java.util.List;
import org.junit.jupiter.api.Test;

class TerminalPlotTest {
  private static List<String> lines(ReportInput input, int width) {
    return new TerminalPlot(StudyCells.of(input), width).lines();
  }

  /// Of a sign in the five rows of the first model.
  private static long count(List<String> lines, String sign) {
    return lines.subList(2, 7).stream()
        .flatMapToInt(String::codePoints)
        .filter(point -> point == sign.codePointAt(0))
        .count();
  }

  /// Where the numbers of the sample study say what comes out.
  @Test
  void hasASignForWhatBecameOfEachCell() {
    ReportInput input = SampleStudy.full().withModels("infovae").input(7);
    List<String> lines = lines(input, 80);
    StudyCells study = StudyCells.of(input);
    assertEquals(
        "infovae: validation reconstruction loss by learning rate (down) and latent 10 to 200 (across)",
        lines.getFirst());
    assertEquals("        adam          sgd           rmsprop", lines.get(1));
    assertEquals(
        List.of("0.1", "0.01", "0.001", "0.0001", "1e-5"),
        lines.subList(2, 7).stream().map(line -> line.substring(0, line.indexOf(' '))).toList());
    long notRun = study.cells().stream().filter(cell -> cell.trials().isEmpty()).count();
    assertEquals(notRun, count(lines, "·"));
    assertEquals(
        study.cells().stream()
            .filter(cell -> !cell.trials().isEmpty() && cell.complete().isEmpty())
            .count(),
        count(lines, "×") + count(lines, "□"));
    assertEquals(
        study.cells().stream().filter(cell -> cell.verdict().equals("learned")).count(),
        List.of("●", "◕", "◑", "◔", "○").stream().mapToLong(sign -> count(lines, sign)).sum());
    CellSummary best =
        study.cells().stream()
            .filter(cell -> cell.verdict().equals("learned"))
            .min(Comparator.comparingDouble(Measure.RECONSTRUCTION::of))
            .orElseThrow();
    assertEquals('●', lines.get(row(study, best)).charAt(column(study, best)));
    assertTrue(
        lines.get(7).matches("● to ○ [0-9.]+ to [0-9.]+  .*"), "it says what signs mean: " + lines);
  }

  private static int row(StudyCells study, CellSummary cell) {
    List<String> rates = study.values(StudyCells.LEARNING_RATE).reversed();
    return 2 + rates.indexOf(cell.setting(StudyCells.LEARNING_RATE));
  }

  private static int column(StudyCells study, CellSummary cell) {
    int latent = study.values(StudyCells.LATENT).indexOf(cell.setting(StudyCells.LATENT));
    int block = study.values(StudyCells.OPTIMIZER).indexOf(cell.setting(StudyCells.OPTIMIZER));
    return 8 + 14 * block + 2 * latent;
  }

  @Test
  void putsBlocksBelowEachOtherWhereTheTerminalIsNarrow() {
    ReportInput input = SampleStudy.full().withModels("vae").input(0);
    List<String> lines = lines(input, 36);
    assertEquals(1 + 2 * 6, lines.stream().takeWhile(line -> !line.startsWith("●")).count());
    assertTrue(lines.stream().skip(1).allMatch(line -> line.length() <= 36), lines.toString());
    assertEquals(List.of(), lines(input, 20));
  }

  @Test
  void showsTheBestOfFurtherSettings() {
    ReportInput input =
        SampleStudy.full().withModels("vae").withKey("batch", "100", "1000").input(0);
    List<String> lines = lines(input, 80);
    assertTrue(lines.getFirst().endsWith(", the best of further settings"), lines.getFirst());
    assertEquals(7 + 2, lines.size());
  }

  @Test
  void leavesToTheFiguresWhatIsNoGrid() {
    assertEquals(List.of(), lines(SampleStudy.full().withLatents("10").input(0), 80));
    String[] rates = new String[13];
    for (int i = 0; i < rates.length; i++) {
      rates[i] = "0.0" + (i + 1);
    }
    assertEquals(List.of(), lines(SampleStudy.full().withRates(rates).input(0), 80));
  }

  @Test
  void showsSixModelsAndCountsTheOthers() {
    ReportInput input =
        SampleStudy.full().withModels("a", "b", "c", "d", "e", "f", "g", "h").input(0);
    assertEquals("And 2 more models, in the figures.", lines(input, 80).getLast());
  }
}
