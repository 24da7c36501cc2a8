package org.vaescape.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.geom.Rectangle2D;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Every figure in the widths of papers.
class FormatTest {
  private static final String LONG =
      "optimizer_of_which_nobody_can say the whole name in one line ";

  private static Stream<ReportInput> inputs() {
    SampleStudy full = SampleStudy.full();
    SampleStudy vae = full.withModels("vae");
    String[] optimizers = {"a", "b", "c", "d", "e", "f", "g", LONG};
    String[] latents = {"2", "5", "10", "20", "30", "50", "64", "75", "100", "128", "150", "200"};
    return Stream.of(
        full.input(41),
        vae.withRepeats(3).input(17),
        vae.withLatents("50").withRates("0.001").withOptimizers("adam").input(0),
        vae.withLatents("10", "50").withRates("0.001", "0.01").input(0),
        vae.withOptimizers(optimizers).input(0),
        vae.withLatents(latents).withRepeats(3).input(0),
        full.withModels(LONG.repeat(5)).withKey("hidden", "[256]", "[512, 256]").input(0));
  }

  private static Stream<Figure> figures(Format format) {
    return inputs().flatMap(input -> Figures.of(StudyCells.of(input), format).stream());
  }

  @ParameterizedTest
  @EnumSource
  void everythingIsDrawnInsideAFigureOfThisWidth(Format format) {
    figures(format)
        .forEach(figure -> {
          assertTrue(figure.width() <= format.widest() + 1e-9, figure.name());
          assertTrue(figure.width() >= format.narrowest() - 1e-9, figure.name());
          Rectangle2D paper =
              new Rectangle2D.Double(-1, -1, figure.width() + 2, figure.height() + 2);
          for (DrawnCanvas.Drawn drawn : DrawnCanvas.of(figure).all()) {
            Rectangle2D box = drawn.box();
            assertTrue(
                paper.contains(box.getMinX(), box.getMinY())
                    && paper.contains(box.getMaxX(), box.getMaxY()),
                () -> figure.name() + ": " + drawn);
          }
        });
  }

  @ParameterizedTest
  @EnumSource
  void noTextLiesOnAnother(Format format) {
    figures(format)
        .forEach(figure -> {
          List<DrawnCanvas.Drawn> texts = DrawnCanvas.of(figure).texts();
          for (int i = 0; i < texts.size(); i++) {
            for (int j = 0; j < i; j++) {
              DrawnCanvas.Drawn one = texts.get(i);
              DrawnCanvas.Drawn other = texts.get(j);
              assertTrue(
                  !one.box().intersects(other.box()),
                  () -> figure.name() + ": " + one + " on " + other);
            }
          }
        });
  }

  @Test
  void textIsAsLargeInAColumn() {
    StudyCells study = StudyCells.of(SampleStudy.full().input(0));
    List<Figure> wide = Figures.of(study, Format.TWO_COLUMNS);
    List<Figure> narrow = Figures.of(study, Format.ONE_COLUMN);
    assertEquals(
        wide.stream().map(Figure::name).toList(), narrow.stream().map(Figure::name).toList());
    for (int i = 0; i < wide.size(); i++) {
      assertEquals(88, Format.millimetres(narrow.get(i).width()), 1e-9);
      assertEquals(wide.get(i).caption(), narrow.get(i).caption());
      assertEquals(sizes(wide.get(i)), sizes(narrow.get(i)));
    }
    // What journals ask for at least.
    assertTrue(Format.dots(Theme.NOTE, 72) > 5);
  }

  private static Set<Double> sizes(Figure figure) {
    return DrawnCanvas.of(figure).texts().stream()
        .map(DrawnCanvas.Drawn::size)
        .collect(Collectors.toSet());
  }

  @Test
  void filesOfDifferentFiguresHaveDifferentNames() {
    ReportInput input =
        SampleStudy.full().withModels("vae", "vae column", "vae-column").withLatents("10").input(0);
    List<String> files =
        Stream.of(Format.values())
            .flatMap(format ->
                Figures.of(StudyCells.of(input), format).stream()
                    .map(figure -> figure.name() + format.suffix()))
            .toList();
    assertEquals(2 * 3 * 3, files.size());
    assertEquals(files.size(), Set.copyOf(files).size(), files::toString);
  }

  @Test
  void whatHasNoRoomIsBrokenBeforeItIsCut() {
    String text = "share of the runs that failed before the first epoch";
    List<String> lines = Lines.of(text, Glyphs.REGULAR, 10, 120, 3);
    assertEquals(text, String.join(" ", lines));
    assertTrue(lines.size() > 1);
    lines.forEach(line -> assertTrue(Glyphs.REGULAR.width(line, 10) <= 120, line));
    List<String> joined = Lines.of("initial_value_after_warmup_of_it", Glyphs.REGULAR, 10, 100, 2);
    assertEquals("initial_value_after_", joined.getFirst());
    List<String> cut = Lines.of("word ".repeat(2000), Glyphs.REGULAR, 10, 100, 3);
    assertEquals(3, cut.size());
    assertTrue(cut.getLast().endsWith("…"));
    assertEquals(List.of(), Lines.of(" ", Glyphs.REGULAR, 10, 100, 3));
    assertEquals("漢".repeat(2), Lines.of("漢漢漢", Glyphs.REGULAR, 10, 20, 2).getFirst());
  }

  @ParameterizedTest
  @EnumSource
  void longTitlesOfAxesAreDrawnWhole(Format format) {
    String across = "initial learning rate after the warm-up of the optimizer's schedule";
    String upward = "number of latent dimensions of the encoder and of the decoder";
    Panels.Axis y = new Panels.Axis(upward, List.of("10", "20"), List.of(20.0, 60.0));
    Panels.Axis x = new Panels.Axis(across, List.of("1", "2"), List.of(20.0, 60.0));
    Panels panels = new Panels(x, Panels.Side.of(format, y, 150, 90), List.of("a"), 150);
    DrawnCanvas canvas = new DrawnCanvas();
    panels.draw(canvas, 0);
    String drawn = String.join(" ", canvas.words());
    assertTrue(drawn.contains(across), drawn);
    assertTrue(drawn.contains(upward), drawn);
    canvas.texts().forEach(text -> assertTrue(text.box().getMaxY() < panels.height(), text::text));
  }
}
