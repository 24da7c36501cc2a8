package org.vaescape.analysis;

import java.util.Arrays;
import java.util.Comparator;
import java.util.OptionalInt;
import java.util.stream.IntStream;

/// What the best of k random trials is expected to lose, for k = 1, 2, ...: the price of tuning.
///
/// Exact, by order statistics: with n outcomes in ascending order, the best of k is the i-th with
/// probability A(i - 1) - A(i), where A(i) is the probability that all k lie behind the first i.
/// Trials are drawn without replacement, as by a random search through a finite grid: A(i) is C(n -
/// i, k) / C(n, k), unbiased for the population where the outcomes are a random sample of one (Tang
/// et al. 2020, ACL, "Showing Your Work Doesn't Always Work"), which drawing with replacement is
/// not (Dodge et al. 2019, EMNLP, "Show Your Work").
///
/// @param losses expected for k = 1 and on; where failed trials have no loss, given that at least
///   one of the k has succeeded; `NaN` where none can
/// @param allFail probability that all k fail
/// @param best what the first of all outcomes loses, which the expectations tend to
public record ExpectedBest(double[] losses, double[] allFail, double best) {
  public ExpectedBest {
    losses = losses.clone();
    allFail = allFail.clone();
  }

  /// A copy, as the constructor's was copied.
  @Override
  public double[] losses() {
    return losses.clone();
  }

  /// A copy, as the constructor's was copied.
  @Override
  public double[] allFail() {
    return allFail.clone();
  }

  /// The best by the outcomes themselves.
  ///
  /// @param outcomes at least one; finite, or `NaN` of failed trials
  /// @param failed the loss that a failed trial counts as, finite, or positive infinity: then
  ///   expectations are of successes, and what failed is in [#allFail] alone
  /// @param most largest k, from 1 to as many as there are outcomes
  public static ExpectedBest of(double[] outcomes, double failed, int most) {
    return chosen(outcomes, outcomes, failed, most);
  }

  /// The trial that is best by one outcome, and what it loses by another: chosen on some repeats
  /// and judged on others, so that luck of the choice does not count. Among trials that are equally
  /// good by the first, each is taken equally often.
  ///
  /// @param selection by which the best of k is chosen, as `outcomes` of [#of]
  /// @param held what that trial then loses, in the order of `selection`; `NaN` only of a trial
  ///   that failed in `selection` too, or where a failed trial has a finite loss
  public static ExpectedBest chosen(double[] selection, double[] held, double failed, int most) {
    int count = selection.length;
    Demand.that(count >= 1, "there must be at least one trial");
    Demand.that(
        held.length == count,
        () -> count + " trials cannot have " + held.length + " held-out losses");
    Demand.that(
        failed > Double.NEGATIVE_INFINITY,
        () -> "the loss of a failed trial must be finite or positive infinity but is " + failed);
    Demand.that(
        most >= 1 && most <= count,
        () ->
            "trials drawn from "
                + count
                + " must be at least 1, no more than there are, but are "
                + most);
    double[] ranked = ranked(filled(selection, failed), filled(held, failed));
    int failures = 0;
    for (double outcome : selection) {
      failures += Double.isNaN(outcome) ? 1 : 0;
    }
    double[] losses = new double[most];
    double[] allFail = new double[most];
    double[] behind = new double[ranked.length + 1]; // A(i) of as many trials as are drawn so far
    Arrays.fill(behind, 1);
    double none = 1;
    for (int k = 1; k <= most; k++) {
      int gone = k - 1;
      none *= Math.max(failures - gone, 0) / (double) (count - gone);
      drawOneMore(behind, count, gone);
      losses[k - 1] = expected(ranked, behind) / (1 - behind[ranked.length]);
      allFail[k - 1] = none;
    }
    return new ExpectedBest(losses, allFail, ranked.length == 0 ? Double.NaN : ranked[0]);
  }

  /// From A(i) of k - 1 trials to that of k.
  private static void drawOneMore(double[] behind, int count, int gone) {
    for (int i = 1; i < behind.length; i++) {
      behind[i] *= Math.max(count - i - gone, 0) / (double) (count - gone);
    }
  }

  private static double expected(double[] ranked, double[] behind) {
    double sum = 0;
    for (int i = 0; i < ranked.length; i++) {
      sum += ranked[i] * (behind[i] - behind[i + 1]);
    }
    return sum;
  }

  /// The fewest trials whose expected best is as good as the best of all.
  ///
  /// @param mostAllFail highest probability, 0 to 1, that all of them fail
  /// @return empty if even the most trials are too few
  public OptionalInt fewest(Tolerance within, double mostAllFail) {
    Demand.that(
        mostAllFail >= 0 && mostAllFail <= 1,
        "a probability must lie from 0 to 1 but is " + mostAllFail);
    for (int k = 1; k <= losses.length && !Double.isNaN(best); k++) {
      if (losses[k - 1] <= within.limit(best) && allFail[k - 1] <= mostAllFail) {
        return OptionalInt.of(k);
      }
    }
    return OptionalInt.empty();
  }

  private static double[] filled(double[] outcomes, double failed) {
    double[] filled = outcomes.clone();
    for (int i = 0; i < filled.length; i++) {
      if (Double.isInfinite(filled[i])) {
        throw new IllegalArgumentException(
            "outcomes must be finite, or NaN of what failed, but number " + i + " is " + filled[i]);
      }
      filled[i] = Double.isNaN(filled[i]) ? failed : filled[i];
    }
    return filled;
  }

  /// Held-out losses in the order of selection, equals by their mean, without failed ones that have
  /// no loss.
  private static double[] ranked(double[] selection, double[] held) {
    int[] order =
        IntStream.range(0, selection.length)
            .boxed()
            .sorted(Comparator.comparingDouble(i -> selection[i]))
            .mapToInt(Integer::intValue)
            .filter(i -> selection[i] < Double.POSITIVE_INFINITY)
            .toArray();
    double[] ranked = new double[order.length];
    int first = 0;
    while (first < order.length) {
      int end = first;
      double sum = 0;
      while (end < order.length && selection[order[end]] == selection[order[first]]) {
        if (!(held[order[end]] < Double.POSITIVE_INFINITY)) {
          throw new IllegalArgumentException(
              "trial " + order[end] + " succeeded when it was chosen and has no held-out loss");
        }
        sum += held[order[end]];
        end++;
      }
      Arrays.fill(ranked, first, end, sum / (end - first));
      first = end;
    }
    return ranked;
  }
}
