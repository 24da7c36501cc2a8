package org.vaescape.report;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.StringReader;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.zip.CRC32;
import javax.imageio.ImageIO;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.vaescape.report.Canvas.Anchor;
import org.vaescape.report.Canvas.TextStyle;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;

class CanvasTest {
  private static final TextStyle STYLE = TextStyle.of(20, Theme.INK, Anchor.START);

  private static BufferedImage drawn(String text, TextStyle style) throws IOException {
    PngCanvas canvas = new PngCanvas(200, 60, new PngCanvas.Pixels());
    canvas.text(text, 20, 40, style);
    return ImageIO.read(new ByteArrayInputStream(canvas.finish()));
  }

  @Test
  void aPictureShowsNothingOfTheOneBefore() {
    PngCanvas.Pixels pixels = new PngCanvas.Pixels();
    PngCanvas before = new PngCanvas(70.2, 50, pixels);
    before.circle(30, 30, 25, Canvas.Paint.fill(Theme.INK));
    before.finish();
    assertArrayEquals(
        new PngCanvas(33.3, 40.1, new PngCanvas.Pixels()).finish(),
        new PngCanvas(33.3, 40.1, pixels).finish());
  }

  /// First and last column of pixels that are not paper, in pixels of the SVG.
  private static double[] extent(BufferedImage image) {
    int first = image.getWidth();
    int last = -1;
    for (int x = 0; x < image.getWidth(); x++) {
      for (int y = 0; y < image.getHeight(); y++) {
        if ((image.getRGB(x, y) & 0xFFFFFF) != 0xFFFFFF) {
          first = Math.min(first, x);
          last = x;
        }
      }
    }
    double dots = Format.dots(1, 300);
    return new double[] {first / dots, (last + 1) / dots};
  }

  @Test
  void textInPngIsAsWideAsMeasured() throws IOException {
    double width = Glyphs.REGULAR.width("HHHHHHHH", 20);
    // DejaVu Sans: an H is 1540 of 2048 units wide, with stems 201 units from either side.
    assertEquals(8 * 1540 * 20 / 2048., width, 1e-9);
    double[] extent = extent(drawn("HHHHHHHH", STYLE));
    assertEquals(20 + 201 * 20 / 2048., extent[0], .5);
    assertEquals(20 + width - 201 * 20 / 2048., extent[1], .5);
  }

  @Test
  void aPngSaysThatItHas300DotsAnInch() throws IOException {
    byte[] png = new PngCanvas(760, 380, new PngCanvas.Pixels()).finish();
    DataInputStream in = new DataInputStream(new ByteArrayInputStream(png));
    in.skipNBytes(8);
    List<String> chunks = new ArrayList<>();
    while (in.available() > 0) {
      byte[] data = new byte[in.readInt() + 4];
      in.readFully(data);
      CRC32 check = new CRC32();
      check.update(data);
      assertEquals((int) check.getValue(), in.readInt());
      ByteBuffer content = ByteBuffer.wrap(data, 4, data.length - 4);
      String type = new String(data, 0, 4, StandardCharsets.US_ASCII);
      chunks.add(type);
      if (type.equals("IHDR")) {
        assertEquals(Math.round(180 / 25.4 * 300), content.getInt());
        assertEquals(Math.round(90 / 25.4 * 300), content.getInt());
      } else if (type.equals("pHYs")) {
        assertEquals(11811, content.getInt(), "dots a metre");
        assertEquals(11811, content.getInt());
        assertEquals(1, content.get(), "the unit is the metre");
      }
    }
    assertEquals(List.of("IHDR", "pHYs", "IDAT", "IEND"), chunks);
  }

  @Test
  void aPngHasTheColoursThatWereDrawn() throws IOException {
    PngCanvas canvas = new PngCanvas(50, 50, new PngCanvas.Pixels());
    canvas.rect(0, 0, 20, 60, Canvas.Paint.fill("#0a80f5"));
    canvas.rect(20, 10, 40, 20, Canvas.Paint.fill("#ff0102"));
    BufferedImage image = ImageIO.read(new ByteArrayInputStream(canvas.finish()));
    assertEquals(0xff0a80f5, image.getRGB(10, 100));
    assertEquals(0xffff0102, image.getRGB(100, 60));
    assertEquals(0xffffffff, image.getRGB(100, 10));
    assertEquals(0xffffffff, image.getRGB(100, 130));
  }

