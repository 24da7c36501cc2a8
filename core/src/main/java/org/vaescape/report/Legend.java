package org.vaescape.report;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.SequencedSet;
import org.vaescape.report.Canvas.Anchor;
import org.vaescape.report.Canvas.Paint;
import org.vaescape.report.Canvas.TextStyle;

/// Blocks that explain a figure, laid out from left to right and wrapped to its width.
final class Legend {
  private static final double GAP = 26;
  private static final double BAR = 210;
  private static final double LINE = 13;
  private static final int MOST_LINES = 3;

  /// Of a number below a circle.
  private static final double WIDEST_COUNT = 26;

  /// @param drawing given the block's upper left corner
  private record Block(double width, double height, Drawing drawing) {}

  interface Drawing {
    void draw(Canvas canvas, double x, double y);
  }

  private record Placed(Block block, double x, double y) {}

  private final double width;
  private final List<Placed> placed = new ArrayList<>();
  private double x;
  private double y;
  private double rowHeight;

  Legend(double width) {
    this.width = width;
  }

  private void add(Block block) {
    if (x > 0 && x + block.width > width) {
      nextRow();
    }
    placed.add(new Placed(block, x, y));
    x += block.width + GAP;
    rowHeight = Math.max(rowHeight, block.height);
  }

  /// Begins a row of its own for what follows.
  void nextRow() {
    if (x > 0) {
      y += rowHeight + 7;
      x = 0;
      rowHeight = 0;
    }
  }

  double height() {
    return y + rowHeight;
  }

  void draw(Canvas canvas, double left, double top) {
    for (Placed each : placed) {
      each.block.drawing.draw(canvas, left + each.x, top + each.y);
    }
  }

  /// A bar of the scale's colours with its ticks.
  ///
  /// @param best which colours are good ones
  /// @param unit of its values, below the label; may be empty
  /// @param over how many values lie beyond the scale
  void colors(ColorScale scale, String label, String best, String unit, int over) {
    String reading = (scale.logarithmic() ? "(log scale; " : "(") + best + ")";
    String whole = label + " " + reading;
    List<String> lines = new ArrayList<>();
    if (Glyphs.REGULAR.width(whole, Theme.TICK) <= width) {
      lines.add(whole);
    } else {
      lines.addAll(Lines.of(label, Glyphs.REGULAR, Theme.TICK, width, MOST_LINES));
      lines.add(reading);
    }
    if (!unit.isEmpty()) {
      lines.add(Glyphs.REGULAR.fit(unit, Theme.TICK, width));
    }
    double widest =
        lines.stream().mapToDouble(line -> Glyphs.REGULAR.width(line, Theme.TICK)).max().orElse(0);
    double below = LINE * (lines.size() - 1);
    add(
        new Block(
            Math.max(BAR + (over > 0 ? 62 : 0), widest) + 4,
            42 + below,
            (canvas, x, y) -> {
              for (int i = 0; i < lines.size(); i++) {
                boolean quiet = !unit.isEmpty() && i == lines.size() - 1;
                TextStyle style =
                    TextStyle.of(Theme.TICK, quiet ? Theme.QUIET : Theme.INK, Anchor.START);
                canvas.text(lines.get(i), x, y + 9 + LINE * i, style);
              }
              drawColors(canvas, x, y + below, scale, over);
            }));
  }

  private static void drawColors(Canvas canvas, double x, double y, ColorScale scale, int over) {
    int steps = 60;
    for (int i = 0; i < steps; i++) {
      // Each strip reaches under the next, so that no seams show.
      double strip = i == steps - 1 ? BAR / steps : BAR / steps + .6;
      canvas.rect(
          x + BAR * i / steps, y + 15, strip, 11, Paint.fill(ColorMap.at((i + .5) / steps)));
    }
    canvas.rect(x, y + 15, BAR, 11, Paint.stroke(Theme.INK, .5));
    TextStyle style = TextStyle.of(Theme.TICK, Theme.INK, Anchor.MIDDLE);
    double free = Double.NEGATIVE_INFINITY;
    for (double tick : scale.ticks()) {
      double at = x + BAR * scale.position(tick);
      String text = Numbers.value(tick);
      double half = Glyphs.REGULAR.width(text, Theme.TICK) / 2;
      canvas.polyline(new double[] {at, y + 26, at, y + 29}, Paint.stroke(Theme.INK, .7));
      if (at - half > free) {
        double middle = Math.max(at, x + half); // nothing stands left of the bar
        canvas.text(text, middle, y + 39, style);
        free = middle + half + 4;
      }
    }
    if (over > 0) {
      double at = x + BAR + 18;
      canvas.rect(at, y + 15, 22, 11, Paint.fill(Theme.OVER).outlined(Theme.INK, .5));
      String text = "> " + Numbers.value(scale.high());
      canvas.text(text, at + 11, y + 39, style);
    }
  }

  /// Circles of some numbers of epochs.
  ///
  /// @param least epochs of the smallest circle in the study
  /// @param most epochs of the largest
  /// @param largest radius
  void sizes(double least, double most, double largest, String heading) {
    List<Double> steps = sizeSteps(least, most);
    double width = Glyphs.REGULAR.width(heading, Theme.TICK);
    double pitch = Math.max(2 * largest + 9, WIDEST_COUNT);
    add(
        new Block(
            Math.max(width, steps.size() * pitch),
            52,
            (canvas, x, y) -> {
              canvas.text(heading, x, y + 9, TextStyle.of(Theme.TICK, Theme.INK, Anchor.START));
              for (int i = 0; i < steps.size(); i++) {
                double at = x + pitch * i + Math.max(largest + 1, WIDEST_COUNT / 2);
                canvas.circle(
                    at,
                    y + 26,
                    radius(steps.get(i), most, largest),
                    Paint.fill(Theme.PAPER).outlined(Theme.INK, .8));
                canvas.text(
                    Numbers.value(steps.get(i)),
                    at,
                    y + 49,
                    TextStyle.of(Theme.TICK, Theme.INK, Anchor.MIDDLE));
              }
            }));
  }

  /// Radius of a circle whose area is in proportion to the epochs.
  static double radius(double epochs, double most, double largest) {
    return Math.max(Theme.SMALLEST_RADIUS, largest * Math.sqrt(epochs / Math.max(1, most)));
  }

  /// The least, the most, and round numbers between.
  private static List<Double> sizeSteps(double least, double most) {
    double low = Math.max(1, Math.rint(least));
    double high = Math.max(1, Math.rint(most));
    SequencedSet<Double> steps = new LinkedHashSet<>(List.of(low));
    double third = (high - low) / 3;
    double power = Math.pow(10, Math.floor(Math.log10(Math.max(1, third))));
    double unit = Math.max(1, third / power >= 5 ? power * 5 : power);
    for (double wish : new double[] {low + third, low + 2 * third}) {
      double step = Math.rint(wish / unit) * unit;
      if (step > low && step < high) {
        steps.add(step);
      }
    }
    steps.add(high);
    return List.copyOf(steps);
  }

  /// A sign and what it means. The drawing is given the sign's centre.
  void sign(String meaning, Drawing sign) {
    String shown = Glyphs.REGULAR.fit(meaning, Theme.TICK, width - 18);
    add(
        new Block(
            18 + Glyphs.REGULAR.width(shown, Theme.TICK),
            16,
            (canvas, x, y) -> {
              sign.draw(canvas, x + 7, y + 8);
              canvas.text(
                  shown, x + 18, y + 11.6, TextStyle.of(Theme.TICK, Theme.INK, Anchor.START));
            }));
  }
}
