package org.vaescape.report;

import java.util.ArrayList;
import java.util.List;
import java.util.function.DoubleUnaryOperator;

/// How far something lies from something else, to both sides.
///
/// @param reach largest distance that it shows, above 0
/// @param logarithmic whether distances are those of natural logarithms, and read as ratios
record DistanceAxis(double reach, boolean logarithmic) {
  /// Up to a factor of 2, ratios read best in percent.
  private static final double PERCENT = Math.log(2);

  /// From 0 to 1 upward, no distance in the middle.
  double place(double distance) {
    return .5 + distance / reach / 2;
  }

  MarkPanels.Side side(String title) {
    if (!logarithmic) {
      return side(title, bothWays(reach), "", distance -> distance);
    }
    return reach <= PERCENT
        ? side(title, bothWays(100 * Math.expm1(reach)), " %", tick -> Math.log1p(tick / 100))
        : factors(title);
  }

  private MarkPanels.Side factors(String title) {
    List<Double> ticks = new ColorScale(Math.exp(-reach), Math.exp(reach), true).ticks();
    return new MarkPanels.Side(
        title,
        ticks.stream().map(tick -> "× " + Numbers.value(tick)).toList(),
        ticks.stream().map(tick -> place(Math.log(tick))).toList());
  }

  private MarkPanels.Side side(
      String title, List<Double> wishes, String unit, DoubleUnaryOperator distance) {
    List<Double> ticks =
        wishes.stream().filter(tick -> distance.applyAsDouble(tick) >= -reach).toList();
    return new MarkPanels.Side(
        title,
        ticks.stream().map(tick -> (tick > 0 ? "+" : "") + Numbers.value(tick) + unit).toList(),
        ticks.stream().map(tick -> place(distance.applyAsDouble(tick))).toList());
  }

  /// Round numbers up to this one, and their negatives.
  private static List<Double> bothWays(double most) {
    List<Double> ticks = new ArrayList<>();
    for (double tick : new ColorScale(0, most, false).ticks()) {
      ticks.add(tick);
      if (tick > 0) {
        ticks.addFirst(-tick);
      }
    }
    return ticks;
  }
}
