package org.vaescape.analysis.noise;

import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.IntToDoubleFunction;
import org.vaescape.analysis.OrderingProbability;

/// Which of several is lowest, by a number that each repeat gives of each, judging what all others
/// chose.
///
/// @param winner lowest mean over all repeats, the first of equals
/// @param second next to it
/// @param held repeats in which the one that is lowest by the others is lowest too
/// @param margin of the winner over the second, below 0; empty with one repeat
/// @param probability that the winner is lower than every other: 1 less the sum of the
///   probabilities that it is not lower than this one (Bonferroni's bound), at least 0
public record Contest(
    int winner,
    int second,
    int held,
    Optional<OrderingProbability> margin,
    OptionalDouble probability) {
  /// The contest of the candidates with these scores.
  ///
  /// @param scores by candidate, at least 2, and repeat
  public static Contest of(double[][] scores) {
    int repeats = scores[0].length;
    int winner = lowest(scores.length, i -> RepeatPairs.mean(scores[i]), -1);
    int second = lowest(scores.length, i -> RepeatPairs.mean(scores[i]), winner);
    int held = 0;
    for (int r = 0; r < repeats && repeats > 1; r++) {
      int judging = r;
      int chosen =
          lowest(scores.length, i -> Arrays.stream(scores[i]).sum() - scores[i][judging], -1);
      held += chosen == lowest(scores.length, i -> scores[i][judging], -1) ? 1 : 0;
    }
    double doubt = 0;
    for (int i = 0; i < scores.length; i++) {
      if (i != winner) {
        doubt +=
            RepeatPairs.chosen(scores[winner], scores[i])
                .map(OrderingProbability::otherIsLower)
                .orElse(1.0);
      }
    }
    return new Contest(
        winner,
        second,
        held,
        RepeatPairs.chosen(scores[winner], scores[second]),
        repeats > 1 ? OptionalDouble.of(Math.max(0, 1 - doubt)) : OptionalDouble.empty());
  }

  private static int lowest(int count, IntToDoubleFunction score, int without) {
    int lowest = -1;
    for (int i = 0; i < count; i++) {
      if (i != without && (lowest < 0 || score.applyAsDouble(i) < score.applyAsDouble(lowest))) {
        lowest = i;
      }
    }
    return lowest;
  }
}
