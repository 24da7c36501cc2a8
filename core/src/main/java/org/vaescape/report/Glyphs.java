package org.vaescape.report;

import java.awt.geom.AffineTransform;
import java.awt.geom.Path2D;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;

/// Advance widths and outlines of DejaVu Sans, so that text is measured and drawn without a font on
/// the machine.
final class Glyphs {
  private static final double UNITS = 2048;

  /// Drawn for a character that is not among the outlines.
  private static final int MISSING = '□';

  static final Glyphs REGULAR = new Glyphs("glyphs-regular.txt");
  static final Glyphs BOLD = new Glyphs("glyphs-bold.txt");

  /// @param advance in 1/2048 em
  /// @param outline SVG path data in 1/2048 em, y upward; empty for a blank
  record Glyph(int advance, String outline) {
    /// The outline as a shape in 1/2048 em, y upward.
    Path2D shape() {
      Path2D path = new Path2D.Double();
      int at = 0;
      while (at < outline.length()) {
        int end = at + 1;
        while (end < outline.length() && !Character.isLetter(outline.charAt(end))) {
          end++;
        }
        String[] p = outline.substring(at + 1, end).split(" ", -1);
        switch (outline.charAt(at)) {
          case 'M' -> path.moveTo(number(p[0]), number(p[1]));
          case 'L' -> path.lineTo(number(p[0]), number(p[1]));
          case 'Q' -> path.quadTo(number(p[0]), number(p[1]), number(p[2]), number(p[3]));
          case 'Z' -> path.closePath();
          default ->
              throw new IllegalStateException("a glyph has the path command " + outline.charAt(at));
        }
        at = end;
      }
      return path;
    }

    private static double number(String text) {
      return Integer.parseInt(text);
    }
  }

  private final Map<Integer, Glyph> glyphs = new TreeMap<>();
  private final Glyph missing;

  private Glyphs(String resource) {
    try (InputStream bytes = Glyphs.class.getResourceAsStream(resource)) {
      if (bytes == null) {
        throw new IllegalStateException("the jar lacks " + resource);
      }
      BufferedReader lines =
          new BufferedReader(new InputStreamReader(bytes, StandardCharsets.US_ASCII));
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        String[] parts = line.split(" ", 3);
        Glyph glyph = new Glyph(Integer.parseInt(parts[1]), parts[2]);
        glyphs.put(Integer.parseInt(parts[0], 16), glyph);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    missing = glyphs.getOrDefault(MISSING, new Glyph(1, ""));
  }

  static Glyphs of(boolean bold) {
    return bold ? BOLD : REGULAR;
  }

  /// The glyph of a code point; a hollow square where there is none.
  Glyph glyph(int point) {
    return glyphs.getOrDefault(point, missing);
  }

  /// Width of a line of text at this font size, without kerning.
  double width(String text, double size) {
    return text.codePoints().mapToLong(point -> glyph(point).advance).sum() * size / UNITS;
  }

  /// Takes 1/2048 em, y upward, to the canvas on which a line of text begins at its anchor.
  static AffineTransform place(String text, double x, double y, Canvas.TextStyle style) {
    AffineTransform place = AffineTransform.getTranslateInstance(x, y);
    if (style.upward()) {
      place.quadrantRotate(-1);
    }
    double width = of(style.bold()).width(text, style.size());
    place.translate(
        switch (style.anchor()) {
          case START -> 0;
          case MIDDLE -> -width / 2;
          case END -> -width;
        },
        0);
    place.scale(style.size() / UNITS, -style.size() / UNITS);
    return place;
  }

  /// `text` if it fits, else its beginning with an ellipsis.
  String fit(String text, double size, double width) {
    if (width(text, size) <= width) {
      return text;
    }
    int[] points = text.codePoints().toArray();
    double used = width("…", size);
    int count = 0;
    while (count < points.length && used + glyph(points[count]).advance * size / UNITS <= width) {
      used += glyph(points[count]).advance * size / UNITS;
      count++;
    }
    return new String(points, 0, count).stripTrailing() + "…";
  }
}
