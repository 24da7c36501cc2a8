package org.vaescape.analysis.region;

import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;
import java.util.Set;
import org.vaescape.analysis.Closeness;
import org.vaescape.analysis.CountContrast;
import org.vaescape.analysis.LossGrid;
import org.vaescape.analysis.Observations;
import org.vaescape.analysis.OrderingProbability;
import org.vaescape.analysis.SafeBox;
import org.vaescape.analysis.Tolerance;
import org.vaescape.analysis.noise.SeedTolerance;
import org.vaescape.analysis.runs.Fold;
import org.vaescape.analysis.runs.TriedLosses;

/// Boxes that some repeats choose and others judge.
///
/// @param folds ways to part the repeats; none with a single repeat
/// @param repeats how many there are
/// @param shares of each box that hold on the repeats that judge, in the order of the folds
/// @param chances share of all settings that do
/// @param sizes settings in each box
record RegionCoverage(
    List<Fold> folds, int repeats, double[] shares, double[] chances, double[] sizes) {
  static RegionCoverage of(
      TriedLosses tried, SeedTolerance tolerance, Set<String> ordered, List<Fold> folds) {
    double[] shares = new double[folds.size()];
    double[] chances = new double[folds.size()];
    double[] sizes = new double[folds.size()];
    for (int i = 0; i < shares.length; i++) {
      Fold fold = folds.get(i);
      LossGrid choosing = tried.grid(tolerance.scale(), fold.choosing());
      LossGrid judging = tried.grid(tolerance.scale(), fold.judging());
      SafeBox box =
          SafeBox.anywhere(choosing, ordered, tolerance.ofLowest(choosing, fold.choosing().length));
      Tolerance within = tolerance.ofLowest(judging, fold.judging().length);
      double[] losses =
          Arrays.stream(tried.all()).mapToDouble(s -> judging.loss(tried.cell(s))).toArray();
      shares[i] = box.coverage(judging, within);
      chances[i] = Closeness.of(losses, within).share();
      sizes[i] = box.box().cells();
    }
    return new RegionCoverage(folds, tried.repeats(), shares, chances, sizes);
  }

  /// Mean share of a box that holds.
  OptionalDouble held() {
    return Arrays.stream(shares).average();
  }

  OptionalDouble chance() {
    return Arrays.stream(chances).average();
  }

  OptionalDouble cells() {
    return Arrays.stream(sizes).average();
  }

  /// Probability that [SafeRegion#ASKED] or more hold on average, empty with one repeat: the less
  /// sure of two. By number, as settings of small boxes are few; and by how far boxes of different
  /// partings differ, as settings of one are held against the same best and stand or fall together.
  OptionalDouble probability() {
    if (shares.length == 0) {
      return OptionalDouble.empty();
    }
    return OptionalDouble.of(
        held().orElseThrow() >= SafeRegion.ASKED
            ? Math.max(0.5, Math.min(byNumber(), bySpread()))
            : Math.min(0.5, Math.max(byNumber(), bySpread())));
  }

  /// Exact binomial. A setting counts once for every parting that shares no judging repeat with
  /// another.
  private double byNumber() {
    double apart = (double) repeats / folds.getFirst().judging().length;
    int all = (int) Math.round(cells().orElseThrow() * apart);
    double holding = held().orElseThrow() * all;
    return holding >= SafeRegion.ASKED * all
        ? fewer((int) Math.floor(holding) - 1, all)
        : fewer((int) Math.ceil(holding), all);
  }

  private static double fewer(int most, int all) {
    return most < 0 ? 0 : new CountContrast(most, all, 0, 0).fewerHere(SafeRegion.ASKED);
  }

  /// Student's t over partings that overlap: the variance counts 1 / J + judging / choosing times
  /// (Nadeau and Bengio 2003), with the degrees of freedom of the repeats.
  private double bySpread() {
    Fold first = folds.getFirst();
    double deviation = new Observations(shares).standardDeviation();
    double overlap = (double) first.judging().length / first.choosing().length;
    return new OrderingProbability(
            SafeRegion.ASKED - held().orElseThrow(),
            deviation * Math.sqrt(1.0 / shares.length + overlap),
            repeats - 1.0)
        .firstIsLower();
  }
}
