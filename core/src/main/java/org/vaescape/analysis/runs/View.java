package org.vaescape.analysis.runs;

import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.SequencedSet;

/// One way to look at an outcome of a landscape.
///
/// @param metric name of the outcome, as a column of `trials.csv`
/// @param lowerIsBetter which end of it is the worst
/// @param leftOut a level that is taken to have never been tried
public record View(
    String metric,
    boolean lowerIsBetter,
    Scale scale,
    StopPoint stop,
    FailureRule rule,
    Optional<Level> leftOut) {

  /// A value of a hyper-parameter.
  public record Level(String variable, String level) {
    /// `learning-rate 0.1`.
    public String text() {
      return variable + " " + level;
    }
  }

  /// The view on which a claim is made before it is tried on others: as measured at the stop,
  /// failed runs left out.
  public static View of(RunSet.Outcome outcome, Scale scale) {
    return new View(
        outcome.metric(),
        outcome.lowerIsBetter(),
        scale,
        StopPoint.STOP,
        FailureRule.LEFT_OUT,
        Optional.empty());
  }

  /// The same of a loss.
  public static View of(String loss, Scale scale) {
    return new View(loss, true, scale, StopPoint.STOP, FailureRule.LEFT_OUT, Optional.empty());
  }

  /// The same on another scale.
  View on(Scale other) {
    return new View(metric, lowerIsBetter, other, stop, rule, leftOut);
  }

  /// How many things this view does otherwise than another.
  public int changes(View from) {
    return (leftOut.isPresent() && !leftOut.equals(from.leftOut) ? 1 : 0)
        + (scale == from.scale ? 0 : 1)
        + (stop == from.stop ? 0 : 1)
        + (rule == from.rule ? 0 : 1);
  }

  /// What this view does otherwise than another, in words, a member each; empty for the same view.
  public SequencedSet<String> differences(View from) {
    SequencedSet<String> words = new LinkedHashSet<>();
    leftOut
        .filter(_ -> !leftOut.equals(from.leftOut))
        .ifPresent(l -> words.add("without " + l.text()));
    if (scale != from.scale) {
      words.add("on the " + scale.text() + " scale");
    }
    if (stop != from.stop) {
      words.add("measured at the " + stop.text());
    }
    if (rule != from.rule) {
      words.add("with " + rule.text());
    }
    return words;
  }
}
