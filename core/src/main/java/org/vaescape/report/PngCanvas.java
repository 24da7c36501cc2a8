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

/// Paints a figure into a PNG. Text is filled outlines of [Glyphs], so no font is looked for.
final class PngCanvas implements Canvas {
  private static final int DOTS_AN_INCH = 300;

  private final Pixels pixels;
  private final int columns;
  private final int rows;
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
    double scale = Format.dots(1, DOTS_AN_INCH);
    this.pixels = pixels;
    columns = (int) Math.round(width * scale);
    rows = (int) Math.round(height * scale);
    graphics = pixels.image(columns, rows).createGraphics();
    graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
    graphics.setRenderingHint(RenderingHints.KEY_STROKE_CONTROL, RenderingHints.VALUE_STROKE_PURE);
    graphics.scale(scale, scale);
    rect(0, 0, width + 1, height + 1, Paint.fill(Theme.PAPER));
  }

  /// The file's bytes. To be called once.
  byte[] finish() {
    graphics.dispose();
    return PngFile.of(pixels.values, columns, rows, DOTS_AN_INCH);
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
    AffineTransform place = Glyphs.place(text, x, y, style);
    graphics.setColor(Color.decode(style.color()));
    text.codePoints()
        .forEach(point -> {
          Glyphs.Glyph glyph = glyphs.glyph(point);
          graphics.fill(glyph.shape().createTransformedShape(place));
          place.translate(glyph.advance(), 0);
        });
  }

  @Override
  public void group(String words, Runnable drawing) {
    drawing.run();
  }
}
