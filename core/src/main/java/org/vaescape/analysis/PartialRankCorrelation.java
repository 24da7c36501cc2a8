package org.vaescape.analysis;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// Whether two outcomes order runs alike within strata (optimizers), whatever lies between strata.
///
/// Runs are ranked within their stratum; the ranks over n + 1, less their mean, are correlated over
/// all strata. So each stratum counts by about its number of runs (van Elteren 1960, Bulletin of
/// the International Statistical Institute 37:351); with one stratum it is Spearman's rho, with
/// strata of one size and no ties the mean of theirs. Like Spearman's rho it is nearer 0 in small
/// strata: of n normal pairs its expectation is (3 tau + (n - 2) rho) / (n + 1) (Kendall 1970, Rank
/// Correlation Methods, chapter 9).
///
/// @param pairs runs with both outcomes in some way, in strata of at least 2 such runs
/// @param dropped runs of which one outcome is `NaN` in all ways, or whose stratum has no other run
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
    return of(List.of(new TwoOutcomes(x, y)), strata, confidence);
  }

  /// Compares two outcomes that were measured in several ways, the products of which are averaged:
  /// without ties, and with the same runs in all, it is the mean of the correlations.
  ///
  /// The interval is that of runs, each of which is left out of all ways at once, and never takes
  /// the ways for further runs.
  ///
  /// @param ways of the same runs, at least one
  /// @param strata of the same runs, runs of one number together
  /// @param confidence of the interval, between 0 and 1
  public static PartialRankCorrelation of(List<TwoOutcomes> ways, int[] strata, double confidence) {
    int runs = ways.getFirst().x().length;
    Demand.that(
        strata.length == runs,
        "every run must have a stratum but " + runs + " runs have " + strata.length);
    Demand.between0And1(confidence, "confidence");
    List<PresentPairs> present =
        ways.stream().map(way -> PresentPairs.of(way.x(), way.y())).toList();
    List<StratumProducts> groups = new ArrayList<>();
    int pairs = 0;
    for (int number : Arrays.stream(strata).distinct().toArray()) {
      StratumProducts group =
          new StratumProducts(present, run -> strata[run] == number, LeftOutRanks::new);
      if (group.count() > 0) {
        groups.add(group);
        pairs += group.count();
      }
    }
    return new PartialRankCorrelation(
        pairs, runs - pairs, groups.size(), correlation(groups, confidence));
  }

  private static RankCorrelation correlation(List<StratumProducts> strata, double confidence) {
    List<RankProducts> products = strata.stream().map(StratumProducts::all).toList();
    RankProducts all = RankProducts.NONE;
    double n = 1; // each stratum has a mean of its own, a single series has 1
    for (int i = 0; i < products.size(); i++) {
      all = all.plus(products.get(i));
      n += strata.get(i).degrees();
    }
    double r = all.correlation();
    if (n < RankInterval.FEWEST) {
      return new RankCorrelation(r, Optional.empty());
    }
    List<double[]> leftOut = new ArrayList<>();
    int largest = 0;
    for (int i = 0; i < strata.size(); i++) {
      RankProducts rest = RankProducts.NONE;
      for (int other = 0; other < strata.size(); other++) {
        if (other != i) {
          rest = rest.plus(products.get(other));
        }
      }
      RankProducts others = rest;
      leftOut.add(
          Arrays.stream(strata.get(i).without())
              .mapToDouble(own -> others.plus(own).correlation())
              .toArray());
      largest = Math.max(largest, strata.get(i).largest());
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
}
