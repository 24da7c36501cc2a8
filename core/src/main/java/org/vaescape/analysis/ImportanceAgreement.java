package org.vaescape.analysis;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// Whether two studies (data sets, precisions, stopping rules) find the same effects important.
///
/// Effects are few and were not drawn at random: an interval takes them for a sample of the effects
/// that could have been looked at, and says little below ten of them.
///
/// @param ranks of all effects that both have, alike
/// @param topDown correlation of Savage scores (Iman and Conover 1987, Technometrics 29:351), which
///   counts agreement on the most important effects most; from below 0 to 1, `NaN` where all
///   importances of a study are equal
/// @param firstOfOne places of the most important effects of one study, more than one if they tie
/// @param firstOfOther the same of the other
public record ImportanceAgreement(
    RankAgreement ranks, double topDown, List<Integer> firstOfOne, List<Integer> firstOfOther) {
  public ImportanceAgreement {
    firstOfOne = List.copyOf(firstOfOne);
    firstOfOther = List.copyOf(firstOfOther);
  }

  /// Compares importances of the same effects in the same order.
  ///
  /// @param one shares or other measures of importance, higher is more important; `NaN` of an
  ///   effect that a study does not have, otherwise finite
  /// @param confidence between 0 and 1
  /// @throws IllegalArgumentException where fewer than 3 effects have both importances
  public static ImportanceAgreement of(double[] one, double[] other, double confidence) {
    PresentPairs present = PresentPairs.of(one, other);
    RankAgreement ranks = RankAgreement.of(one, other, confidence);
    Demand.finite(present.x(), "importances of one study");
    Demand.finite(present.y(), "importances of the other study");
    double[] savage = savage(present.count());
    double topDown =
        Correlation.pearson(scores(present.x(), savage), scores(present.y(), savage)).coefficient();
    return new ImportanceAgreement(
        ranks, topDown, first(present.x(), present.places()), first(present.y(), present.places()));
  }

  private static List<Integer> first(double[] importances, int[] places) {
    double highest = Arrays.stream(importances).max().orElseThrow();
    List<Integer> first = new ArrayList<>();
    for (int i = 0; i < places.length; i++) {
      if (importances[i] == highest) {
        first.add(places[i]);
      }
    }
    return first;
  }

  /// Score of each rank from the least important on: the sum of 1 / j over j from n + 1 - rank to
  /// n.
  private static double[] savage(int count) {
    double[] scores = new double[count];
    double sum = 0;
    for (int rank = 1; rank <= count; rank++) {
      sum += 1.0 / (count + 1 - rank);
      scores[rank - 1] = sum;
    }
    return scores;
  }

  /// Of each effect; those that tie share the mean of theirs.
  private static double[] scores(double[] importances, double[] savage) {
    double[] scores = new double[importances.length];
    for (int i = 0; i < scores.length; i++) {
      int below = 0;
      int tied = 0;
      for (double other : importances) {
        below += other < importances[i] ? 1 : 0;
        tied += other == importances[i] ? 1 : 0;
      }
      for (int rank = below; rank < below + tied; rank++) {
        scores[i] += savage[rank] / tied;
      }
    }
    return scores;
  }
}
