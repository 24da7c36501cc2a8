package org.vaescape.analysis.agreement;

import java.util.List;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import org.vaescape.analysis.TwoOutcomes;

/// Settings with two outcomes, both turned so that lower is better.
///
/// @param optimizers of each setting
/// @param ways in which the outcomes of these settings were measured, at least one; `NaN` where a
///   setting lacks one
record OrderedSettings(List<String> optimizers, List<TwoOutcomes> ways) {
  OrderedSettings {
    optimizers = List.copyOf(optimizers);
    ways = List.copyOf(ways);
  }

  int count() {
    return optimizers.size();
  }

  /// Different optimizers, in the order of the settings.
  List<String> names() {
    return optimizers.stream().distinct().toList();
  }

  /// Of each setting the place of its optimizer among the names.
  int[] strata() {
    return optimizers.stream().mapToInt(names()::indexOf).toArray();
  }

  OrderedSettings of(String optimizer) {
    return only(i -> optimizers.get(i).equals(optimizer));
  }

  /// Whether a setting has both outcomes in some way.
  boolean both(int setting) {
    return ways.stream()
        .anyMatch(way -> !Double.isNaN(way.x()[setting]) && !Double.isNaN(way.y()[setting]));
  }

  /// Settings by their places.
  OrderedSettings only(IntPredicate kept) {
    int[] places = IntStream.range(0, count()).filter(kept).toArray();
    return new OrderedSettings(
        IntStream.of(places).mapToObj(optimizers::get).toList(),
        ways.stream()
            .map(way -> new TwoOutcomes(pick(way.x(), places), pick(way.y(), places)))
            .toList());
  }

  private static double[] pick(double[] values, int[] places) {
    return IntStream.of(places).mapToDouble(place -> values[place]).toArray();
  }
}
