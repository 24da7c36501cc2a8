package org.vaescape.analysis;

import java.util.SplittableRandom;
import java.util.stream.IntStream;

/// Settings that were tried, where an input may not have been there at all: the momentum of an
/// optimizer that has none.
///
/// An input that is absent does nothing. All settings of the axes still count equally, so what it
/// does where it is there counts for the part of the settings where it is: if it is there at one of
/// three equally likely levels of another input, and the outcome there has variance v along it, its
/// total effect has variance v / 3. Forests get values drawn anew for each tree, so that no value
/// tells where it is absent.
///
/// @param runs where an input is absent its value may be any of its axis, and is not used
/// @param absent runs x inputs, row by row; never written to
public record ConditionalRuns(Evaluations runs, boolean[] absent) {
  public ConditionalRuns {
    Demand.that(
        absent.length == runs.x().length,
        absent.length + " marks of absence do not fit " + runs.x().length + " settings");
  }

  /// Runs that have all their inputs.
  static ConditionalRuns complete(Evaluations runs) {
    return new ConditionalRuns(runs, new boolean[runs.x().length]);
  }

  /// The runs with values drawn for what is absent: all are as good, as they do nothing.
  Evaluations filled(SplittableRandom random) {
    double[] x = runs.x().clone();
    for (int i = 0; i < x.length; i++) {
      if (absent[i]) {
        x[i] = PointPairs.on(runs.axes().get(i % runs.inputs()), random.nextDouble());
      }
    }
    return new Evaluations(runs.axes(), x, runs.y());
  }

  boolean isEverAbsent(int input) {
    return IntStream.range(0, runs.runs()).anyMatch(run -> absent[run * runs.inputs() + input]);
  }

  /// Value of an input, NaN where it is absent.
  double x(int run, int input) {
    return absent[run * runs.inputs() + input] ? Double.NaN : runs.x(run, input);
  }
}
