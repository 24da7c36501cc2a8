package org.vaescape.report;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.AlphaComposite;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.AffineTransform;
import java.awt.geom.Path2D;
import java.awt.geom.Rectangle2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.InflaterInputStream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.vaescape.report.Canvas.Anchor;
import org.vaescape.report.Canvas.Paint;
import org.vaescape.report.Canvas.TextStyle;

class PdfCanvasTest {
  private static final Pattern OPERAND = Pattern.compile("[-.0-9]+|/.*");

  private static String latin(byte[] file) {
    return new String(file, StandardCharsets.ISO_8859_1);
  }

  private static String first(String text, String pattern) {
    Matcher found = Pattern.compile(pattern).matcher(text);
    assertTrue(found.find(), pattern);
    return found.group(1);
  }

  private static String content(byte[] file) throws IOException {
    String text = latin(file);
    int length = Integer.parseInt(first(text, "/Length (\\d+)"));
    int start = text.indexOf("stream\n") + "stream\n".length();
    assertEquals("\nendstream", text.substring(start + length, start + length + 10));
    ByteArrayInputStream packed = new ByteArrayInputStream(file, start, length);
    return latin(new InflaterInputStream(packed).readAllBytes());
  }

  private static byte[] drawn(String title, Consumer<Canvas> drawing) {
    PdfCanvas canvas = new PdfCanvas(title, "said", 760, 380);
    drawing.accept(canvas);
    return canvas.finish();
  }

  /// Operators that paint: fill, stroke, both.
  private static long painted(String content) {
    return List.of(content.split(" ", -1)).stream()
        .filter(List.of("f", "S", "B")::contains)
        .count();
  }

  @Test
  void everyObjectIsWhereTheTableSays() {
    String file = latin(drawn("t", canvas -> canvas.circle(5, 5, 3, Paint.fill("#112233"))));
    assertTrue(file.startsWith("%PDF-1.4\n"));
    assertTrue(file.endsWith("%%EOF\n"));
    int table = Integer.parseInt(first(file, "startxref\n(\\d+)"));
    String[] lines = file.substring(table).split("\n", -1);
    assertEquals("xref", lines[0]);
    int count = Integer.parseInt(lines[1].substring(2));
    assertEquals(count, Integer.parseInt(first(file, "/Size (\\d+)")));
    for (int i = 1; i < count; i++) {
      String entry = lines[2 + i];
      assertEquals(19, entry.length(), "with its end of line an entry has 20 bytes");
      int start = Integer.parseInt(entry.substring(0, 10));
      assertTrue(file.startsWith(i + " 0 obj\n", start), entry);
    }
  }

  @Test
  void aPageIsAsLargeAsTheFigureIsPrinted() {
    String box = first(latin(drawn("t", _ -> {})), "/MediaBox \\[([^\\]]*)\\]");
    String[] edges = box.split(" ", -1);
    assertEquals(180 / 25.4 * 72, Double.parseDouble(edges[2]), .01);
    assertEquals(90 / 25.4 * 72, Double.parseDouble(edges[3]), .01);
  }

  @Test
  void eachShapeAndEachGlyphIsPaintedOnce() throws IOException {
    TextStyle style = TextStyle.of(10, Theme.INK, Anchor.END);
    byte[] file =
        drawn(
            "t",
            canvas -> {
              canvas.circle(50, 50, 10, Paint.fill("#112233").outlined("#000000", 1));
              canvas.rect(1, 2, 3, 4, Paint.stroke("#112233", 1));
              canvas.polygon(new double[] {0, 0, 5, 0, 5, 5}, Paint.fill("#112233"));
              canvas.group(
                  "words",
                  () ->
                      canvas.polyline(
                          new double[] {0, 0, 9, 9}, new Paint(Paint.NONE, "#112233", 1, .75)));
              canvas.text("a b漢", 100, 100, style);
            });
    String content = content(file);
    assertEquals(1 + 4 + 3, painted(content), "the paper, four shapes, and no blank");
    assertTrue(latin(file).contains("/O75 << /CA .75 >>"));
    assertTrue(content.contains("/O75 gs"));
    assertEquals(content.split(" q ", -1).length, content.split(" Q ", -1).length);
  }

  @Test
  void aTitleOfAnyCharactersStaysATitle() {
    String title = "a) >> (endobj %\u202E漢🙂\n<script>";
    String hex = first(latin(drawn(title, _ -> {})), "/Title <FEFF([0-9A-F]*)>");
    StringBuilder read = new StringBuilder();
    for (int i = 0; i < hex.length(); i += 4) {
      read.append((char) Integer.parseInt(hex.substring(i, i + 4), 16));
    }
    assertEquals(title, read.toString());
  }

  @Test
  void equalFiguresAreEqualBytes() {
    ReportInput input = SampleStudy.full().withModels("vae").input(7);
    byte[] once = Figures.of(StudyCells.of(input), Format.ONE_COLUMN).getFirst().pdf();
    assertArrayEquals(once, Figures.of(StudyCells.of(input), Format.ONE_COLUMN).getFirst().pdf());
  }

