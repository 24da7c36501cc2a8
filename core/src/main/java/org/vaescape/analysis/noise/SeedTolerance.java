package org.vaescape.analysis.noise;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.vaescape.analysis.LossGrid;
import org.vaescape.analysis.RunNoise;
import org.vaescape.analysis.Tolerance;
import org.vaescape.analysis.claim.Words;
import org.vaescape.analysis.runs.CellOutcomes;
import org.vaescape.analysis.runs.Digits;
import org.vaescape.analysis.runs.Landscape;
import org.vaescape.analysis.runs.Role;
import org.vaescape.analysis.runs.Scale;
import org.vaescape.analysis.runs.StopPoint;
import org.vaescape.analysis.runs.TriedLosses;

/// How far two settings may lie apart before seed noise no longer explains it.
///
/// Noise is that of settings that are like the best: of its optimizer, as optimizers differ by 10
/// to 40 times, and of them the better half (8 at least), as settings near divergence are noisier.
/// It is estimated on all repeats, those that judge among them; only its size, no setting, is.
///
/// @param scale the logarithm where lower is better and all that learned are positive, unless the
///   outcome is no reconstruction error and noise is not known
/// @param noise of a run; empty where repeats do not tell it
/// @param fallback used without noise
/// @param words what counts as equally good, for all repeats
public record SeedTolerance(
    Scale scale, Optional<RunNoise> noise, Tolerance fallback, String words) {
  public static final double STANDARD_ERRORS = 2;
  static final double FALLBACK = 0.05;
  private static final int FEWEST_CELLS = 8;

  /// What counts as equally good among settings of which at least one learned in every repeat, as
  /// is so of all [TriedLosses].
  public static SeedTolerance of(TriedLosses tried) {
    Landscape landscape = tried.losses().landscape();
    CellOutcomes outcomes = CellOutcomes.of(landscape, tried.losses().outcome(), StopPoint.STOP);
    List<CellOutcomes.Cell> learned =
        outcomes.learned().stream()
            .sorted(Comparator.comparingDouble(CellOutcomes.Cell::meanWhereLearned))
            .toList();
    String optimizer = learned.getFirst().setting(Role.OPTIMIZER);
    List<CellOutcomes.Cell> group =
        learned.stream().filter(cell -> cell.setting(Role.OPTIMIZER).equals(optimizer)).toList();
    List<CellOutcomes.Cell> better =
        group.subList(0, Math.min(group.size(), Math.max(FEWEST_CELLS, (group.size() + 1) / 2)));
    CellNoise.Group known = CellNoise.of(outcomes.only(better::contains)).group(better.getFirst());
    double best = RepeatPairs.mean(tried.judgedBest(tried.all()));
    Yardstick yardstick = Yardstick.of(tried, best);
    Optional<RunNoise> noise = known.noise();
    Scale scale = noise.isPresent() || yardstick.ratio() ? outcomes.scale() : Scale.RAW;
    Tolerance fallback =
        new Tolerance.Difference(
            scale == Scale.LOG
                ? Math.log1p(FALLBACK)
                : FALLBACK * Math.max(yardstick.reference() - best, 0));
    return new SeedTolerance(
        scale, noise, fallback, words(tried, scale, noise, known, yardstick.name()));
  }

  /// Why there is no noise; empty if there is.
  public static String reason(TriedLosses tried, Optional<RunNoise> noise) {
    return noise.isPresent()
        ? ""
        : tried.repeats() == 1
            ? "one seed does not tell its noise"
            : "noise cannot be told from splits, as only one setting like the best learned";
  }

  private static String words(
      TriedLosses tried,
      Scale scale,
      Optional<RunNoise> noise,
      CellNoise.Group group,
      String reference) {
    if (noise.isEmpty()) {
      return "within %s of the best%s (%s)"
          .formatted(
              Words.percent(FALLBACK),
              scale == Scale.LOG ? "" : "'s gain over " + reference,
              reason(tried, noise));
    }
    double width = width(noise.get(), tried.repeats());
    return "within seed noise of the best (%s: 2 standard errors of a difference of two means of %s repeats, from %s settings%s)"
        .formatted(
            scale == Scale.LOG ? Words.change(Math.expm1(width)) : Digits.three(width),
            tried.repeats(),
            group.cells().size(),
            group.optimizer().isEmpty() ? "" : " of " + group.optimizer());
  }

  /// For means over this many repeats, from a best that other repeats chose.
  public Tolerance within(int repeats) {
    return noise
        .<Tolerance>map(known -> new Tolerance.Difference(width(known, repeats)))
        .orElse(fallback);
  }

  /// For means over this many repeats, from the lowest of a grid, which is low also by luck: a
  /// plateau would lose some of its settings. So the best is taken to be the mean of all settings
  /// that are within noise of the lowest.
  public Tolerance ofLowest(LossGrid grid, int repeats) {
    if (noise.isEmpty()) {
      return fallback;
    }
    double width = width(noise.get(), repeats);
    double lowest = grid.loss(grid.best());
    double like =
        Arrays.stream(grid.losses()).filter(loss -> loss <= lowest + width).average().orElseThrow();
    return new Tolerance.Difference(like - lowest + width);
  }

  private static double width(RunNoise noise, int repeats) {
    return STANDARD_ERRORS * noise.deviation() * Math.sqrt(2.0 / repeats);
  }
}
