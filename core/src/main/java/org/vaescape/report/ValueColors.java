package org.vaescape.report;

import java.util.List;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/// Colours of values as figures have them, for a page that draws by itself.
///
/// @param low value of the first colour
/// @param high value of the last; beyond it is drawn in [#BEYOND]
/// @param logarithmic whether colours follow the logarithm
/// @param ticks round values for a legend
public record ValueColors(double low, double high, boolean logarithmic, List<Double> ticks) {
  public static final String BEYOND = Theme.OVER;

  public ValueColors {
    ticks = List.copyOf(ticks);
  }

  /// Colours between limits that a few wild values cannot move.
  ///
  /// @param values those that may set the limits; may be empty
  public static ValueColors of(DoubleStream values) {
    ColorScale scale = ColorScale.of(values.toArray());
    return new ValueColors(scale.low(), scale.high(), scale.logarithmic(), scale.ticks());
  }

  /// So many colours, evenly from low to high, as `#rrggbb`.
  public static List<String> steps(int count) {
    return IntStream.range(0, count).mapToObj(i -> ColorMap.at(i / (count - 1.0))).toList();
  }
}