  @Test
  void showsWhatThePngShows() throws IOException {
    ReportInput input = SampleStudy.full().withModels("vae").withRepeats(3).input(7);
    List<Figure> figures = Figures.of(StudyCells.of(input), Format.ONE_COLUMN);
    for (Figure figure : List.of(figures.getFirst(), figures.getLast())) {
      byte[] png = figure.png(new PngCanvas.Pixels());
      BufferedImage expected = ImageIO.read(new ByteArrayInputStream(png));
      BufferedImage image = painted(figure.pdf(), expected.getWidth(), expected.getHeight());
      long wrong = 0;
      for (int x = 0; x < image.getWidth(); x++) {
        for (int y = 0; y < image.getHeight(); y++) {
          wrong += far(image.getRGB(x, y), expected.getRGB(x, y)) ? 1 : 0;
        }
      }
      // Coordinates are rounded, so that edges differ a little.
      assertTrue(wrong < 1e-3 * image.getWidth() * image.getHeight(), figure.name() + ": " + wrong);
    }
  }

  private static boolean far(int one, int other) {
    return Math.abs((one & 0xFF) - (other & 0xFF)) > 60
        || Math.abs((one >> 8 & 0xFF) - (other >> 8 & 0xFF)) > 60
        || Math.abs((one >> 16 & 0xFF) - (other >> 16 & 0xFF)) > 60;
  }

  /// Follows the operators that a figure has.
  private static BufferedImage painted(byte[] file, int width, int height) throws IOException {
    BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    Graphics2D graphics = image.createGraphics();
    graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
    graphics.setRenderingHint(RenderingHints.KEY_STROKE_CONTROL, RenderingHints.VALUE_STROKE_PURE);
    String page = first(latin(file), "/MediaBox \\[0 0 [^ ]* ([^\\]]*)\\]");
    // From points, y upward, to 300 dots an inch.
    graphics.scale(300 / 72., -300 / 72.);
    graphics.translate(0, -Double.parseDouble(page));
    Deque<State> states = new ArrayDeque<>(List.of(new State()));
    List<String> operands = new ArrayList<>();
    Path2D path = new Path2D.Double();
    for (String word : content(file).strip().split(" ", -1)) {
      if (OPERAND.matcher(word).matches()) {
        operands.add(word);
        continue;
      }
      double[] n =
          operands.stream()
              .filter(text -> !text.startsWith("/"))
              .mapToDouble(Double::parseDouble)
              .toArray();
      State state = states.element();
      switch (word) {
        case "q" -> states.push(new State(state, graphics.getTransform()));
        case "Q" -> graphics.setTransform(states.pop().place);
        case "cm" -> graphics.transform(new AffineTransform(n));
        case "m" -> path.moveTo(n[0], n[1]);
        case "l" -> path.lineTo(n[0], n[1]);
        case "c" -> path.curveTo(n[0], n[1], n[2], n[3], n[4], n[5]);
        case "h" -> path.closePath();
        case "re" -> path.append(new Rectangle2D.Double(n[0], n[1], n[2], n[3]), false);
        case "rg" -> state.fill = new Color((float) n[0], (float) n[1], (float) n[2]);
        case "RG" -> state.stroke = new Color((float) n[0], (float) n[1], (float) n[2]);
        case "w" -> state.width = (float) n[0];
        case "gs" -> state.opacity = Integer.parseInt(operands.getFirst().substring(2)) / 100f;
        case "f", "S", "B" -> {
          state.paint(graphics, path, !word.equals("S"), !word.equals("f"));
          path = new Path2D.Double();
        }
        default -> throw new AssertionError(word);
      }
      operands.clear();
    }
    graphics.dispose();
    return image;
  }

  /// What `q` keeps.
  private static final class State {
    private AffineTransform place = new AffineTransform();
    private Color fill = Color.BLACK;
    private Color stroke = Color.BLACK;
    private float width = 1;
    private float opacity = 1;

    State() {}

    State(State before, AffineTransform place) {
      this.place = place;
      fill = before.fill;
      stroke = before.stroke;
      width = before.width;
      opacity = before.opacity;
    }

    void paint(Graphics2D graphics, Path2D path, boolean filled, boolean stroked) {
      if (filled) {
        graphics.setColor(fill);
        graphics.fill(path);
      }
      if (stroked) {
        graphics.setComposite(AlphaComposite.getInstance(AlphaComposite.SRC_OVER, opacity));
        graphics.setColor(stroke);
        graphics.setStroke(new BasicStroke(width, BasicStroke.CAP_BUTT, BasicStroke.JOIN_MITER));
        graphics.draw(path);
        graphics.setComposite(AlphaComposite.SrcOver);
      }
    }
  }
}
