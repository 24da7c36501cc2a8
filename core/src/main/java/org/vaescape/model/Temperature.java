package org.vaescape.model;

import java.util.List;
import org.vaescape.search.HyperParameter;
import org.vaescape.search.Range;
import org.vaescape.search.Settings;

/// The temperature of a relaxed categorical sample, which falls while training goes on (Jang, Gu
/// and Poole 2017, section 4.2): `max(end, start exp(-rate step))`.
///
/// @param start at the first step, above 0
/// @param end that it never falls below, above 0, at most `start`
/// @param rate of the decay with training steps, at least 0
record Temperature(double start, double end, double rate) {
  static final List<HyperParameter> SETTINGS =
      List.of(
          new HyperParameter.Real("temperature", 1, Range.POSITIVE, "of the first step"),
          new HyperParameter.Real(
              "min-temperature", 0.5, Range.POSITIVE, "that it never falls below"),
          new HyperParameter.Real(
              "anneal-rate",
              1e-3,
              Range.NOT_NEGATIVE,
              "of its decay by steps; the paper's 1e-5 and 1e-4 are for 100 times as many"));

  Temperature {
    if (end > start) {
      throw new IllegalArgumentException(
          "min-temperature must be at most temperature, %s, but was %s".formatted(start, end));
    }
    if (rate == 0 || end == start) {
      rate = 0;
      end = start;
    }
  }

  static Temperature of(Settings settings) {
    return new Temperature(
        settings.real("temperature"),
        settings.real("min-temperature"),
        settings.real("anneal-rate"));
  }

  /// One that stays where the settings let it start.
  static Temperature constantOf(Settings settings) {
    return constant(settings.real("temperature"));
  }

  static Temperature constant(double temperature) {
    return new Temperature(temperature, temperature, 0);
  }

  /// @param step training steps taken
  double at(long step) {
    return Math.max(end, start * StrictMath.exp(-rate * step));
  }
}
