package org.vaescape.report;

import java.util.List;
import java.util.stream.IntStream;
import org.vaescape.report.Canvas.Anchor;
import org.vaescape.report.Canvas.Paint;
import org.vaescape.report.Canvas.TextStyle;

/// Small multiples on one pair of axes: where each panel lies, and its frame, grid and labels.
///
/// @param plotWidth of the area inside a frame
record Panels(Axis x, Side side, List<String> titles, double plotWidth) {
  static final double GAP = 16;
  private static final double LINE = 13;
  private static final double HEADING = 20;
  private static final double FOOT = 18;
  private static final double LABEL_LINE = Theme.TICK + 1;
  private static final int MOST_LINES = 3;
  private static final double LONGEST_BELOW = 64;
  static final double LONGEST_LABEL = 90;

  /// Ticks of an axis in pixels from the plot's left or lower edge.
  record Axis(String title, List<String> labels, List<Double> places) {
    Axis {
      labels = List.copyOf(labels);
      places = List.copyOf(places);
    }

    /// The least distance of two ticks.
    private double pitch() {
      return IntStream.range(1, places.size())
          .mapToDouble(i -> places.get(i) - places.get(i - 1))
          .min()
          .orElse(Double.POSITIVE_INFINITY);
    }
  }

  /// What stands beside the panels of each row, and how much room that leaves.
  ///
  /// @param title lines of the axis' title
  /// @param labels lines of each tick's label
  /// @param plotHeight of the area inside a frame
  /// @param left edge of the first panel
  record Side(
      Format format,
      Axis axis,
      List<String> title,
      List<List<String>> labels,
      double plotHeight,
      double left) {

    Side {
      title = List.copyOf(title);
      labels = List.copyOf(labels);
    }

    /// @param longest line of a label that is drawn whole
    static Side of(Format format, Axis axis, double plotHeight, double longest) {
      int most = axis.pitch() >= 2 * LABEL_LINE ? 2 : 1;
      double room = longest(format, longest);
      List<List<String>> labels =
          axis.labels.stream()
              .map(label -> Lines.of(label, Glyphs.REGULAR, Theme.TICK, room, most))
              .toList();
      double widest =
          labels.stream()
              .flatMap(List::stream)
              .mapToDouble(line -> Glyphs.REGULAR.width(line, Theme.TICK))
              .max()
              .orElse(0);
      List<String> title =
          Lines.of(axis.title, Glyphs.REGULAR, Theme.LABEL, HEADING + plotHeight, MOST_LINES);
      double beside = title.isEmpty() ? 0 : 7 + LINE * title.size();
      double left = Theme.MARGIN + beside + widest + 6;
      return new Side(format, axis, title, labels, plotHeight, left);
    }

    /// Width of labels that leaves enough for panels.
    static double longest(Format format, double wish) {
      return Math.min(wish, .4 * format.widest());
    }

    /// Width for the panels of a row.
    double room() {
      return format.widest() - left - Theme.MARGIN;
    }

    /// How many panels of this width stand in a row.
    int fitting(double plotWidth) {
      return Math.max(1, (int) ((room() + GAP + .01) / (plotWidth + GAP)));
    }

    /// Width of panels that are as many in a row as fit, and share it.
    ///
    /// @param least width of each
    /// @param most width of each, unless the figure has to be wider
    double shared(int panels, double least, double most) {
      int columns = columns(panels, fitting(least));
      double share = (room() + GAP) / columns - GAP;
      double wider = (format.narrowest() - left - Theme.MARGIN + GAP) / columns - GAP;
      return Math.min(share, Math.max(most, wider));
    }
  }

  Panels {
    titles = List.copyOf(titles);
  }

  /// Rows of equal length look better than a full row and a rest.
  private static int columns(int panels, int fitting) {
    int most = Math.clamp(panels, 1, fitting);
    return Math.ceilDiv(panels, Math.ceilDiv(Math.max(1, panels), most));
  }

  int columns() {
    return columns(titles.size(), side.fitting(plotWidth));
  }

  int rows() {
    return Math.ceilDiv(titles.size(), columns());
  }

  double width() {
    return side.left + across() + Theme.MARGIN;
  }

  private double across() {
    return columns() * (plotWidth + GAP) - GAP;
  }

  /// Height of all rows with the title of the x axis.
  double height() {
    return rows() * rowHeight() + 3 + LINE * below().size();
  }

  /// Left edge of a panel's plot.
  double plotLeft(int panel) {
    return side.left + panel % columns() * (plotWidth + GAP);
  }

  /// Lower edge of a panel's plot, when the rows begin at `top`.
  double plotBottom(int panel, double top) {
    int row = panel / columns();
    return top + row * rowHeight() + heading() + side.plotHeight;
  }

  private double rowHeight() {
    return heading() + side.plotHeight + FOOT;
  }

  private List<String> heading(String title) {
    return Lines.of(title, Glyphs.BOLD, Theme.LABEL, plotWidth, MOST_LINES);
  }

  /// Height of what stands above each plot.
  private double heading() {
    int lines = titles.stream().mapToInt(title -> heading(title).size()).max().orElse(1);
    return HEADING + LINE * Math.max(0, lines - 1);
  }

