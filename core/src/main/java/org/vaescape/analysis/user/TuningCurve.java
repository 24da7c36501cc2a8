package org.vaescape.analysis.user;

import java.util.Arrays;
import java.util.OptionalInt;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.vaescape.analysis.ExpectedBest;
import org.vaescape.analysis.Tolerance;
import org.vaescape.analysis.runs.Fold;
import org.vaescape.analysis.runs.TriedLosses;

/// What the best of k random settings is expected to lose: chosen on all other repeats, judged on
/// each in turn. Settings are drawn without replacement, so that k is a budget of different trials.
///
/// @param byRepeat expected loss by judging repeat and k - 1, failed runs counted with the loss
///   that they are given
/// @param allFail probability by k - 1 that all of k runs of a repeat fail or learn nothing, mean
///   over repeats
record TuningCurve(double[][] byRepeat, double[] allFail) {
  /// Budgets above this are not looked at.
  static final int MOST = 30;

  /// @param settings at least one
  /// @param filled losses by setting of `tried`, of all of them, and repeat
  static TuningCurve of(TriedLosses tried, int[] settings, double[][] filled) {
    int most = Math.min(MOST, settings.length);
    double[][] byRepeat = new double[tried.folds().size()][];
    double[] allFail = new double[most];
    for (int i = 0; i < byRepeat.length; i++) {
      Fold fold = tried.folds().get(i);
      byRepeat[i] =
          ExpectedBest.chosen(
                  means(filled, settings, fold.choosing()),
                  means(filled, settings, fold.judging()),
                  Double.POSITIVE_INFINITY,
                  most)
              .losses();
      double[] runs =
          Arrays.stream(settings)
              .mapToDouble(setting -> tried.mean(setting, fold.judging()))
              .toArray();
      double[] fail = ExpectedBest.of(runs, Double.POSITIVE_INFINITY, most).allFail();
      for (int k = 0; k < most; k++) {
        allFail[k] += fail[k] / byRepeat.length;
      }
    }
    return new TuningCurve(byRepeat, allFail);
  }

  static double[] means(double[][] filled, int[] settings, int[] places) {
    return Arrays.stream(settings)
        .mapToDouble(setting ->
            Arrays.stream(places)
                .mapToDouble(place -> filled[setting][place])
                .average()
                .orElseThrow())
        .toArray();
  }

  /// Largest k.
  int most() {
    return allFail.length;
  }

  /// Mean over repeats.
  double[] mean() {
    return IntStream.range(0, most())
        .mapToDouble(
            k -> Arrays.stream(byRepeat).mapToDouble(curve -> curve[k]).average().orElseThrow())
        .toArray();
  }

  /// Mean over budgets from 1 to a largest one, of each repeat: the area under the curve.
  double[] area(int budgets) {
    return Arrays.stream(byRepeat)
        .mapToDouble(curve -> Arrays.stream(curve, 0, budgets).average().orElseThrow())
        .toArray();
  }

  /// Fewest trials that are expected as good as this best, failures counted by their loss.
  OptionalInt fewest(double best, Tolerance within) {
    return new ExpectedBest(mean(), allFail, best).fewest(within, 1);
  }

  /// The same where every repeat must agree, each judged against its own best.
  ///
  /// @param within tolerance by place of the repeat
  OptionalInt fewestInEvery(double[] bests, IntFunction<Tolerance> within) {
    int most = 0;
    for (int r = 0; r < byRepeat.length; r++) {
      OptionalInt own = new ExpectedBest(byRepeat[r], allFail, bests[r]).fewest(within.apply(r), 1);
      if (own.isEmpty()) {
        return own;
      }
      most = Math.max(most, own.getAsInt());
    }
    return OptionalInt.of(most);
  }
}
