package org.vaescape.report;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;
import org.vaescape.study.FinishedTrial;

/// Writes a figure as SVG text; equal drawings give equal bytes.
final class SvgCanvas implements Canvas {
  private final StringBuilder out = new StringBuilder();
  private final boolean outlined;

  /// @param id begins the ids inside, so that several figures can stand in one page
  /// @param size attributes that say how large it is
  private SvgCanvas(
      String id,
      String title,
      String description,
      double width,
      double height,
      String size,
      boolean outlined) {
    this.outlined = outlined;
    out.append("<svg xmlns=\"http://www.w3.org/2000/svg\" role=\"img\"").append(size);
    out.append(" viewBox=\"0 0 ").append(Numbers.coordinate(width)).append(' ');
    out.append(Numbers.coordinate(height)).append('"');
    out.append(" aria-labelledby=\"%s-t %s-d\"".formatted(id, id))
        .append(outlined ? ">\n" : " font-family=\"%s\">\n".formatted(Theme.FONT))
        .append("<title id=\"%s-t\">%s</title>\n".formatted(id, Markup.escape(title)))
        .append("<desc id=\"%s-d\">%s</desc>\n".formatted(id, Markup.escape(description)));
    rect(0, 0, width, height, Paint.fill(Theme.PAPER));
  }

  /// Of a page, whose text can be searched.
  static SvgCanvas ofPage(
      String id, String title, String description, double width, double height) {
    String size =
        " width=\"%s\" height=\"%s\""
            .formatted(Numbers.coordinate(width), Numbers.coordinate(height));
    return new SvgCanvas(id, title, description, width, height, size, false);
  }

  /// A file as large as it is printed, whose text is outlines: it looks the same where the font is
  /// not known.
  static SvgCanvas ofPaper(
      String id, String title, String description, double width, double height) {
    String size =
        " width=\"%smm\" height=\"%smm\""
            .formatted(
                Numbers.coordinate(Format.millimetres(width)),
                Numbers.coordinate(Format.millimetres(height)));
    return new SvgCanvas(id, title, description, width, height, size, true);
  }

  /// The whole document, ended. To be called once.
  String finish() {
    return out.append("</svg>\n").toString();
  }

  @Override
  public void circle(double x, double y, double radius, Paint paint) {
    out.append("<circle");
    attribute("cx", x);
    attribute("cy", y);
    attribute("r", radius);
    end(paint);
  }

  @Override
  public void rect(double x, double y, double width, double height, Paint paint) {
    out.append("<rect");
    attribute("x", x);
    attribute("y", y);
    attribute("width", width);
    attribute("height", height);
    end(paint);
  }

  @Override
  public void polygon(double[] points, Paint paint) {
    path(points, "Z", paint);
  }

  @Override
  public void polyline(double[] points, Paint paint) {
    path(points, "", paint);
  }

  private void path(double[] points, String close, Paint paint) {
    out.append("<path d=\"M");
    for (int i = 0; i < points.length; i++) {
      String number = Numbers.coordinate(points[i]);
      if (i > 0 && !number.startsWith("-")) {
        out.append(' ');
      }
      out.append(number);
    }
    out.append(close).append('"');
    end(paint);
  }

  @Override
  public void text(String text, double x, double y, TextStyle style) {
    if (outlined) {
      outlines(text, x, y, style);
      return;
    }
    out.append("<text");
    if (style.upward()) {
      out.append(
          " transform=\"translate(%s %s) rotate(-90)\""
              .formatted(Numbers.coordinate(x), Numbers.coordinate(y)));
    } else {
      attribute("x", x);
      attribute("y", y);
    }
    attribute("font-size", style.size());
    if (style.bold()) {
      out.append(" font-weight=\"bold\"");
    }
    switch (style.anchor()) {
      case START -> {}
      case MIDDLE -> out.append(" text-anchor=\"middle\"");
      case END -> out.append(" text-anchor=\"end\"");
    }
    out.append(" fill=\"%s\">%s</text>\n".formatted(style.color(), Markup.escape(text)));
  }

  /// The words stay beside their outlines, for programs and for who looks for them.
  private void outlines(String text, double x, double y, TextStyle style) {
    double[] place = new double[6];
    Glyphs.place(text, x, y, style).getMatrix(place);
    String matrix =
        DoubleStream.of(place).mapToObj(Numbers::factor).collect(Collectors.joining(" "));
    out.append("<g aria-label=\"%s\" fill=\"%s\"".formatted(Markup.escape(text), style.color()));
    out.append(" transform=\"matrix(").append(matrix).append(")\">");
    Glyphs glyphs = Glyphs.of(style.bold());
    long along = 0;
    for (int point : text.codePoints().toArray()) {
      Glyphs.Glyph glyph = glyphs.glyph(point);
      if (!glyph.outline().isEmpty()) {
        String moved = along == 0 ? "" : " transform=\"translate(" + along + ")\"";
        out.append("<path").append(moved).append(" d=\"").append(glyph.outline()).append("\"/>");
      }
      along += glyph.advance();
    }
    out.append("</g>\n");
  }

  @Override
  public void group(String words, Runnable drawing) {
    group(words, List.of(), drawing);
  }

  @Override
  public void group(String words, List<FinishedTrial> trials, Runnable drawing) {
    out.append("<g");
    if (!trials.isEmpty()) {
      String ids = trials.stream().map(FinishedTrial::id).collect(Collectors.joining(","));
      out.append(" data-trials=\"").append(Markup.escape(ids)).append('"');
    }
    out.append("><title>").append(Markup.escape(words)).append("</title>");
    drawing.run();
    out.append("</g>\n");
  }

  private void attribute(String name, double value) {
    out.append(' ').append(name).append("=\"").append(Numbers.coordinate(value)).append('"');
  }

  private void end(Paint paint) {
    out.append(" fill=\"").append(paint.fill()).append('"');
    if (!paint.stroke().equals(Paint.NONE)) {
      out.append(" stroke=\"").append(paint.stroke()).append('"');
      attribute("stroke-width", paint.width());
      if (paint.opacity() < 1) {
        attribute("stroke-opacity", paint.opacity());
      }
    }
    out.append("/>\n");
  }
}