  /// Lines of the x axis' title. Beside a narrow panel there is room for a long one.
  private List<String> below() {
    double most = Math.max(across(), side.format.narrowest() - Theme.MARGIN - side.left);
    return Lines.of(x.title, Glyphs.REGULAR, Theme.LABEL, most, MOST_LINES);
  }

  void draw(Canvas canvas, double top) {
    for (int panel = 0; panel < titles.size(); panel++) {
      drawPanel(canvas, panel, top);
    }
    TextStyle middle = TextStyle.of(Theme.LABEL, Theme.INK, Anchor.MIDDLE);
    TextStyle start = TextStyle.of(Theme.LABEL, Theme.INK, Anchor.START);
    List<String> below = below();
    boolean wide =
        below.stream().anyMatch(line -> Glyphs.REGULAR.width(line, Theme.LABEL) > across());
    double y = top + rows() * rowHeight() + LINE - 1;
    double x0 = wide ? side.left : side.left + across() / 2;
    whole(
        canvas,
        x.title,
        below,
        () -> {
          for (int i = 0; i < below.size(); i++) {
            canvas.text(below.get(i), x0, y + LINE * i, wide ? start : middle);
          }
        });
    double yMiddle = top + (rows() * rowHeight() + heading() - FOOT) / 2;
    whole(
        canvas,
        side.axis.title,
        side.title,
        () -> {
          for (int i = 0; i < side.title.size(); i++) {
            double beside = Theme.MARGIN + 9 + LINE * i;
            canvas.text(side.title.get(i), beside, yMiddle, middle.turnedUpward());
          }
        });
  }

  /// Draws lines of a text, with all of it for who asks where they do not have it.
  private static void whole(Canvas canvas, String text, List<String> lines, Runnable drawing) {
    if (!lines.isEmpty() && lines.getLast().endsWith("…") && !text.endsWith("…")) {
      canvas.group(text, drawing);
    } else {
      drawing.run();
    }
  }

  private void drawPanel(Canvas canvas, int panel, double top) {
    double x0 = plotLeft(panel);
    double y0 = plotBottom(panel, top);
    double height = side.plotHeight;
    List<String> title = heading(titles.get(panel));
    TextStyle bold = TextStyle.of(Theme.LABEL, Theme.INK, Anchor.START).inBold();
    whole(
        canvas,
        titles.get(panel),
        title,
        () -> {
          for (int i = 0; i < title.size(); i++) {
            canvas.text(title.get(i), x0, y0 - height - 6 - LINE * (title.size() - 1 - i), bold);
          }
        });
    Paint grid = Paint.stroke(Theme.GRID, 1);
    for (double place : x.places) {
      canvas.polyline(new double[] {x0 + place, y0, x0 + place, y0 - height}, grid);
    }
    for (double place : side.axis.places) {
      canvas.polyline(new double[] {x0, y0 - place, x0 + plotWidth, y0 - place}, grid);
    }
    canvas.rect(x0, y0 - height, plotWidth, height, Paint.stroke(Theme.FRAME, 1));
    TextStyle below = TextStyle.of(Theme.TICK, Theme.INK, Anchor.MIDDLE);
    for (int i : readable(x)) {
      double width = i + 1 < x.places.size() || i > 0 ? LONGEST_BELOW : plotWidth;
      String label = Glyphs.REGULAR.fit(x.labels.get(i), Theme.TICK, width);
      canvas.text(label, x0 + x.places.get(i), y0 + 13, below);
    }
    if (panel % columns() == 0) {
      drawLabels(canvas, x0 - 6, y0);
    }
  }

  private void drawLabels(Canvas canvas, double right, double bottom) {
    TextStyle before = TextStyle.of(Theme.TICK, Theme.INK, Anchor.END);
    double free = Double.NEGATIVE_INFINITY;
    for (int i = 0; i < side.labels.size(); i++) {
      double place = side.axis.places.get(i);
      if (place - free < LABEL_LINE) {
        continue;
      }
      free = place;
      List<String> lines = side.labels.get(i);
      double first = bottom - place + 3.5 - LABEL_LINE * (lines.size() - 1) / 2;
      whole(
          canvas,
          side.axis.labels.get(i),
          lines,
          () -> {
            for (int line = 0; line < lines.size(); line++) {
              canvas.text(lines.get(line), right, first + LABEL_LINE * line, before);
            }
          });
    }
  }

  /// Indices of the labels that are drawn: every one, or every second, third, ..., so that none
  /// runs into another.
  private static List<Integer> readable(Axis axis) {
    int count = axis.places.size();
    return IntStream.rangeClosed(1, Math.max(1, count))
        .mapToObj(step -> IntStream.range(0, count).filter(i -> i % step == 0).boxed().toList())
        .filter(shown -> isApart(axis, shown))
        .findFirst()
        .orElse(List.of());
  }

  private static boolean isApart(Axis axis, List<Integer> shown) {
    double free = Double.NEGATIVE_INFINITY;
    for (int i : shown) {
      double width = Glyphs.REGULAR.width(axis.labels.get(i), Theme.TICK);
      double half = Math.min(LONGEST_BELOW, width) / 2;
      if (axis.places.get(i) - half <= free) {
        return false;
      }
      free = axis.places.get(i) + half + 4;
    }
    return true;
  }
}
