package org.vaescape.report;

import java.util.List;
import java.util.function.Consumer;
import org.vaescape.report.Canvas.Anchor;
import org.vaescape.report.Canvas.TextStyle;

/// A figure of marks in panels that share a pair of axes, as many side by side as fit.
record MarkPanels(Side across, Side upward, List<Panel> panels) {
  private static final double HEAD = 30;
  private static final double LEAST_WIDTH = 190;
  private static final double MOST_WIDTH = 420;
  private static final double HEIGHT = 150;

  /// Inside a frame, so that marks at the ends of an axis are whole.
  private static final double INSET = 8;

  MarkPanels {
    panels = List.copyOf(panels);
  }

  /// An axis with its ticks.
  ///
  /// @param places from 0 to 1 along the axis
  record Side(String title, List<String> labels, List<Double> places) {
    Side {
      labels = List.copyOf(labels);
      places = List.copyOf(places);
    }

    /// That of a scale, with ticks at round numbers.
    static Side of(String title, ColorScale scale) {
      List<Double> ticks = scale.ticks();
      return new Side(
          title,
          ticks.stream().map(Numbers::value).toList(),
          ticks.stream().map(scale::position).toList());
    }

    private Panels.Axis axis(double length) {
      return new Panels.Axis(
          title, labels, places.stream().map(place -> along(place, length)).toList());
    }
  }

  record Panel(String heading, Drawing drawing) {}

  interface Drawing {
    void draw(Canvas canvas, Frame frame);
  }

  /// Where a panel lies.
  record Frame(double left, double bottom, double width, double height) {
    /// @param place from 0 to 1; what lies outside is drawn at the nearer end
    double x(double place) {
      return left + along(Math.clamp(place, 0, 1), width);
    }

    /// @param place as for [#x], upward
    double y(double place) {
      return bottom - along(Math.clamp(place, 0, 1), height);
    }
  }

  private static double along(double place, double length) {
    return INSET + (length - 2 * INSET) * place;
  }

  /// The figure, under this file name.
  ///
  /// @param legend adds what explains the marks
  /// @param widest that it may be, in CSS pixels
  Figure figure(
      String name,
      String title,
      String caption,
      String alternative,
      Consumer<Legend> legend,
      double widest) {
    Panels layout = layout(widest);
    double width = Math.max(layout.width(), Math.min(Theme.NARROWEST, widest));
    Legend blocks = new Legend(width - 2 * Theme.MARGIN);
    legend.accept(blocks);
    double legendTop = HEAD + layout.height() + 12;
    return new Figure(
        name,
        title,
        caption,
        alternative,
        width,
        legendTop + blocks.height() + Theme.MARGIN,
        canvas -> {
          canvas.text(
              Glyphs.BOLD.fit(title, Theme.TITLE, width - 2 * Theme.MARGIN),
              Theme.MARGIN,
              Theme.MARGIN + 9,
              TextStyle.of(Theme.TITLE, Theme.INK, Anchor.START).inBold());
          layout.draw(canvas, HEAD);
          for (int i = 0; i < panels.size(); i++) {
            Frame frame =
                new Frame(
                    layout.plotLeft(i),
                    layout.plotBottom(i, HEAD),
                    layout.plotWidth(),
                    layout.plotHeight());
            panels.get(i).drawing.draw(canvas, frame);
          }
          blocks.draw(canvas, Theme.MARGIN, legendTop);
        });
  }

  private Panels layout(double widest) {
    Panels.Axis y = upward.axis(HEIGHT);
    double left = Panels.left(y, Panels.LONGEST_LABEL);
    double room = widest - left - Theme.MARGIN + Panels.GAP;
    int fitting = Math.clamp((int) (room / (LEAST_WIDTH + Panels.GAP)), 1, panels.size());
    int columns = Math.ceilDiv(panels.size(), Math.ceilDiv(panels.size(), fitting));
    double width = Math.min(MOST_WIDTH, room / columns - Panels.GAP);
    return new Panels(
        across.axis(width),
        y,
        panels.stream().map(Panel::heading).toList(),
        width,
        HEIGHT,
        left,
        widest);
  }
}
