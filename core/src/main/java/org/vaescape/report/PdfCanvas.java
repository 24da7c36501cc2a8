package org.vaescape.report;

import java.awt.geom.PathIterator;
import java.nio.charset.StandardCharsets;
import java.util.SortedSet;
import java.util.TreeSet;

/// Draws a figure as a page of a PDF, as large as it is printed. Text is filled outlines of
/// [Glyphs], so no font can be missing; equal drawings give equal bytes.
final class PdfCanvas implements Canvas {
  private static final double POINTS_AN_INCH = 72;

  /// Distance of the control points of a quarter of a circle, for a radius of 1.
  private static final double BEND = 4.0 / 3 * (Math.sqrt(2) - 1);

  private final StringBuilder out = new StringBuilder();
  private final SortedSet<Integer> opacities = new TreeSet<>();
  private final String title;
  private final String description;
  private final double width;
  private final double height;

  PdfCanvas(String title, String description, double width, double height) {
    this.title = title;
    this.description = description;
    this.width = width;
    this.height = height;
    double scale = points(1);
    // From now on in pixels, y downward.
    write(Numbers.factor(scale), "0 0", Numbers.factor(-scale), "0", number(points(height)), "cm");
    rect(0, 0, width, height, Paint.fill(Theme.PAPER));
  }

  private static double points(double pixels) {
    return Format.dots(pixels, POINTS_AN_INCH);
  }

  /// The whole file. To be called once.
  byte[] finish() {
    StringBuilder states = new StringBuilder();
    for (int percent : opacities) {
      states.append("/O" + percent + " << /CA " + number(percent / 100.0) + " >> ");
    }
    PdfFile file = new PdfFile();
    file.object("<< /Type /Catalog /Pages 2 0 R /Lang (en) >>");
    file.object("<< /Type /Pages /Kids [3 0 R] /Count 1 >>");
    file.object(
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 %s %s] /Resources << /ExtGState << %s>> >> /Contents 4 0 R >>"
            .formatted(number(points(width)), number(points(height)), states));
    file.stream(out.toString().getBytes(StandardCharsets.US_ASCII));
    int about =
        file.object(
            "<< /Title %s /Subject %s /Creator (vaescape) >>"
                .formatted(PdfFile.text(title), PdfFile.text(description)));
    return file.finish(about);
  }

  @Override
  public void circle(double x, double y, double radius, Paint paint) {
    double bend = radius * BEND;
    begin(paint);
    at(x + radius, y, "m");
    curve(x + radius, y + bend, x + bend, y + radius, x, y + radius);
    curve(x - bend, y + radius, x - radius, y + bend, x - radius, y);
    curve(x - radius, y - bend, x - bend, y - radius, x, y - radius);
    curve(x + bend, y - radius, x + radius, y - bend, x + radius, y);
    write("h");
    end(paint);
  }

  @Override
  public void rect(double x, double y, double width, double height, Paint paint) {
    begin(paint);
    write(number(x), number(y), number(width), number(height), "re");
    end(paint);
  }

  @Override
  public void polygon(double[] points, Paint paint) {
    begin(paint);
    line(points);
    write("h");
    end(paint);
  }

  @Override
  public void polyline(double[] points, Paint paint) {
    begin(paint);
    line(points);
    end(paint);
  }

  @Override
  public void text(String text, double x, double y, TextStyle style) {
    double[] place = new double[6];
    Glyphs.place(text, x, y, style).getMatrix(place);
    write("q", color(style.color()), "rg");
    for (double part : place) {
      write(Numbers.factor(part));
    }
    write("cm");
    Glyphs glyphs = Glyphs.of(style.bold());
    text.codePoints()
        .mapToObj(glyphs::glyph)
        .forEach(glyph -> {
          // Each from its own origin: equal glyphs are equal text, which deflates to little.
          outline(glyph.shape().getPathIterator(null));
          write("1 0 0 1", number(glyph.advance()), "0 cm");
        });
    write("Q");
  }

  private void outline(PathIterator path) {
    if (path.isDone()) {
      return; // a blank
    }
    double[] p = new double[6];
    double x = 0;
    double y = 0;
    for (; !path.isDone(); path.next()) {
      switch (path.currentSegment(p)) {
        case PathIterator.SEG_MOVETO -> at(p[0], p[1], "m");
        case PathIterator.SEG_LINETO -> at(p[0], p[1], "l");
        case PathIterator.SEG_QUADTO -> {
          // The cubic curve that equals the quadratic one.
          double cx = 2 * p[0] / 3;
          double cy = 2 * p[1] / 3;
          curve(x / 3 + cx, y / 3 + cy, p[2] / 3 + cx, p[3] / 3 + cy, p[2], p[3]);
          p[0] = p[2];
          p[1] = p[3];
        }
        default -> write("h");
      }
      x = p[0];
      y = p[1];
    }
    write("f");
  }

  @Override
  public void group(String words, Runnable drawing) {
    drawing.run();
  }

  private void line(double[] points) {
    for (int i = 0; i < points.length; i += 2) {
      at(points[i], points[i + 1], i == 0 ? "m" : "l");
    }
  }

  private void begin(Paint paint) {
    write("q");
    if (paint.opacity() < 1) {
      int percent = (int) Math.round(100 * paint.opacity());
      opacities.add(percent);
      write("/O" + percent, "gs");
    }
    if (!paint.fill().equals(Paint.NONE)) {
      write(color(paint.fill()), "rg");
    }
    if (!paint.stroke().equals(Paint.NONE)) {
      write(color(paint.stroke()), "RG", number(paint.width()), "w");
    }
  }

  private void end(Paint paint) {
    boolean filled = !paint.fill().equals(Paint.NONE);
    boolean stroked = !paint.stroke().equals(Paint.NONE);
    write(filled && stroked ? "B" : filled ? "f" : "S", "Q");
  }

  private void at(double x, double y, String operator) {
    write(number(x), number(y), operator);
  }

  private void curve(double x1, double y1, double x2, double y2, double x, double y) {
    write(number(x1), number(y1), number(x2), number(y2), number(x), number(y), "c");
  }

  private void write(String... words) {
    for (String word : words) {
      out.append(word).append(' ');
    }
  }

  private static String number(double value) {
    return Numbers.coordinate(value);
  }

  /// Parts of red, green and blue.
  private static String color(String hex) {
    int rgb = Integer.parseInt(hex.substring(1), 16);
    return String.join(
        " ",
        Numbers.factor((rgb >> 16) / 255.0),
        Numbers.factor((rgb >> 8 & 0xFF) / 255.0),
        Numbers.factor((rgb & 0xFF) / 255.0));
  }
}
