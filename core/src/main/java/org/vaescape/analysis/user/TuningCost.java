package org.vaescape.analysis.user;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import org.vaescape.analysis.Closeness;
import org.vaescape.analysis.Tolerance;
import org.vaescape.analysis.noise.RepeatPairs;
import org.vaescape.analysis.noise.Yardstick;
import org.vaescape.analysis.runs.Scale;
import org.vaescape.analysis.runs.TriedLosses;

/// How much trying it takes to do well with some settings of a landscape.
///
/// @param optimizer whose settings they are; empty for all
/// @param cells settings
/// @param learned settings that learned in every repeat
/// @param best outcome of the best of them, chosen on all other repeats and judged on each in turn;
///   empty where none learned in every repeat
/// @param close how many are about as good
/// @param expectedBest outcome to expect of the best of k random settings, for k = 1 and on
/// @param allFail probability that all of k fail or learn nothing
/// @param fewest smallest k within 5 % of their own best; empty where none is
/// @param fewestOfAll smallest k within 5 % of the best of all settings; empty where none is
public record TuningCost(
    String optimizer,
    int cells,
    int learned,
    OptionalDouble best,
    List<Close> close,
    List<Double> expectedBest,
    List<Double> allFail,
    OptionalInt fewest,
    OptionalInt fewestOfAll) {
  static final double NEAREST = 0.01;
  private static final double ROUNDING = 1e-9;
  public static final double NEAR = 0.05;
  public static final double REACH = 0.1;
  private static final List<Double> SHARES = List.of(NEAREST, NEAR, REACH);

  /// By how much a loss on a scale may be higher and still be [#NEAR].
  ///
  /// @param gain of the best over the reference, of which 5 % are tolerated on the raw scale
  public static double tolerated(Scale scale, double gain) {
    return scale == Scale.LOG ? Math.log1p(NEAR) : NEAR * Math.max(gain, 0);
  }

  public TuningCost {
    close = List.copyOf(close);
    expectedBest = List.copyOf(expectedBest);
    allFail = List.copyOf(allFail);
  }

  /// How many settings come near the best.
  ///
  /// @param within 0.05: within 5 %, of the best where the outcome is a reconstruction error, of
  ///   the best's gain over the reference otherwise
  /// @param ofOwn settings that near their own best, which need not be a good one
  /// @param ofAll settings that near the best of all
  public record Close(double within, int ofOwn, int ofAll) {}

  /// @param best loss of the best of all settings
  static TuningCost of(
      TriedLosses tried,
      Yardstick yardstick,
      String optimizer,
      int[] settings,
      TuningCurve curve,
      double best) {
    double[] judged = tried.judgedBest(settings);
    OptionalDouble own =
        judged.length == 0 ? OptionalDouble.empty() : OptionalDouble.of(RepeatPairs.mean(judged));
    double[] means = Arrays.stream(settings).mapToDouble(tried::mean).toArray();
    List<Close> close = new ArrayList<>();
    for (double share : SHARES) {
      Tolerance within = yardstick.within(share);
      close.add(
          new Close(
              share,
              own.isPresent() ? Closeness.to(own.getAsDouble(), means, within).close() : 0,
              Closeness.to(best, means, within).close()));
    }
    Tolerance near = yardstick.within(NEAR);
    return new TuningCost(
        optimizer,
        settings.length,
        tried.learned(settings).length,
        own.isPresent()
            ? OptionalDouble.of(tried.losses().measured(own.getAsDouble()))
            : OptionalDouble.empty(),
        close,
        Arrays.stream(curve.mean()).mapToObj(tried.losses()::measured).toList(),
        Arrays.stream(curve.allFail()).boxed().toList(),
        own.isPresent() ? curve.fewest(own.getAsDouble(), near) : OptionalInt.empty(),
        curve.fewest(best, near));
  }

  /// Whether every run of these settings failed or learned nothing.
  public boolean neverLearned() {
    return allFail.getFirst() > 1 - ROUNDING;
  }

  private Close within(double share) {
    return close.stream().filter(one -> one.within() == share).findFirst().orElseThrow();
  }

  /// Settings that near the best of all.
  ///
  /// @param share one of [#NEAREST], [#NEAR] and [#REACH]
  public int close(double share) {
    return within(share).ofAll();
  }

  int closeToOwn(double share) {
    return within(share).ofOwn();
  }

  /// Of the settings, those that near the best of all.
  double share(double share) {
    return (double) close(share) / cells;
  }

  /// `7`, `more than 30`.
  String fewestWords() {
    return fewestOfAll.isPresent()
        ? Integer.toString(fewestOfAll.getAsInt())
        : "more than " + expectedBest.size();
  }
}
