package org.vaescape.report;

import java.util.List;
import org.vaescape.report.Canvas.Anchor;
import org.vaescape.report.Canvas.TextStyle;

/// The title of a figure above all else in it.
record Heading(List<String> lines) {
  private static final double LINE = 16;
  private static final int MOST_LINES = 3;

  Heading {
    lines = List.copyOf(lines);
  }

  /// @param width of the figure
  static Heading of(String title, double width) {
    double room = width - 2 * Theme.MARGIN;
    return new Heading(Lines.of(title, Glyphs.BOLD, Theme.TITLE, room, MOST_LINES));
  }

  /// Where what stands below begins.
  double height() {
    return Theme.MARGIN + LINE * lines.size();
  }

  void draw(Canvas canvas) {
    TextStyle style = TextStyle.of(Theme.TITLE, Theme.INK, Anchor.START).inBold();
    for (int i = 0; i < lines.size(); i++) {
      canvas.text(lines.get(i), Theme.MARGIN, Theme.MARGIN + 9 + LINE * i, style);
    }
  }
}
