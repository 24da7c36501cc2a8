package org.vaescape.analysis;

import java.util.List;

/// Whether two outcomes order the same runs alike.
///
/// A high rank correlation over a grid is no proof of agreement in detail: a few settings that do
/// not learn lift it to .9 whatever the others do. [PartialRankCorrelation] takes such groups off.
///
/// @param pairs runs that have both outcomes, in some way
/// @param dropped runs of which one outcome is `NaN`, in all ways
public record RankAgreement(
    int pairs, int dropped, RankCorrelation spearman, RankCorrelation kendall) {
  /// Compares two outcomes.
  ///
  /// @param x of each run; infinite outcomes rank beyond all others, `NaN` is none
  /// @param y of the same runs
  /// @param confidence of the intervals, between 0 and 1
  /// @throws IllegalArgumentException where fewer than 3 runs have both outcomes
  public static RankAgreement of(double[] x, double[] y, double confidence) {
    PresentPairs present = PresentPairs.of(x, y);
    // Ranks of ranks are the same, and finite.
    double[] ofX = Ranks.of(present.x());
    double[] ofY = Ranks.of(present.y());
    return new RankAgreement(
        present.count(),
        x.length - present.count(),
        RankCorrelation.spearman(ofX, ofY, confidence),
        RankCorrelation.kendall(ofX, ofY, confidence));
  }

  /// Compares two outcomes that were measured in several ways, as [PartialRankCorrelation] does.
  ///
  /// @param ways of the same runs, at least one
  /// @param confidence of the intervals, between 0 and 1
  public static RankAgreement of(List<TwoOutcomes> ways, double confidence) {
    PartialRankCorrelation ranks =
        PartialRankCorrelation.of(ways, new int[ways.getFirst().x().length], confidence);
    return new RankAgreement(
        ranks.pairs(),
        ranks.dropped(),
        ranks.correlation(),
        RankCorrelation.kendall(
            ways.stream().map(way -> PresentPairs.of(way.x(), way.y())).toList(), confidence));
  }
}
