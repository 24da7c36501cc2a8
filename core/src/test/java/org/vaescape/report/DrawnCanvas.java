package org.vaescape.report;

import java.awt.geom.Rectangle2D;
import java.util.ArrayList;
import java.util.List;

/// Remembers what was drawn and where.
final class DrawnCanvas implements Canvas {
  /// @param text empty of a shape
  /// @param size of the font
  record Drawn(String text, double size, Rectangle2D box) {}

  private final List<Drawn> all = new ArrayList<>();

  static DrawnCanvas of(Figure figure) {
    DrawnCanvas canvas = new DrawnCanvas();
    figure.drawing().accept(canvas);
    return canvas;
  }

  List<Drawn> all() {
    return all;
  }

  List<Drawn> texts() {
    return all.stream().filter(one -> !one.text.isEmpty()).toList();
  }

  List<String> words() {
    return texts().stream().map(Drawn::text).toList();
  }

  private void shape(Rectangle2D box) {
    all.add(new Drawn("", 0, box));
  }

  @Override
  public void circle(double x, double y, double radius, Paint paint) {
    shape(new Rectangle2D.Double(x - radius, y - radius, 2 * radius, 2 * radius));
  }

  @Override
  public void rect(double x, double y, double width, double height, Paint paint) {
    shape(new Rectangle2D.Double(x, y, width, height));
  }

  @Override
  public void polygon(double[] points, Paint paint) {
    polyline(points, paint);
  }

  @Override
  public void polyline(double[] points, Paint paint) {
    Rectangle2D box = new Rectangle2D.Double(points[0], points[1], 0, 0);
    for (int i = 2; i < points.length; i += 2) {
      box.add(points[i], points[i + 1]);
    }
    shape(box);
  }

  /// The box of a text is as wide as it is and as high as its capitals.
  @Override
  public void text(String text, double x, double y, TextStyle style) {
    double width = Glyphs.of(style.bold()).width(text, style.size());
    double height = .73 * style.size();
    double before =
        switch (style.anchor()) {
          case START -> 0;
          case MIDDLE -> width / 2;
          case END -> width;
        };
    Rectangle2D box =
        style.upward()
            ? new Rectangle2D.Double(x - height, y + before - width, height, width)
            : new Rectangle2D.Double(x - before, y - height, width, height);
    all.add(new Drawn(text, style.size(), box));
  }

  @Override
  public void group(String words, Runnable drawing) {
    drawing.run();
  }
}
