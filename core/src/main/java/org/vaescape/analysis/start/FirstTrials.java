package org.vaescape.analysis.start;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.SequencedMap;
import java.util.stream.IntStream;
import org.vaescape.analysis.ExpectedBest;
import org.vaescape.analysis.Interval;
import org.vaescape.analysis.OrderingProbability;
import org.vaescape.analysis.noise.RepeatPairs;
import org.vaescape.analysis.runs.Scale;
import org.vaescape.analysis.runs.TriedLosses;

/// Settings to try first, and to go on with the best of.
///
/// @param settings that all repeats together choose, the start first
/// @param best outcome of the best of settings that all repeats but one choose, on the one left,
///   which also says which is the best, each in turn; with one repeat on the same
/// @param random outcome to expect of the best of as many random ones, likewise
/// @param difference of the losses of the two: of logarithms on the logarithmic scale
/// @param interval of the difference, as [RepeatPairs#interval]; empty with one repeat
/// @param probability that they do better than random ones
public record FirstTrials(
    List<SequencedMap<String, String>> settings,
    double best,
    double random,
    double difference,
    Optional<Interval> interval,
    OptionalDouble probability) {
  public FirstTrials {
    settings = List.copyOf(settings);
  }

  /// Empty where fewer than two settings learned in every repeat, or no more were tried than would
  /// be chosen.
  ///
  /// @param scale of the losses of the choice
  static Optional<FirstTrials> of(TriedLosses tried, FirstChoice choice, Scale scale) {
    int[] all = choice.first(choice.everyRepeat());
    if (all.length < 2 || tried.size() <= all.length) {
      return Optional.empty();
    }
    double[] best = new double[tried.folds().size()];
    double[] random = new double[best.length];
    for (int r = 0; r < best.length; r++) {
      int judging = r;
      best[r] =
          Arrays.stream(choice.first(tried.folds().get(r).choosing()))
              .mapToDouble(setting -> choice.losses()[setting][judging])
              .min()
              .orElseThrow();
      double[] losses =
          IntStream.range(0, tried.size()).mapToDouble(s -> choice.losses()[s][judging]).toArray();
      random[r] =
          ExpectedBest.of(losses, Double.POSITIVE_INFINITY, all.length).losses()[all.length - 1];
    }
    Optional<OrderingProbability> order = RepeatPairs.chosen(best, random);
    return Optional.of(
        new FirstTrials(
            Arrays.stream(all).mapToObj(tried::settings).toList(),
            tried.losses().measured(best, scale),
            tried.losses().measured(random, scale),
            RepeatPairs.mean(best) - RepeatPairs.mean(random),
            order.flatMap(RepeatPairs::interval),
            RepeatPairs.below(order, 0)));
  }
}
