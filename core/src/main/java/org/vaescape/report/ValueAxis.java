package org.vaescape.report;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.vaescape.analysis.runs.PlainNumber;

/// Where the values of a setting lie along an axis, in pixels from the first.
///
/// @param values as text, in the order of the axis
/// @param labels as they are drawn
/// @param places from 0 upward
record ValueAxis(List<String> values, List<String> labels, List<Double> places) {
  private static final double LONGEST = 420;

  ValueAxis {
    values = List.copyOf(values);
    labels = List.copyOf(labels);
    places = List.copyOf(places);
  }

  /// Evenly spaced; numbers by size, anything else as it comes.
  static ValueAxis ordinal(List<String> values, double pitch) {
    List<String> sorted = sorted(values);
    List<Double> places = IntStream.range(0, sorted.size()).mapToObj(i -> i * pitch).toList();
    return new ValueAxis(sorted, sorted.stream().map(ValueAxis::numberLabel).toList(), places);
  }

  /// Spaced by logarithm, the closest two values a pitch apart unless the axis would grow too long;
  /// evenly spaced if not all values are positive numbers.
  static ValueAxis logarithmic(List<String> values, double pitch) {
    List<String> sorted = sorted(values);
    double[] logs = new double[sorted.size()];
    double gap = Double.POSITIVE_INFINITY;
    for (int i = 0; i < logs.length; i++) {
      logs[i] = Math.log10(PlainNumber.of(sorted.get(i)).orElse(Double.NaN));
      if (i > 0) {
        gap = Math.min(gap, logs[i] - logs[i - 1]);
      }
    }
    boolean positive = IntStream.range(0, logs.length).allMatch(i -> Double.isFinite(logs[i]));
    if (!positive || logs.length < 2 || gap <= 0) {
      ValueAxis even = ordinal(values, pitch);
      return new ValueAxis(even.values, powers(sorted), even.places);
    }
    double span = logs[logs.length - 1] - logs[0];
    double perDecade = Math.min(pitch / gap, Math.max(LONGEST, pitch * 2) / span);
    List<Double> places = new ArrayList<>();
    for (double log : logs) {
      places.add((log - logs[0]) * perDecade);
    }
    return new ValueAxis(sorted, powers(sorted), places);
  }

  double length() {
    return places.isEmpty() ? 0 : places.getLast();
  }

  double place(String value) {
    return places.get(values.indexOf(value));
  }

  private static List<String> sorted(List<String> values) {
    boolean numbers = values.stream().allMatch(value -> PlainNumber.of(value).isPresent());
    return numbers
        ? values.stream()
            .sorted(Comparator.comparingDouble(value -> PlainNumber.of(value).orElseThrow()))
            .toList()
        : values;
  }

  /// 10⁻³ if all values are powers of ten, else the text as it is.
  private static List<String> powers(List<String> values) {
    List<String> labels = new ArrayList<>();
    for (String value : values) {
      double log = Math.log10(PlainNumber.of(value).orElse(Double.NaN));
      if (!(Math.abs(log - Math.rint(log)) < 1e-9)) {
        return values.stream().map(ValueAxis::numberLabel).toList();
      }
      labels.add("10" + superscript((int) Math.rint(log)));
    }
    return labels;
  }

  private static String superscript(int exponent) {
    StringBuilder out = new StringBuilder();
    for (char c : Integer.toString(exponent).toCharArray()) {
      out.append(c == '-' ? '⁻' : "⁰¹²³⁴⁵⁶⁷⁸⁹".charAt(c - '0'));
    }
    return out.toString();
  }

  private static String numberLabel(String value) {
    return value.isEmpty() ? "none" : value;
  }
}
