package org.vaescape.analysis;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/// Whether two outcomes order runs alike within strata (optimizers), whatever lies between strata.
///
/// Runs are ranked within their stratum; the ranks over n + 1, less their mean, are correlated over
/// all strata. So each stratum counts by about its number of runs (van Elteren 1960, Bulletin of
/// the International Statistical Institute 37:351); with one stratum it is Spearman's rho, with
/// strata of one size and no ties the mean of theirs. Like Spearman's rho it is nearer 0 in small
/// strata: of n normal pairs its expectation is (3 tau + (n - 2) rho) / (n + 1) (Kendall 1970, Rank
/// Correlation Methods, chapter 9).
///
/// @param pairs runs with both outcomes, in strata of at least 2 such runs
/// @param dropped runs of which one outcome is `NaN`, or whose stratum has no other run
/// @param strata how many are left
/// @param correlation its interval is empty with fewer than 5 runs, each stratum after the first
///   counting as one run less
public record PartialRankCorrelation(
    int pairs, int dropped, int strata, RankCorrelation correlation) {
  /// Compares two outcomes.
  ///
  /// @param x of each run; infinite outcomes rank beyond all others, `NaN` is none
  /// @param y of the same runs
  /// @param strata of the same runs, runs of one number together
  /// @param confidence of the interval, between 0 and 1
  public static PartialRankCorrelation of(double[] x, double[] y, int[] strata, double confidence) {
    Demand.that(
        strata.length == x.length,
        "every run must have a stratum but " + x.length + " runs have " + strata.length);
    Demand.between0And1(confidence, "confidence");
    PresentPairs present = PresentPairs.of(x, y);
    List<LeftOutRanks> groups = new ArrayList<>();
    for (int number : Arrays.stream(strata).distinct().toArray()) {
      int[] members =
          IntStream.range(0, present.count())
              .filter(i -> strata[present.places()[i]] == number)
              .toArray();
      if (members.length >= 2) {
        groups.add(new LeftOutRanks(pick(present.x(), members), pick(present.y(), members)));
      }
    }
    int pairs = 0;
    for (LeftOutRanks group : groups) {
      pairs += group.count();
    }
    return new PartialRankCorrelation(
        pairs, x.length - pairs, groups.size(), correlation(groups, pairs, confidence));
  }

  private static RankCorrelation correlation(
      List<LeftOutRanks> strata, int pairs, double confidence) {
    List<RankProducts> products = strata.stream().map(LeftOutRanks::all).toList();
    RankProducts all = RankProducts.NONE;
    for (int i = 0; i < products.size(); i++) {
      all = all.plus(scaled(products.get(i), strata.get(i).count()));
    }
    double r = all.correlation();
    int n = pairs - strata.size() + 1; // each stratum has a mean of its own, a single series has 1
    if (n < RankInterval.FEWEST) {
      return new RankCorrelation(r, Optional.empty());
    }
    List<double[]> leftOut = new ArrayList<>();
    int largest = 0;
    for (int i = 0; i < strata.size(); i++) {
      RankProducts rest = RankProducts.NONE;
      for (int other = 0; other < strata.size(); other++) {
        if (other != i) {
          rest = rest.plus(scaled(products.get(other), strata.get(other).count()));
        }
      }
      LeftOutRanks own = strata.get(i);
      double[] without = new double[own.count()];
      for (int left = 0; left < without.length; left++) {
        without[left] = rest.plus(scaled(own.without(left), own.count() - 1)).correlation();
      }
      leftOut.add(without);
      largest = Math.max(largest, own.count());
    }
    // Two neighbours change places in the largest stratum: both ranks move by 1 / (largest + 1).
    double step = 1 / ((largest + 1.0) * (largest + 1.0)) / all.xx();
    return new RankCorrelation(
        r,
        RankInterval.of(
            r,
            step,
            (1 + r * r / 2) / (n - 3),
            RankInterval.jackknife(leftOut),
            n - 1,
            confidence));
  }

  /// Of ranks over n + 1, from -1/2 to 1/2 about their mean.
  private static RankProducts scaled(RankProducts ofRanks, int count) {
    return ofRanks.over((count + 1.0) * (count + 1.0));
  }

  private static double[] pick(double[] values, int[] places) {
    return Arrays.stream(places).mapToDouble(place -> values[place]).toArray();
  }
}