  /// The words of a paper's SVG are outlines, beside which they are written.
  @Test
  void anSvgForPapersHasNoTextThatNeedsAFont() throws Exception {
    ReportInput input = SampleStudy.full().withModels("v<&\">vae").input(0);
    Figure figure = Figures.of(StudyCells.of(input), Format.ONE_COLUMN).getFirst();
    Element root =
        DocumentBuilderFactory.newInstance()
            .newDocumentBuilder()
            .parse(new InputSource(new StringReader(figure.outlinedSvg())))
            .getDocumentElement();
    assertEquals("88mm", root.getAttribute("width"));
    assertEquals(
        Numbers.coordinate(figure.height() * 180 / 760) + "mm", root.getAttribute("height"));
    assertEquals(0, root.getElementsByTagName("text").getLength());
    assertFalse(figure.outlinedSvg().contains("font"));
    assertEquals(figure.title(), root.getElementsByTagName("title").item(0).getTextContent());
    assertEquals(figure.alternative(), root.getElementsByTagName("desc").item(0).getTextContent());
    NodeList groups = root.getElementsByTagName("g");
    List<String> words =
        IntStream.range(0, groups.getLength())
            .mapToObj(i -> (Element) groups.item(i))
            .filter(group -> group.hasAttribute("aria-label"))
            .map(group -> group.getAttribute("aria-label"))
            .toList();
    assertEquals(DrawnCanvas.of(figure).words(), words);
  }

  @Test
  void charactersWithoutAGlyphAreDrawnAsASquare() throws IOException {
    double[] extent = extent(drawn("漢", STYLE));
    assertTrue(extent[1] > extent[0]);
    assertEquals(Glyphs.REGULAR.width("□", 20), Glyphs.REGULAR.width("漢", 20));
  }

  @Test
  void everyCharacterThatFiguresWriteHasAGlyph() {
    for (Glyphs glyphs : List.of(Glyphs.REGULAR, Glyphs.BOLD)) {
      Glyphs.Glyph missing = glyphs.glyph(0x4E00);
      "−×·≤≥–—…μ²÷⁻⁰¹²³⁴⁵⁶⁷⁸⁹∞±αβ"
          .codePoints()
          .forEach(point -> assertNotSame(missing, glyphs.glyph(point), Character.toString(point)));
    }
  }

  @Test
  void longTextEndsInAnEllipsisThatFits() {
    String fitted = Glyphs.REGULAR.fit("x".repeat(10_000), 10, 100);
    assertTrue(fitted.endsWith("…") && fitted.length() > 10, fitted);
    assertTrue(Glyphs.REGULAR.width(fitted, 10) <= 100);
    assertEquals("short", Glyphs.REGULAR.fit("short", 10, 100));
  }

  /// Draws a figure, in a process of its own.
  static final class DrawOne {
    public static void main(String[] arguments) {
      ReportInput input = SampleStudy.full().withModels("vae").input(0);
      byte[] png =
          Figures.of(StudyCells.of(input), Format.TWO_COLUMNS)
              .getFirst()
              .png(new PngCanvas.Pixels());
      if (png.length < 10_000) {
        throw new IllegalStateException("an empty picture");
      }
    }

    private DrawOne() {}
  }

  @Test
  void drawingAPngNeverLooksForAFont() throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home", ""), "bin", "java").toString(),
                "-Djava.awt.headless=true",
                "-Xlog:class+load",
                "-cp",
                System.getProperty("java.class.path", ""),
                DrawOne.class.getName())
            .redirectErrorStream(true)
            .start();
    String log = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals(0, process.waitFor(), log);
    assertTrue(log.contains("org.vaescape.report.PngCanvas"), "no log of classes");
    // What Java2D loads as soon as it lays out, measures or finds a font.
    List<String> fonts =
        log.lines()
            .filter(line ->
                line.contains("sun.font.SunFontManager")
                    || line.contains("sun.font.FontManagerFactory")
                    || line.contains("sun.awt.FontConfiguration")
                    || line.contains("java.awt.font.TextLayout"))
            .toList();
    assertEquals(List.of(), fonts);
  }
}
