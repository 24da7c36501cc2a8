package org.vaescape.report;

/// A figure as an element of a page: its drawing, its caption, and where its files are.
final class FigureHtml {
  /// Figures up to this width stand side by side on a laptop's screen.
  private static final double NARROW = 600;

  private FigureHtml() {}

  /// @param file that it is in, without ending
  static String of(Figure figure, String file) {
    return html(
        figure,
        file,
        "<div class=\"plot\" tabindex=\"0\" role=\"group\" aria-label=\"%s\">%s</div>\n"
            .formatted(Markup.escape(figure.title()), figure.svg()));
  }

  /// One that is named instead of shown.
  static String leftOut(Figure figure, String file) {
    return html(
        figure,
        file,
        "<p class=\"left-out\">Left out of the page for its size: see the file.</p>\n");
  }

  private static String html(Figure figure, String file, String drawing) {
    return "<figure id=\"figure-%s\"%s>\n%s<figcaption><bdi>%s</bdi> <code>figures/%s.svg</code>, <code>.png</code>, <code>.pdf</code></figcaption>\n</figure>\n"
        .formatted(
            figure.name(),
            figure.width() > NARROW ? " class=\"wide\"" : "",
            drawing,
            Markup.escape(figure.caption()),
            file);
  }
}
