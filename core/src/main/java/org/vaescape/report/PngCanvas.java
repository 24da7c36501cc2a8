package org.vaescape.report;

import java.awt.AlphaComposite;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.Shape;
import java.awt.geom.AffineTransform;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Path2D;
import java.awt.geom.Rectangle2D;
import java.awt.image.BufferedImage;
import java.awt.image.DataBufferInt;
import java.awt.image.DirectColorModel;
import java.awt.image.Raster;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import javax.imageio.ImageIO;

/// Paints a figure into a PNG. Text is filled outlines of [Glyphs], so no font is looked for.
final class PngCanvas implements Canvas {
  private final BufferedImage image;
  private final Graphics2D graphics;

  /// Memory for one picture after the other: what is made anew for each, tens of megabytes, stays
  /// on the heap until that is full.
  static final class Pixels {
    private int[] values = new int[0];

    private BufferedImage image(int width, int height) {
      if (values.length < width * height) {
        values = new int[width * height];
      }
      DirectColorModel colors = new DirectColorModel(24, 0xff0000, 0xff00, 0xff);
      return new BufferedImage(
          colors,
          Raster.createPackedRaster(
              new DataBufferInt(values, values.length),
              width,
              height,
              width,
              colors.getMasks(),
              null),
          false,
          null);
    }
  }

  /// @param pixels that no other canvas uses until this one has ended
  PngCanvas(double width, double height, Pixels pixels) {
    int scale = Theme.PNG_SCALE;
    image = pixels.image((int) Math.ceil(width * scale), (int) Math.ceil(height * scale));
    graphics = image.createGraphics();
    graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
    graphics.setRenderingHint(RenderingHints.KEY_STROKE_CONTROL, RenderingHints.VALUE_STROKE_PURE);
    graphics.scale(scale, scale);
    rect(0, 0, width + 1, height + 1, Paint.fill(Theme.PAPER));
  }

  /// The file's bytes. To be called once.
  byte[] finish() {
    graphics.dispose();
    // Without this, ImageIO keeps small images in temporary files.
    ImageIO.setUseCache(false);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try {
      if (!ImageIO.write(image, "png", bytes)) {
        throw new IllegalStateException("this JDK has no PNG writer");
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  @Override
  public void circle(double x, double y, double radius, Paint paint) {
    paint(new Ellipse2D.Double(x - radius, y - radius, 2 * radius, 2 * radius), paint);
  }

  @Override
  public void rect(double x, double y, double width, double height, Paint paint) {
    paint(new Rectangle2D.Double(x, y, width, height), paint);
  }

  @Override
  public void polygon(double[] points, Paint paint) {
    Path2D path = path(points);
    path.closePath();
    paint(path, paint);
  }

  @Override
  public void polyline(double[] points, Paint paint) {
    paint(path(points), paint);
  }

  private static Path2D path(double[] points) {
    Path2D path = new Path2D.Double();
    path.moveTo(points[0], points[1]);
    for (int i = 2; i < points.length; i += 2) {
      path.lineTo(points[i], points[i + 1]);
    }
    return path;
  }

  private void paint(Shape shape, Paint paint) {
    if (!paint.fill().equals(Paint.NONE)) {
      graphics.setColor(Color.decode(paint.fill()));
      graphics.fill(shape);
    }
    if (!paint.stroke().equals(Paint.NONE)) {
      graphics.setComposite(
          AlphaComposite.getInstance(AlphaComposite.SRC_OVER, (float) paint.opacity()));
      graphics.setColor(Color.decode(paint.stroke()));
      graphics.setStroke(
          new BasicStroke((float) paint.width(), BasicStroke.CAP_BUTT, BasicStroke.JOIN_MITER));
      graphics.draw(shape);
      graphics.setComposite(AlphaComposite.SrcOver);
    }
  }

  @Override
  public void text(String text, double x, double y, TextStyle style) {
    Glyphs glyphs = Glyphs.of(style.bold());
    AffineTransform place = AffineTransform.getTranslateInstance(x, y);
    if (style.upward()) {
      place.rotate(-Math.PI / 2);
    }
    double width = glyphs.width(text, style.size());
    place.translate(
        switch (style.anchor()) {
          case START -> 0;
          case MIDDLE -> -width / 2;
          case END -> -width;
        },
        0);
    double unit = style.size() / 2048;
    place.scale(unit, -unit);
    graphics.setColor(Color.decode(style.color()));
    text.codePoints()
        .forEach(point -> {
          Glyphs.Glyph glyph = glyphs.glyph(point);
          graphics.fill(outline(glyph.outline()).createTransformedShape(place));
          place.translate(glyph.advance(), 0);
        });
  }

  private static Path2D outline(String data) {
    Path2D path = new Path2D.Double();
    int at = 0;
    while (at < data.length()) {
      int end = at + 1;
      while (end < data.length() && !Character.isLetter(data.charAt(end))) {
        end++;
      }
      String[] p = data.substring(at + 1, end).split(" ", -1);
      switch (data.charAt(at)) {
        case 'M' -> path.moveTo(number(p[0]), number(p[1]));
        case 'L' -> path.lineTo(number(p[0]), number(p[1]));
        case 'Q' -> path.quadTo(number(p[0]), number(p[1]), number(p[2]), number(p[3]));
        case 'Z' -> path.closePath();
        default ->
            throw new IllegalStateException("a glyph has the path command " + data.charAt(at));
      }
      at = end;
    }
    return path;
  }

  private static double number(String text) {
    return Integer.parseInt(text);
  }

  @Override
  public void group(String words, Runnable drawing) {
    drawing.run();
  }
}
