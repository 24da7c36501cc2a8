package org.vaescape.analysis.runs;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.vaescape.analysis.Factor;
import org.vaescape.analysis.Observations;

/// One outcome of every cell and repeat of a landscape, turned so that lower is better.
///
/// Only runs that learned have one: whatever else a run became, it is never ranked as good.
public final class Losses {
  private final Landscape landscape;
  private final RunSet.Outcome outcome;
  private final double[] values;

  private Losses(Landscape landscape, RunSet.Outcome outcome, double[] values) {
    this.landscape = landscape;
    this.outcome = outcome;
    this.values = values;
  }

  /// The losses at the stop; empty where the landscape is no grid or no run learned.
  public static Optional<Losses> of(Landscape landscape, RunSet.Outcome outcome) {
    if (!landscape.grid()) {
      return Optional.empty();
    }
    View view =
        new View(
            outcome.metric(),
            outcome.lowerIsBetter(),
            Scale.RAW,
            StopPoint.STOP,
            FailureRule.LEARNED,
            Optional.empty());
    double[] values = landscape.values(view);
    if (Arrays.stream(values).allMatch(Double::isNaN)) {
      return Optional.empty();
    }
    double sign = outcome.lowerIsBetter() ? 1 : -1;
    return Optional.of(
        new Losses(landscape, outcome, Arrays.stream(values).map(value -> sign * value).toArray()));
  }

  public Landscape landscape() {
    return landscape;
  }

  public RunSet.Outcome outcome() {
    return outcome;
  }

  public List<Variable> variables() {
    return landscape.variables();
  }

  public List<Factor> factors() {
    return landscape.variables().stream().map(Variable::factor).toList();
  }

  public int cells() {
    return values.length / repeats();
  }

  public int repeats() {
    return landscape.repeats().size();
  }

  /// Of a cell in a repeat, both from 0, cells row-major; `NaN` where it did not learn.
  public double loss(int cell, int repeat) {
    return values[cell * repeats() + repeat];
  }

  /// As measured: the loss, or its negative where higher is better.
  public double measured(double loss) {
    return outcome.lowerIsBetter() ? loss : -loss;
  }

  /// As measured, of the mean over repeats.
  ///
  /// @param judged loss on a scale of each repeat
  public double measured(double[] judged, Scale scale) {
    double mean = new Observations(judged).mean();
    return measured(scale == Scale.LOG ? Math.exp(mean) : mean);
  }
}
