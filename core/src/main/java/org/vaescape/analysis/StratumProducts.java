package org.vaescape.analysis;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/// Products of the runs of one stratum, means over several ways to measure them, and the same
/// without any one of these runs.
final class StratumProducts {
  /// @param runs that it has, ascending
  private record Way(LeftOutProducts products, int[] runs) {
    RankProducts all() {
      return products.all().over(products.unit(runs.length));
    }

    RankProducts without(int place) {
      return products.without(place).over(products.unit(runs.length - 1));
    }
  }

  private final List<Way> measured = new ArrayList<>();
  private final int ways;

  /// Runs that are in a way.
  private final int[] runs;

  /// @param ways of the same runs
  /// @param member which of the runs are in this stratum
  /// @param products of two series
  StratumProducts(
      List<PresentPairs> ways,
      IntPredicate member,
      BiFunction<double[], double[], LeftOutProducts> products) {
    this.ways = ways.size();
    for (PresentPairs way : ways) {
      int[] own =
          IntStream.range(0, way.count()).filter(i -> member.test(way.places()[i])).toArray();
      if (own.length >= 2) { // one run has no order
        measured.add(
            new Way(
                products.apply(pick(way.x(), own), pick(way.y(), own)),
                Arrays.stream(own).map(i -> way.places()[i]).toArray()));
      }
    }
    runs =
        measured.stream()
            .flatMapToInt(way -> Arrays.stream(way.runs))
            .distinct()
            .sorted()
            .toArray();
  }

  private static double[] pick(double[] values, int[] places) {
    return Arrays.stream(places).mapToDouble(place -> values[place]).toArray();
  }

  /// How many runs are in at least one way.
  int count() {
    return runs.length;
  }

  /// Most runs that a way has.
  int largest() {
    return measured.stream().mapToInt(way -> way.runs.length).max().orElse(0);
  }

  /// Mean over the ways of the runs that each has less 1, where it has any: the mean takes one.
  double degrees() {
    return measured.stream().mapToInt(way -> way.runs.length - 1).sum() / (double) ways;
  }

  RankProducts all() {
    RankProducts sum = RankProducts.NONE;
    for (Way way : measured) {
      sum = sum.plus(way.all());
    }
    return sum.over(ways);
  }

  /// Without each of the runs that are in a way, by its place among them.
  RankProducts[] without() {
    RankProducts[] without = new RankProducts[runs.length];
    Arrays.fill(without, RankProducts.NONE);
    for (Way way : measured) {
      RankProducts all = way.all();
      int place = 0;
      for (int i = 0; i < runs.length; i++) {
        boolean has = place < way.runs.length && way.runs[place] == runs[i];
        without[i] = without[i].plus(has ? way.without(place++) : all);
      }
    }
    Arrays.setAll(without, i -> without[i].over(ways));
    return without;
  }
}
