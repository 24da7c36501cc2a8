package org.vaescape.report;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Objects;
import java.util.SequencedMap;
import java.util.stream.IntStream;
import org.vaescape.analysis.runs.PlainNumber;

/// Where the values of a setting lie along an axis, in pixels from the first.
///
/// @param placed from 0 upward, by value as text, in the order of the axis
/// @param labels as they are drawn
/// @param ticks places of the labels
record ValueAxis(SequencedMap<String, Double> placed, List<String> labels, List<Double> ticks) {
  private static final double LONGEST = 420;

  /// Numbers of more values were drawn from a range: ticks are round then, and no values.
  private static final int MOST_TICKS = 12;

  private static final double RANGE = 240;

  /// Beyond the end of a range, for settings without a value.
  private static final double ASIDE = 34;

  /// Share of a range; its ticks stay inside the frame.
  private static final double BEYOND = 0.04;

  ValueAxis {
    placed = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(placed));
    labels = List.copyOf(labels);
    ticks = List.copyOf(ticks);
  }

  /// With a tick at each value.
  private ValueAxis(List<String> values, List<String> labels, List<Double> places) {
    this(placed(values, places), labels, places);
  }

  private static SequencedMap<String, Double> placed(List<String> values, List<Double> places) {
    SequencedMap<String, Double> placed = new LinkedHashMap<>();
    for (int i = 0; i < values.size(); i++) {
      placed.put(values.get(i), places.get(i));
    }
    return placed;
  }

  /// Whether there are so many numbers that they lie anywhere in their range.
  static boolean isRange(List<String> values) {
    List<String> given = values.stream().filter(value -> !value.isEmpty()).toList();
    return given.size() > MOST_TICKS
        && given.stream().allMatch(value -> PlainNumber.of(value).isPresent());
  }

  /// Numbers of a range in proportion, or in proportion to their logarithms if all are positive;
  /// what has no value stands beyond its end.
  static ValueAxis range(List<String> values, boolean logarithmic) {
    List<String> sorted = sorted(values.stream().filter(value -> !value.isEmpty()).toList());
    double low = PlainNumber.of(sorted.getFirst()).orElseThrow();
    double high = PlainNumber.of(sorted.getLast()).orElseThrow();
    ColorScale scale = new ColorScale(low, high, logarithmic && low > 0);
    List<Double> places = new ArrayList<>();
    for (String value : sorted) {
      places.add(RANGE * scale.position(PlainNumber.of(value).orElseThrow()));
    }
    List<String> all = new ArrayList<>(sorted);
    List<String> labels = new ArrayList<>();
    List<Double> ticks = new ArrayList<>();
    for (double tick : wider(scale).ticks()) {
      labels.add(Numbers.value(tick));
      ticks.add(RANGE * scale.position(tick));
    }
    labels = scale.logarithmic() ? new ArrayList<>(powers(labels)) : labels;
    if (sorted.size() < values.size()) {
      all.add("");
      places.add(RANGE + ASIDE);
      labels.add(numberLabel(""));
      ticks.add(RANGE + ASIDE);
    }
    return new ValueAxis(placed(all, places), labels, ticks);
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
      return new ValueAxis(even.placed, powers(sorted), even.ticks);
    }
    double span = logs[logs.length - 1] - logs[0];
    double perDecade = Math.min(pitch / gap, Math.max(LONGEST, pitch * 2) / span);
    List<Double> places = new ArrayList<>();
    for (double log : logs) {
      places.add((log - logs[0]) * perDecade);
    }
    return new ValueAxis(sorted, powers(sorted), places);
  }

  /// A little beyond both ends, where round numbers often lie.
  private static ColorScale wider(ColorScale scale) {
    if (scale.logarithmic()) {
      double factor = Math.pow(scale.high() / scale.low(), BEYOND);
      return new ColorScale(scale.low() / factor, scale.high() * factor, true);
    }
    double step = (scale.high() - scale.low()) * BEYOND;
    return new ColorScale(scale.low() - step, scale.high() + step, false);
  }

  /// The same if it is as short as this, else drawn together.
  ValueAxis within(double most) {
    if (length() <= most) {
      return this;
    }
    double factor = most / length();
    SequencedMap<String, Double> closer = new LinkedHashMap<>();
    placed.forEach((value, place) -> closer.put(value, place * factor));
    return new ValueAxis(closer, labels, ticks.stream().map(tick -> tick * factor).toList());
  }

  /// The least distance of two values.
  double closest() {
    List<Double> places = List.copyOf(placed.values());
    return IntStream.range(1, places.size())
        .mapToDouble(i -> places.get(i) - places.get(i - 1))
        .min()
        .orElse(Double.POSITIVE_INFINITY);
  }

  double length() {
    return placed.isEmpty() ? 0 : placed.lastEntry().getValue();
  }

  /// The values in the order of the axis.
  List<String> values() {
    return List.copyOf(placed.keySet());
  }

  /// Must be given one of the values.
  double place(String value) {
    return Objects.requireNonNull(placed.get(value));
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
