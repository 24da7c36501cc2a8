package org.vaescape.report;

import java.util.List;
import java.util.function.Consumer;

/// A figure of marks in panels that share a pair of axes, as many side by side as fit.
record MarkPanels(Side across, Side upward, List<Panel> panels) {
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
  Figure figure(
      String name,
      String title,
      String caption,
      String alternative,
      Consumer<Legend> legend,
      Format format) {
    Panels layout = layout(format);
    return Figure.of(
        name,
        title,
        caption,
        alternative,
        Math.max(layout.width(), format.narrowest()),
        layout.height() + 12,
        (canvas, top) -> {
          layout.draw(canvas, top);
          for (int i = 0; i < panels.size(); i++) {
            Frame frame =
                new Frame(
                    layout.plotLeft(i), layout.plotBottom(i, top), layout.plotWidth(), HEIGHT);
            panels.get(i).drawing.draw(canvas, frame);
          }
        },
        legend);
  }

  private Panels layout(Format format) {
    Panels.Side side = Panels.Side.of(format, upward.axis(HEIGHT), HEIGHT, Panels.LONGEST_LABEL);
    double width = side.shared(panels.size(), LEAST_WIDTH, MOST_WIDTH);
    return new Panels(
        across.axis(width), side, panels.stream().map(Panel::heading).toList(), width);
  }
}
