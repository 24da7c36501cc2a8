package org.vaescape.report;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.DoubleStream;

/// Colours for values of a measure, between limits that a few wild values cannot move.
///
/// Logarithmic when all values are positive. The upper limit is the largest value below the upper
/// quartile plus three interquartile ranges (of logarithms, and at least a factor of 8 above the
/// quartile, so that values that lie close together are never cut); what lies beyond is drawn in
/// [Theme#OVER].
record ColorScale(double low, double high, boolean logarithmic) {

  /// @param values those that may set the limits; may be empty
  static ColorScale of(double[] values) {
    double[] sorted = DoubleStream.of(values).filter(Double::isFinite).sorted().toArray();
    if (sorted.length == 0) {
      return new ColorScale(0, 1, false);
    }
    boolean logarithmic = sorted[0] > 0;
    double[] scaled =
        DoubleStream.of(sorted).map(value -> logarithmic ? Math.log(value) : value).toArray();
    double lower = quantile(scaled, .25);
    double upper = quantile(scaled, .75);
    double leastStep = logarithmic ? Math.log(2) : 1e-9;
    double fence = upper + 3 * Math.max(upper - lower, leastStep);
    double high = sorted[0];
    for (int i = 0; i < sorted.length; i++) {
      if (scaled[i] <= fence) {
        high = sorted[i];
      }
    }
    double low = sorted[0];
    if (high - low < 1e-6 * Math.abs(high)) {
      double room = high == 0 ? 1 : Math.abs(high) * .05;
      return new ColorScale(low - room, high + room, logarithmic);
    }
    return new ColorScale(low, high, logarithmic);
  }

  /// The same up to the largest finite one of these values.
  ColorScale reaching(double[] values) {
    double largest = DoubleStream.of(values).filter(Double::isFinite).max().orElse(high);
    return new ColorScale(low, Math.max(high, largest), logarithmic);
  }

  /// Linear interpolation between order statistics (type 7).
  private static double quantile(double[] sorted, double share) {
    double place = share * (sorted.length - 1);
    int left = (int) place;
    int right = Math.min(left + 1, sorted.length - 1);
    return sorted[left] + (place - left) * (sorted[right] - sorted[left]);
  }

  boolean isOver(double value) {
    return value > high * (1 + 1e-12) && value > high;
  }

  /// 0 at the lower limit, 1 at the upper.
  double position(double value) {
    if (!logarithmic) {
      return (value - low) / (high - low);
    }
    return value <= 0 ? 0 : Math.log(value / low) / Math.log(high / low);
  }

  String color(double value) {
    return isOver(value) ? Theme.OVER : ColorMap.at(position(value));
  }

  /// Round values inside the limits, about four.
  List<Double> ticks() {
    if (logarithmic) {
      for (double[] steps :
          new double[][] {
            {1},
            {1, 3},
            {1, 2, 5},
            {1, 2, 3, 5},
            {1, 1.5, 2, 3, 4, 5, 7},
            {1, 1.2, 1.5, 2, 2.5, 3, 4, 5, 6, 7, 8, 9}
          }) {
        List<Double> ticks = logTicks(steps);
        if (ticks.size() >= 3) {
          return ticks;
        }
      }
    }
    return linearTicks();
  }

  private List<Double> logTicks(double[] steps) {
    List<Double> ticks = new ArrayList<>();
    for (int power = (int) Math.floor(Math.log10(low)); power <= Math.log10(high); power++) {
      for (double step : steps) {
        double tick = Double.parseDouble(step + "e" + power);
        if (tick >= low && tick <= high) {
          ticks.add(tick);
        }
      }
    }
    return ticks;
  }

  private List<Double> linearTicks() {
    double rough = (high - low) / 4;
    double power = Math.pow(10, Math.floor(Math.log10(rough)));
    double factor = rough / power;
    double above = power * (factor > 5 ? 10 : factor > 2 ? 5 : factor > 1 ? 2 : 1);
    double below = power * (factor >= 5 ? 5 : factor >= 2 ? 2 : 1);
    List<Double> ticks = linearTicks(above);
    return ticks.size() < 3 ? linearTicks(below) : ticks;
  }

  private List<Double> linearTicks(double step) {
    List<Double> ticks = new ArrayList<>();
    for (long i = (long) Math.ceil(low / step); i * step <= high; i++) {
      ticks.add(i * step);
    }
    return ticks;
  }
}
