package org.vaescape.report;

import java.util.ArrayList;
import java.util.List;
import org.vaescape.report.Canvas.Anchor;
import org.vaescape.report.Canvas.Paint;
import org.vaescape.report.Canvas.TextStyle;

/// Small multiples on one pair of axes: where each panel lies, and its frame, grid and labels.
///
/// @param plotWidth of the area inside a frame
/// @param left space before the first panel, for its labels
/// @param widest that all of them together may be
record Panels(
    Axis x,
    Axis y,
    List<String> titles,
    double plotWidth,
    double plotHeight,
    double left,
    double widest) {
  private static final double WIDEST = 940;
  static final double GAP = 16;
  private static final double HEADING = 20;
  private static final double FOOT = 18;
  static final double LONGEST_LABEL = 90;

  /// Margin, title of the y axis, and the gaps beside its labels.
  private static final double BESIDE_LABELS = Theme.MARGIN + 26;

  /// Ticks of an axis in pixels from the plot's left or lower edge.
  record Axis(String title, List<String> labels, List<Double> places) {
    Axis {
      labels = List.copyOf(labels);
      places = List.copyOf(places);
    }
  }

  Panels {
    titles = List.copyOf(titles);
  }

  static Panels of(Axis x, Axis y, List<String> titles, double plotWidth, double plotHeight) {
    return of(x, y, titles, plotWidth, plotHeight, LONGEST_LABEL);
  }

  /// @param longest label of the y axis that is drawn whole
  static Panels of(
      Axis x, Axis y, List<String> titles, double plotWidth, double plotHeight, double longest) {
    return new Panels(x, y, titles, plotWidth, plotHeight, left(y, longest), WIDEST);
  }

  /// Space before the first panel.
  static double left(Axis y, double longest) {
    double labels =
        y.labels.stream()
            .mapToDouble(label -> Glyphs.REGULAR.width(label, Theme.TICK))
            .max()
            .orElse(0);
    return BESIDE_LABELS + Math.min(labels, longest);
  }

  int columns() {
    int fitting = (int) ((widest - left - Theme.MARGIN + GAP + .01) / (plotWidth + GAP));
    int most = Math.max(1, Math.min(titles.size(), fitting));
    // Rows of equal length look better than a full row and a rest.
    int rows = Math.ceilDiv(titles.size(), most);
    return Math.ceilDiv(titles.size(), Math.max(1, rows));
  }

  int rows() {
    return Math.ceilDiv(titles.size(), columns());
  }

  double width() {
    return left + columns() * (plotWidth + GAP) - GAP + Theme.MARGIN;
  }

  /// Height of all rows with the title of the x axis.
  double height() {
    return rows() * (HEADING + plotHeight + FOOT) + 16;
  }

  /// Left edge of a panel's plot.
  double plotLeft(int panel) {
    return left + panel % columns() * (plotWidth + GAP);
  }

  /// Lower edge of a panel's plot, when the rows begin at `top`.
  double plotBottom(int panel, double top) {
    int row = panel / columns();
    return top + row * (HEADING + plotHeight + FOOT) + HEADING + plotHeight;
  }

  void draw(Canvas canvas, double top) {
    for (int panel = 0; panel < titles.size(); panel++) {
      drawPanel(canvas, panel, top);
    }
    double across = columns() * (plotWidth + GAP) - GAP;
    double upward = rows() * (HEADING + plotHeight + FOOT) - FOOT;
    double middle = left + across / 2;
    TextStyle style = TextStyle.of(Theme.LABEL, Theme.INK, Anchor.MIDDLE);
    // Beside a narrow panel there is room for a long title.
    double most = Math.max(across, Theme.NARROWEST - Theme.MARGIN - left);
    String below = Glyphs.REGULAR.fit(x.title, Theme.LABEL, most);
    boolean wide = Glyphs.REGULAR.width(below, Theme.LABEL) > across;
    TextStyle centred = wide ? TextStyle.of(Theme.LABEL, Theme.INK, Anchor.START) : style;
    canvas.text(below, wide ? left : middle, top + height() - 4, centred);
    double yMiddle = top + (rows() * (HEADING + plotHeight + FOOT) + HEADING - FOOT) / 2;
    String beside = Glyphs.REGULAR.fit(y.title, Theme.LABEL, upward);
    canvas.text(beside, Theme.MARGIN + 9, yMiddle, style.turnedUpward());
  }

  private void drawPanel(Canvas canvas, int panel, double top) {
    double x0 = plotLeft(panel);
    double y0 = plotBottom(panel, top);
    String title = Glyphs.BOLD.fit(titles.get(panel), Theme.LABEL, plotWidth);
    TextStyle heading = TextStyle.of(Theme.LABEL, Theme.INK, Anchor.START).inBold();
    Runnable text = () -> canvas.text(title, x0, y0 - plotHeight - 6, heading);
    if (title.equals(titles.get(panel))) {
      text.run();
    } else {
      canvas.group(titles.get(panel), text);
    }
    Paint grid = Paint.stroke(Theme.GRID, 1);
    for (double place : x.places) {
      canvas.polyline(new double[] {x0 + place, y0, x0 + place, y0 - plotHeight}, grid);
    }
    for (double place : y.places) {
      canvas.polyline(new double[] {x0, y0 - place, x0 + plotWidth, y0 - place}, grid);
    }
    canvas.rect(x0, y0 - plotHeight, plotWidth, plotHeight, Paint.stroke(Theme.FRAME, 1));
    TextStyle below = TextStyle.of(Theme.TICK, Theme.INK, Anchor.MIDDLE);
    for (int i : readable(x)) {
      double width = i + 1 < x.places.size() || i > 0 ? 64 : plotWidth;
      String label = Glyphs.REGULAR.fit(x.labels.get(i), Theme.TICK, width);
      canvas.text(label, x0 + x.places.get(i), y0 + 13, below);
    }
    if (panel % columns() == 0) {
      TextStyle before = TextStyle.of(Theme.TICK, Theme.INK, Anchor.END);
      double free = Double.NEGATIVE_INFINITY;
      for (int i = 0; i < y.places.size(); i++) {
        if (y.places.get(i) - free >= Theme.TICK + 1) {
          String label =
              Glyphs.REGULAR.fit(y.labels.get(i), Theme.TICK, left - BESIDE_LABELS + .01);
          canvas.text(label, x0 - 6, y0 - y.places.get(i) + 3.5, before);
          free = y.places.get(i);
        }
      }
    }
  }

  /// Indices of the labels that do not run into the one drawn before.
  private static List<Integer> readable(Axis axis) {
    List<Integer> drawn = new ArrayList<>();
    double free = Double.NEGATIVE_INFINITY;
    for (int i = 0; i < axis.places.size(); i++) {
      double half = Math.min(64, Glyphs.REGULAR.width(axis.labels.get(i), Theme.TICK)) / 2;
      if (axis.places.get(i) - half > free) {
        drawn.add(i);
        free = axis.places.get(i) + half + 4;
      }
    }
    return drawn;
  }
}
