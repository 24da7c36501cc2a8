package org.vaescape.report;

import java.util.List;
import java.util.stream.Collectors;
import org.vaescape.study.FinishedTrial;

/// Writes a figure as SVG text; equal drawings give equal bytes.
final class SvgCanvas implements Canvas {
  private final StringBuilder out = new StringBuilder();

  /// @param id begins the ids inside, so that several figures can stand in one page
  SvgCanvas(String id, String title, String description, double width, double height) {
    String w = Numbers.coordinate(width);
    String h = Numbers.coordinate(height);
    out.append("<svg xmlns=\"http://www.w3.org/2000/svg\" role=\"img\"")
        .append(" width=\"%s\" height=\"%s\" viewBox=\"0 0 %s %s\"".formatted(w, h, w, h))
        .append(" aria-labelledby=\"%s-t %s-d\"".formatted(id, id))
        .append(" font-family=\"%s\">\n".formatted(Theme.FONT))
        .append("<title id=\"%s-t\">%s</title>\n".formatted(id, Markup.escape(title)))
        .append("<desc id=\"%s-d\">%s</desc>\n".formatted(id, Markup.escape(description)));
    rect(0, 0, width, height, Paint.fill(Theme.PAPER));
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
