package org.vaescape.analysis.compare;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.SequencedMap;
import org.vaescape.analysis.DifferenceNoise;
import org.vaescape.analysis.Interval;
import org.vaescape.analysis.OrderingProbability;
import org.vaescape.analysis.RunNoise;
import org.vaescape.analysis.claim.Claim;
import org.vaescape.analysis.noise.CellNoise;
import org.vaescape.analysis.runs.CellOutcomes;
import org.vaescape.analysis.runs.Landscape;
import org.vaescape.analysis.runs.RunSet;
import org.vaescape.analysis.runs.Scale;
import org.vaescape.analysis.runs.StopPoint;
import org.vaescape.analysis.runs.Variable;

/// An outcome of the settings that two studies both tried, side by side.
///
/// @param one name of a study
/// @param other name of another
/// @param scope of the first, as [org.vaescape.analysis.runs.Scope#text]
/// @param scale of differences: on the logarithmic one they are those of natural logarithms
/// @param variables what varied in both, with the values that both had
/// @param settings in the order of the first study
/// @param averaged keys of which means over their values stand side by side
public record LandscapePair(
    String one,
    String other,
    String scope,
    String metric,
    Scale scale,
    boolean lowerIsBetter,
    List<Variable> variables,
    List<Setting> settings,
    List<String> averaged) {
  public LandscapePair {
    variables = List.copyOf(variables);
    settings = List.copyOf(settings);
    averaged = List.copyOf(averaged);
  }

  /// A setting that both tried.
  ///
  /// @param settings of the keys that varied in both
  /// @param one mean of the runs that learned in the first study, geometric on the logarithmic
  ///   scale; empty if none did
  /// @param other the same in the other one
  /// @param difference of the second less the first on the scale; empty unless both learned
  /// @param interval of that, 95 %, by the noise of both studies, which are taken to share nothing;
  ///   empty where it is not known
  public record Setting(
      SequencedMap<String, String> settings,
      OptionalDouble one,
      OptionalDouble other,
      OptionalDouble difference,
      Optional<Interval> interval) {
    /// Whether another seed could have turned the difference round; empty where noise is not known.
    public Optional<Boolean> withinNoise() {
      return interval.map(bounds -> bounds.contains(0));
    }
  }

  /// Of each two studies and each model, or all runs where none has a scope of its own: by the
  /// first outcome that both choose settings by.
  public static List<LandscapePair> all(List<ComparedStudy> studies) {
    List<LandscapePair> all = new ArrayList<>();
    for (int i = 0; i < studies.size(); i++) {
      for (ComparedStudy other : studies.subList(i + 1, studies.size())) {
        all.addAll(pairs(studies.get(i), other));
      }
    }
    return all;
  }

  private static List<LandscapePair> pairs(ComparedStudy one, ComparedStudy other) {
    List<Landscape> models =
        one.landscapes().stream()
            .filter(landscape -> !landscape.scope().model().isEmpty())
            .toList();
    List<LandscapePair> pairs = new ArrayList<>();
    for (Landscape landscape : models.isEmpty() ? one.landscapes() : models) {
      Optional<Landscape> like = other.like(landscape);
      Optional<String> metric =
          one.runs().rankedOf(landscape).stream()
              .map(RunSet.Outcome::metric)
              .filter(name -> other.outcome(name).isPresent())
              .findFirst();
      if (like.isPresent() && metric.isPresent()) {
        of(one, other, landscape, like.get(), metric.get()).ifPresent(pairs::add);
      }
    }
    return pairs;
  }

  /// Empty where they have no setting in common, or the outcome is positive in one of them only.
  private static Optional<LandscapePair> of(
      ComparedStudy one, ComparedStudy other, Landscape ofOne, Landscape ofOther, String metric) {
    CellOutcomes first = CellOutcomes.of(ofOne, one.outcome(metric).orElseThrow(), StopPoint.STOP);
    CellOutcomes second =
        CellOutcomes.of(ofOther, other.outcome(metric).orElseThrow(), StopPoint.STOP);
    MatchedCells matched = MatchedCells.of(first, second);
    if (matched.pairs().isEmpty() || first.scale() != second.scale()) {
      return Optional.empty();
    }
    CellNoise noise = CellNoise.of(first);
    CellNoise noiseOfOther = CellNoise.of(second);
    return Optional.of(
        new LandscapePair(
            one.name(),
            other.name(),
            ofOne.scope().text(),
            metric,
            first.scale(),
            first.outcome().lowerIsBetter(),
            common(ofOne, matched),
            matched.pairs().stream()
                .map(pair -> setting(pair, first, noise, noiseOfOther))
                .toList(),
            new ArrayList<>(matched.averaged())));
  }

  private static List<Variable> common(Landscape landscape, MatchedCells matched) {
    List<Variable> common = new ArrayList<>();
    for (Variable variable : landscape.variables()) {
      List<String> had =
          matched.pairs().stream().map(pair -> variable.text(pair.settings())).distinct().toList();
      List<String> levels = variable.levels().stream().filter(had::contains).toList();
      if (!levels.isEmpty()) {
        common.add(new Variable(variable.keys(), levels, variable.numeric()));
      }
    }
    return common;
  }

  private static Setting setting(
      MatchedCells.Pair pair, CellOutcomes outcomes, CellNoise noise, CellNoise noiseOfOther) {
    double here = MatchedCells.mean(pair.one());
    double there = MatchedCells.mean(pair.other());
    if (Double.isNaN(here) || Double.isNaN(there)) {
      return new Setting(
          pair.settings(),
          measured(outcomes, here),
          measured(outcomes, there),
          OptionalDouble.empty(),
          Optional.empty());
    }
    // What is lower is a better loss here, whichever end of the outcome is the good one.
    double sign = outcomes.scale() == Scale.LOG || outcomes.outcome().lowerIsBetter() ? 1 : -1;
    Optional<Interval> interval =
        pair.one().size() == 1 && pair.other().size() == 1
            ? interval(pair, here, there, noise, noiseOfOther)
            : Optional.empty();
    return new Setting(
        pair.settings(),
        measured(outcomes, here),
        measured(outcomes, there),
        OptionalDouble.of(sign * (there - here)),
        sign > 0 ? interval : interval.map(Interval::turned));
  }

  private static OptionalDouble measured(CellOutcomes outcomes, double loss) {
    return Double.isNaN(loss) ? OptionalDouble.empty() : OptionalDouble.of(outcomes.measured(loss));
  }

  /// Of the second less the first, between single settings.
  private static Optional<Interval> interval(
      MatchedCells.Pair pair, double here, double there, CellNoise noise, CellNoise noiseOfOther) {
    CellOutcomes.Cell one = pair.one().getFirst();
    CellOutcomes.Cell other = pair.other().getFirst();
    Optional<RunNoise> ofOne = noise.noise(one);
    Optional<RunNoise> ofOther = noiseOfOther.noise(other);
    if (ofOne.isEmpty() || ofOther.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        OrderingProbability.of(
                there,
                other.repeatsLearned(),
                here,
                one.repeatsLearned(),
                new DifferenceNoise.Separate(ofOther.get(), ofOne.get()))
            .interval(Claim.CONFIDENCE));
  }
}
