package org.vaescape.analysis.shares;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.vaescape.analysis.Axis;
import org.vaescape.analysis.ConditionalRuns;
import org.vaescape.analysis.Evaluations;
import org.vaescape.analysis.ForestEffects;
import org.vaescape.analysis.FunctionalAnova;
import org.vaescape.analysis.Interval;
import org.vaescape.analysis.Ranks;
import org.vaescape.analysis.ShareEstimate;
import org.vaescape.analysis.claim.Claim;
import org.vaescape.analysis.claim.Robustness;
import org.vaescape.analysis.claim.Words;
import org.vaescape.analysis.runs.ForestInput;
import org.vaescape.analysis.runs.Landscape;
import org.vaescape.analysis.runs.ReservedNames;
import org.vaescape.analysis.runs.Run;
import org.vaescape.analysis.runs.Scale;
import org.vaescape.analysis.runs.Scope;
import org.vaescape.analysis.runs.SimulationSeed;
import org.vaescape.analysis.runs.View;

/// Which hyper-parameters account for the variation of an outcome where runs are no complete grid:
/// on the surface that a random forest fits to those that have the outcome.
public final class ForestImportance {
  private final Scope scope;
  private final View view;
  private final List<String> names;
  private final ConditionalRuns table;
  private final long seed;
  private final ForestEffects effects;
  private final int settings;

  /// The runs that it was fitted to.
  private final List<Run> counted;

  private ForestImportance(
      Scope scope,
      View view,
      List<Run> counted,
      List<String> names,
      ConditionalRuns table,
      long seed) {
    this.scope = scope;
    this.counted = counted;
    this.view = view;
    this.names = names;
    this.table = table;
    this.seed = seed;
    this.effects = ForestEffects.of(table, seed);
    this.settings = (int) settings(counted);
  }

  /// The importances of all runs that a view counts, as a fit needs no equal repeats; empty where
  /// they are at too few settings, where nothing varies, or the scale does not take their outcomes.
  ///
  /// @param logarithmic hyper-parameters that count on a logarithmic scale
  public static Optional<ForestImportance> of(
      Landscape landscape, View view, List<String> logarithmic, long seed) {
    double[] ofRuns = landscape.ofAllRuns(view);
    List<Run> counted = counted(landscape, ofRuns);
    List<ForestInput> inputs = ForestInput.all(landscape, counted, logarithmic);
    double[] outcomes =
        scaled(
            Arrays.stream(ofRuns).filter(outcome -> !Double.isNaN(outcome)).toArray(),
            view.scale());
    long settings = settings(counted);
    boolean varies = Arrays.stream(outcomes).distinct().count() > 1;
    if (inputs.isEmpty()
        || inputs.size() > ForestEffects.MOST_INPUTS
        || !varies
        || settings < ForestEffects.LEAST_SETTINGS) {
      return Optional.empty();
    }
    double[] x = new double[counted.size() * inputs.size()];
    boolean[] absent = new boolean[x.length];
    for (int i = 0; i < x.length; i++) {
      Run run = counted.get(i / inputs.size());
      ForestInput input = inputs.get(i % inputs.size());
      x[i] = input.value(run);
      absent[i] = input.absent(run);
    }
    List<Axis> axes = inputs.stream().map(ForestInput::axis).toList();
    return Optional.of(
        new ForestImportance(
            landscape.scope(),
            view,
            counted,
            inputs.stream().map(ForestInput::name).toList(),
            new ConditionalRuns(new Evaluations(axes, x, outcomes), absent),
            SimulationSeed.of(
                seed,
                landscape.scope().text(),
                view.metric(),
                view.scale().text(),
                EffectShare.FOREST)));
  }

  /// Why there are none, where runs are too few or vary in too much; empty else.
  public static String reason(Landscape landscape, View view) {
    List<Run> counted = counted(landscape, landscape.ofAllRuns(view));
    int inputs = ForestInput.all(landscape, counted, List.of()).size();
    long settings = settings(counted);
    if (inputs == 0) {
      return "";
    }
    if (settings < ForestEffects.LEAST_SETTINGS) {
      return "%s settings with %s tell no shares of its variation: they hold no grid, and a forest takes %s at least"
          .formatted(settings, view.metric(), ForestEffects.LEAST_SETTINGS);
    }
    return inputs <= ForestEffects.MOST_INPUTS
        ? ""
        : "%s hyper-parameters are too many for shares of variation: a forest takes %s at most"
            .formatted(inputs, ForestEffects.MOST_INPUTS);
  }

  private static List<Run> counted(Landscape landscape, double[] outcomes) {
    return IntStream.range(0, outcomes.length)
        .filter(run -> !Double.isNaN(outcomes[run]))
        .mapToObj(landscape.allRuns()::get)
        .toList();
  }

  private static long settings(List<Run> runs) {
    return runs.stream().map(Run::settings).distinct().count();
  }

  /// Different settings of the runs that count.
  int settings() {
    return settings;
  }

  /// Those of [#alone], then totals, Shapley effects and functional ANOVA.
  public List<EffectShare> effects() {
    List<EffectShare> all = new ArrayList<>(alone());
    int inputs = names.size();
    for (int i = 0; i < inputs; i++) {
      all.add(share(List.of(names.get(i)), effects.total(i), EffectShare.TOTAL));
    }
    for (int i = 0; i < inputs; i++) {
      all.add(share(List.of(names.get(i)), effects.shapley(i), EffectShare.SHAPLEY));
    }
    FunctionalAnova anova = FunctionalAnova.of(table, seed);
    boolean pairs = table.runs().y().length <= FunctionalAnova.MOST_RUNS_OF_PAIRS;
    for (int i = 0; i < inputs; i++) {
      all.add(ofTrees(List.of(names.get(i)), anova.main(i)));
    }
    for (int i = 0; i < inputs; i++) {
      for (int j = i + 1; pairs && j < inputs; j++) {
        all.add(ofTrees(List.of(names.get(i), names.get(j)), anova.interaction(i, j)));
      }
    }
    return all;
  }

