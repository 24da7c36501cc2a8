package org.vaescape.analysis.shares;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.vaescape.analysis.AdditiveEffects;
import org.vaescape.analysis.Interval;
import org.vaescape.analysis.runs.FailureRule;
import org.vaescape.analysis.runs.Fate;
import org.vaescape.analysis.runs.GridView;
import org.vaescape.analysis.runs.Landscape;
import org.vaescape.analysis.runs.ReservedNames;
import org.vaescape.analysis.runs.Run;
import org.vaescape.analysis.runs.RunSet;
import org.vaescape.analysis.runs.Scale;
import org.vaescape.analysis.runs.StopPoint;
import org.vaescape.analysis.runs.Variable;
import org.vaescape.analysis.runs.View;

/// Shares of variation under each way to count runs that failed or learned nothing, side by side,
/// and what the hyper-parameters do to those that learned alone.
///
/// @param scope as [org.vaescape.analysis.runs.Scope#text]
/// @param rules those that make a difference here, at least two
/// @param given shares of main effects among all runs that learned, by least squares
///   ([AdditiveEffects]), with [#REST] last; none where the runs are no grid, or fewer than two
///   learned
/// @param learned runs that this is of
public record RuleEffects(
    String scope, String metric, Scale scale, List<Rule> rules, List<Given> given, int learned) {
  /// What no sum of main effects explains: interactions and noise.
  private static final String REST = ReservedNames.REST;

  /// Settings up to which a forest is grown for every rule.
  private static final int MOST_SETTINGS = 2000;

  public RuleEffects {
    rules = List.copyOf(rules);
    given = List.copyOf(given);
  }

  /// One way to count.
  ///
  /// @param cells of the largest complete sub-grid; settings, where runs are no grid
  /// @param dropped levels that are not in it
  /// @param effects main effects and interactions
  /// @param best level with the best mean of each hyper-parameter that is left; none where runs are
  ///   no grid
  public record Rule(
      FailureRule rule,
      int cells,
      List<View.Level> dropped,
      List<Share> effects,
      SequencedMap<String, String> best) {
    public Rule {
      dropped = List.copyOf(dropped);
      effects = List.copyOf(effects);
    }

    /// Main effects.
    public List<Share> main() {
      return effects.stream()
          .filter(share -> share.factors().size() == 1)
          .filter(share -> !EffectShare.OF_NONE.contains(share.factors().getFirst()))
          .toList();
    }

    /// The largest main effect.
    Share first() {
      return main().stream().max(Comparator.comparingDouble(Share::share)).orElseThrow();
    }
  }

  /// As of [EffectShare], under this rule.
  public record Share(List<String> factors, double share, Optional<Interval> interval) {}

  /// Of one hyper-parameter among runs that learned.
  public record Given(String factor, double share) {}

  /// Empty where all runs learned, or fewer than two rules leave runs to take apart.
  ///
  /// @param set that the landscape is of
  public static Optional<RuleEffects> of(RunSet set, Landscape landscape, RunSet.Outcome outcome) {
    // A fit needs no equal repeats, so that all runs are in it.
    List<Run> runs = landscape.grid() ? landscape.runs() : landscape.allRuns();
    List<FailureRule> different = FailureRule.of(runs, outcome.metric(), StopPoint.STOP);
    if (different.size() < 2 || (!landscape.grid() && landscape.cells() > MOST_SETTINGS)) {
      return Optional.empty();
    }
    Scale scale = outcome.lowerIsBetter() && positive(runs, outcome) ? Scale.LOG : Scale.RAW;
    List<Rule> rules = new ArrayList<>();
    for (FailureRule rule : different) {
      View view =
          new View(
              outcome.metric(),
              outcome.lowerIsBetter(),
              scale,
              StopPoint.STOP,
              rule,
              Optional.empty());
      if (landscape.grid()) {
        GridImportance.of(set, landscape, view)
            .ifPresent(found -> rules.add(rule(rule, found, outcome.lowerIsBetter())));
      } else {
        ForestImportance.of(landscape, view, set.logarithmic(), set.seed())
            .ifPresent(found -> rules.add(rule(rule, found)));
      }
    }
    List<Run> learned =
        runs.stream()
            .filter(run -> run.fate() == Fate.LEARNED)
            .filter(run -> Double.isFinite(run.outcome(outcome.metric(), StopPoint.STOP)))
            .toList();
    return rules.size() < 2
        ? Optional.empty()
        : Optional.of(
            new RuleEffects(
                landscape.scope().text(),
                outcome.metric(),
                scale,
                rules,
                given(landscape, outcome, scale, learned),
                learned.size()));
  }

  private static boolean positive(List<Run> runs, RunSet.Outcome outcome) {
    return runs.stream().noneMatch(run -> run.outcome(outcome.metric(), StopPoint.STOP) <= 0);
  }

  private static Rule rule(FailureRule rule, ForestImportance found) {
    return new Rule(
        rule, found.settings(), List.of(), shares(found.alone()), new LinkedHashMap<>());
  }

  private static List<Share> shares(List<EffectShare> effects) {
    return effects.stream()
        .map(effect -> new Share(effect.factors(), effect.estimate(), effect.interval()))
        .toList();
  }

  private static Rule rule(FailureRule rule, GridImportance found, boolean lowerIsBetter) {
    GridView grid = found.grid();
    SequencedMap<String, String> best = new LinkedHashMap<>();
    for (int axis = 0; axis < grid.variables().size(); axis++) {
      Variable variable = grid.variables().get(axis);
      int place = axis;
      int level =
          IntStream.range(0, variable.levels().size())
              .boxed()
              .min(
                  Comparator.comparingDouble(
                      one -> (lowerIsBetter ? 1 : -1) * grid.grid().grid().at(place, one).mean()))
              .orElseThrow();
      best.put(variable.name(), variable.levels().get(level));
    }
    return new Rule(rule, grid.cells(), grid.dropped(), shares(found.effects()), best);
  }

  private static List<Given> given(
      Landscape landscape, RunSet.Outcome outcome, Scale scale, List<Run> learned) {
    double[] losses =
        learned.stream()
            .mapToDouble(run -> run.outcome(outcome.metric(), StopPoint.STOP))
            .map(loss -> scale == Scale.LOG ? Math.log(loss) : loss)
            .toArray();
    if (!landscape.grid() || Arrays.stream(losses).distinct().count() < 2) {
      return List.of();
    }
    List<Variable> variables = landscape.variables();
    int[][] levels =
        learned.stream()
            .map(run -> variables.stream().mapToInt(variable -> variable.level(run)).toArray())
            .toArray(int[][]::new);
    AdditiveEffects effects =
        AdditiveEffects.of(variables.stream().map(Variable::factor).toList(), levels, losses);
    List<Given> given = new ArrayList<>();
    for (int i = 0; i < variables.size(); i++) {
      given.add(new Given(variables.get(i).name(), effects.shares().get(i)));
    }
    given.add(new Given(REST, effects.rest()));
    return given;
  }

  /// A rule in words; where no run failed there is nothing that the first of them leaves out.
  public String text(Rule rule) {
    boolean failed = rules.stream().anyMatch(one -> one.rule() == FailureRule.WORST);
    return rule.rule() == FailureRule.LEFT_OUT && !failed
        ? "all runs as measured, of which none failed"
        : rule.rule().text();
  }

  /// Whether rankings depend on how runs are counted that failed or learned nothing.
  public String sentence() {
    SequencedMap<String, List<String>> firsts = new LinkedHashMap<>();
    for (Rule rule : rules) {
      firsts
          .computeIfAbsent(rule.first().factors().getFirst(), _ -> new ArrayList<>())
          .add(text(rule));
    }
    String first =
        firsts.size() == 1
            ? "however runs that did not learn are counted, %s has the largest main effect on %s."
                .formatted(firsts.firstEntry().getKey(), metric)
            : "what has the largest main effect on %s depends on how runs that did not learn are counted: %s."
                .formatted(
                    metric,
                    firsts.entrySet().stream()
                        .map(one -> one.getKey() + " with " + String.join(", or ", one.getValue()))
                        .collect(Collectors.joining("; ")));
    String turning =
        rules.getFirst().best().keySet().stream()
            .filter(name -> levels(name).size() > 1)
            .map(name -> name + " (" + String.join(" or ", levels(name)) + ")")
            .collect(Collectors.joining(" and of "));
    return scope
        + ": "
        + first
        + (rules.getFirst().best().isEmpty()
            ? ""
            : turning.isEmpty()
                ? " No best level depends on it."
                : " The best level of " + turning + " depends on it.");
  }

  private List<String> levels(String variable) {
    return rules.stream()
        .flatMap(rule -> Optional.ofNullable(rule.best().get(variable)).stream())
        .distinct()
        .toList();
  }
}