  /// Single hyper-parameters, then pairs; last the noise of runs of equal settings, if there are
  /// any.
  List<EffectShare> alone() {
    List<EffectShare> all = new ArrayList<>();
    int inputs = names.size();
    for (int i = 0; i < inputs; i++) {
      all.add(share(List.of(names.get(i)), effects.first(i), EffectShare.FOREST));
    }
    for (int i = 0; i < inputs; i++) {
      for (int j = i + 1; j < inputs; j++) {
        all.add(share(List.of(names.get(i), names.get(j)), effects.pair(i, j), EffectShare.FOREST));
      }
    }
    effects
        .noise()
        .ifPresent(noise ->
            all.add(
                new EffectShare(
                    view.metric(),
                    view.scale(),
                    scope.text(),
                    List.of(ReservedNames.NOISE),
                    noise,
                    Optional.empty(),
                    EffectShare.FOREST,
                    "no interval of the noise of a forest")));
    return all;
  }

  private EffectShare share(List<String> factors, ShareEstimate estimate, String method) {
    return new EffectShare(
        view.metric(),
        view.scale(),
        scope.text(),
        factors,
        estimate.share(),
        Optional.of(estimate.interval(Claim.CONFIDENCE)),
        method,
        "");
  }

  private EffectShare ofTrees(List<String> factors, FunctionalAnova.Share share) {
    return new EffectShare(
        view.metric(),
        view.scale(),
        scope.text(),
        factors,
        share.mean(),
        Optional.empty(),
        EffectShare.FANOVA,
        "mean over trees, which shrink what is weak and follow noise: an interval would not hold");
  }

  /// The claim which hyper-parameter matters most; empty with a single one, which has no rival.
  ///
  /// @param others the same runs on other scales
  public Optional<Claim> mostImportant(List<ForestImportance> others) {
    if (names.size() < 2) {
      return Optional.empty();
    }
    int runs = table.runs().y().length;
    boolean repeated = settings < runs;
    List<Integer> ordered = ordered();
    int first = ordered.getFirst();
    Interval own = effects.first(first).interval(Claim.CONFIDENCE);
    boolean apart =
        ordered.stream()
            .skip(1)
            .map(other -> effects.first(other).interval(Claim.CONFIDENCE))
            .allMatch(rival -> rival.high() < own.low());
    List<String> overturned = new ArrayList<>();
    List<Robustness.Row> rows = new ArrayList<>();
    for (ForestImportance one : Stream.concat(Stream.of(this), others.stream()).toList()) {
      boolean same = one.names.get(one.ordered().getFirst()).equals(names.get(first));
      if (!same) {
        overturned.add("on the " + one.view.scale().text() + " scale");
      }
      rows.add(
          new Robustness.Row(
              one.view.scale(), one.view.stop(), one.view.rule(), List.of(Optional.of(same))));
    }
    String sentence =
        "%s: %s has the largest main effect on %s. Shares of variation: %s; a forest of %s runs explains %s of it. %s"
            .formatted(
                scope.text(),
                names.get(first),
                Words.outcome(view),
                String.join(", ", ordered.stream().map(this::words).toList()),
                runs,
                Words.percent(Math.max(0, effects.explained().estimate())),
                overturned.isEmpty()
                    ? "This holds on every scale."
                    : "It does not hold " + String.join("; or ", overturned) + ".");
    return Optional.of(
        new Claim(
                "importance/" + scope.text() + "/" + view.metric(),
                sentence,
                view.metric(),
                scope.text(),
                OptionalDouble.of(effects.first(first).share()),
                Optional.of(own),
                OptionalDouble.empty(),
                runs,
                apart && repeated ? Claim.Verdict.SUPPORTED : Claim.Verdict.UNDECIDED,
                overturned,
                LearnedRuns.doubt(
                    (repeated ? "" : "one seed: what its noise contributes cannot be told; ")
                        + "no probability: a fitted surface, whose intervals do not overlap where the verdict is supported",
                    counted))
            .naming(names.get(first))
            .tried(
                new Robustness(
                    rows.size(),
                    rows.size() - overturned.size(),
                    overturned,
                    List.of(""),
                    rows,
                    List.of())));
  }

  private String words(int input) {
    ShareEstimate estimate = effects.first(input);
    return "%s %s %s"
        .formatted(
            names.get(input),
            Words.percent(estimate.share()),
            Words.of(estimate.interval(Claim.CONFIDENCE)));
  }

  private List<Integer> ordered() {
    List<Integer> inputs = new ArrayList<>();
    for (int i = 0; i < names.size(); i++) {
      inputs.add(i);
    }
    inputs.sort(Comparator.comparingDouble(i -> -effects.first(i).estimate()));
    return inputs;
  }

  private static double[] scaled(double[] outcomes, Scale scale) {
    return switch (scale) {
      case RAW -> outcomes;
      case RANK -> Ranks.of(outcomes);
      case LOG ->
          Arrays.stream(outcomes).allMatch(outcome -> outcome > 0)
              ? Arrays.stream(outcomes).map(Math::log).toArray()
              : new double[0];
    };
  }
}
