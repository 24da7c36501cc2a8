package org.vaescape.analysis.shares;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.IntStream;
import org.vaescape.analysis.Interval;
import org.vaescape.analysis.ShareIntervals;
import org.vaescape.analysis.VarianceComponents;
import org.vaescape.analysis.VarianceComponents.Component;
import org.vaescape.analysis.claim.Claim;
import org.vaescape.analysis.claim.Question;
import org.vaescape.analysis.claim.Robustness;
import org.vaescape.analysis.claim.Words;
import org.vaescape.analysis.runs.GridView;
import org.vaescape.analysis.runs.Landscape;
import org.vaescape.analysis.runs.ReservedNames;
import org.vaescape.analysis.runs.Run;
import org.vaescape.analysis.runs.RunSet;
import org.vaescape.analysis.runs.SimulationSeed;
import org.vaescape.analysis.runs.View;

/// Which hyper-parameters account for the variation of an outcome in a complete grid.
public final class GridImportance {
  private static final String NO_NOISE =
      "no interval: runs of one setting do not differ, so that nothing tells how far the share may be off";
  private static final String REPEATED = "components";
  private static final String ONCE = "components of one repeat";

  /// Estimator of shares of one run a setting.
  public static final String OF_ONE_RUN = "components of one run";

  private static final String INTERACTIONS =
      "one run a setting: interactions of three and more hyper-parameters stand for noise, and the rest hangs on that";

  private static final String ADDED =
      "no probability: the interval is added up from those of several effects";

  /// A share of the variation below which a hyper-parameter is said to make next to nothing.
  private static final double LITTLE = 0.05;

  private final Landscape landscape;
  private final View view;
  private final GridView grid;
  private final VarianceComponents components;
  private final Optional<ShareIntervals> intervals;

  private GridImportance(
      Landscape landscape,
      View view,
      GridView grid,
      VarianceComponents components,
      Optional<ShareIntervals> intervals) {
    this.landscape = landscape;
    this.view = view;
    this.grid = grid;
    this.components = components;
    this.intervals = intervals;
  }

  /// The importances that a view shows; empty where it shows no complete grid.
  ///
  /// Somebody's table of one run a setting has no other repeats to wait for: in it interactions of
  /// three hyper-parameters and more stand for noise, if there are enough of them. A study can be
  /// given more repeats.
  ///
  /// @param set that the landscape is of
  public static Optional<GridImportance> of(RunSet set, Landscape landscape, View view) {
    return (set.origin() == RunSet.Origin.TABLE
            ? ofInteractions(landscape, view, set.seed())
            : Optional.<GridImportance>empty())
        .or(() -> ofRepeats(landscape, view, set.seed()));
  }

  /// The same where repeats alone tell noise, as of a study.
  public static Optional<GridImportance> ofRepeats(Landscape landscape, View view, long seed) {
    return GridView.of(landscape, view)
        .map(grid -> {
          VarianceComponents components = VarianceComponents.of(grid.grid());
          Optional<ShareIntervals> intervals =
              grid.repeats() > 1 && components.total() > 0
                  ? Optional.of(
                      ShareIntervals.of(
                          grid.grid(), ShareIntervals.SIMULATIONS, seed(landscape, view, seed)))
                  : Optional.empty();
          return new GridImportance(landscape, view, grid, components, intervals);
        });
  }

  private static Optional<GridImportance> ofInteractions(
      Landscape landscape, View view, long seed) {
    return GridView.of(landscape, view)
        .filter(grid -> grid.repeats() == 1)
        .flatMap(grid ->
            ShareIntervals.ofOneRun(
                    grid.grid().grid(), ShareIntervals.SIMULATIONS, seed(landscape, view, seed))
                .map(intervals ->
                    new GridImportance(
                        landscape,
                        view,
                        grid,
                        VarianceComponents.ofOneRun(grid.grid().grid()).orElseThrow(),
                        Optional.of(intervals))));
  }

  private static long seed(Landscape landscape, View view, long seed) {
    return SimulationSeed.of(seed, landscape.scope().text(), view.metric(), view.scale().text());
  }

  public GridView grid() {
    return grid;
  }

  public VarianceComponents components() {
    return components;
  }

  /// Of the components; empty where nothing tells noise, or all outcomes are equal.
  public Optional<ShareIntervals> intervals() {
    return intervals;
  }

  /// All effects, then blocks and noise.
  public List<EffectShare> effects() {
    List<EffectShare> effects = new ArrayList<>();
    for (int i = 0; i < components.effects().size(); i++) {
      Component effect = components.effects().get(i);
      effects.add(share(effect.factors(), effect.variance(), interval(i)));
    }
    components
        .higher()
        .ifPresent(higher ->
            effects.add(share(List.of(ReservedNames.HIGHER_ORDER), higher.variance(), higher())));
    if (intervals.isPresent()) {
      if (grid.grid().crossed() && grid.repeats() > 1) {
        effects.add(
            share(
                List.of(ReservedNames.REPEAT),
                components.block(),
                intervals.flatMap(known -> known.block(Claim.CONFIDENCE)).filter(Interval::wide)));
      }
      effects.add(
          share(
              List.of(ReservedNames.NOISE),
              components.noise(),
              intervals.map(known -> known.noise(Claim.CONFIDENCE)).filter(Interval::wide)));
    }
    return effects;
  }

  private EffectShare share(List<String> factors, double variance, Optional<Interval> interval) {
    return new EffectShare(
        view.metric(),
        view.scale(),
        landscape.scope().text(),
        factors,
        components.share(variance),
        interval,
        intervals.isEmpty() ? ONCE : grid.repeats() > 1 ? REPEATED : OF_ONE_RUN,
        reason(interval));
  }

  /// The claim which hyper-parameter matters most, tried in every way; empty with a single
  /// variable, which has no rival.
  public Optional<Claim> mostImportant() {
    List<Component> main = components.main();
    if (main.size() < 2) {
      return Optional.empty();
    }
    List<Integer> ordered =
        IntStream.range(0, main.size())
            .boxed()
            .sorted(Comparator.comparingDouble(effect -> -main.get(effect).variance()))
            .toList();
    int first = ordered.getFirst();
    String name = main.get(first).factors().getFirst();
    OptionalDouble probability =
        intervals.isPresent()
            ? OptionalDouble.of(intervals.get().probabilityLarger(first, ordered.get(1)))
            : OptionalDouble.empty();
    Question question = new LargestEffect(name, intervals.isPresent());
    Robustness robustness = Robustness.of(landscape, question, view, true);
    List<String> parts = ordered.stream().map(this::words).toList();
    String sentence =
        "%s: %s has the largest main effect on %s. Shares of variation: %s%s%s.%s"
            .formatted(
                landscape.scope().text(),
                name,
                Words.outcome(view),
                String.join(", ", parts),
                components.effects().size() > main.size()
                    ? ", interactions " + Words.percent(components.share(interactions()))
                    : "",
                repeats(),
                leftOut());
    return Optional.of(
        new Claim(
                "importance/" + landscape.scope().text() + "/" + view.metric(),
                sentence + " " + Words.of(robustness, grid.repeats()),
                view.metric(),
                landscape.scope().text(),
                OptionalDouble.of(components.share(main.get(first).variance())),
                interval(first),
                probability,
                grid.cells() * grid.repeats(),
                probability.isPresent()
                    ? Claim.Verdict.of(probability.getAsDouble())
                    : Claim.Verdict.UNDECIDED,
                robustness.overturnedBy(),
                doubt(reason(interval(first))))
            .naming(name)
            .tried(robustness));
  }

  /// A claim for each hyper-parameter that makes next to nothing, alone and with others: the upper
  /// bounds of its effects, all added up with those of the interactions that are not told apart,
  /// stay below [#LITTLE].
  public List<Claim> negligible() {
    List<Claim> claims = new ArrayList<>();
    for (Component main : components.main()) {
      String factor = main.factors().getFirst();
      double low = 0;
      double high = 0;
      for (int i = 0; i < components.effects().size(); i++) {
        if (components.effects().get(i).factors().contains(factor)) {
          Optional<Interval> interval = interval(i);
          low += interval.map(Interval::low).orElse(0.0);
          high += interval.map(Interval::high).orElse(1.0);
        }
      }
      if (components.higher().isPresent()) { // any of these may be its own
        high += higher().map(Interval::high).orElse(1.0);
      }
      if (high < LITTLE) {
        claims.add(negligible(factor, new Interval(low, high)));
      }
    }
    return claims;
  }

  private Claim negligible(String factor, Interval bounds) {
    Robustness robustness = Robustness.of(landscape, new Negligible(factor), view, true);
    String high = Words.percent(bounds.high());
    String most = high.startsWith("less") ? high : "at most " + high;
    return new Claim(
        "negligible/%s/%s/%s".formatted(landscape.scope().text(), view.metric(), factor),
        "%s: %s makes %s of the variation of %s, alone and with others. %s"
            .formatted(
                landscape.scope().text(),
                factor,
                most,
                Words.outcome(view),
                Words.of(robustness, grid.repeats())),
        factor,
        view.metric(),
        landscape.scope().text(),
        OptionalDouble.of(Negligible.share(components, factor)),
        Optional.of(bounds),
        OptionalDouble.empty(),
        grid.cells() * grid.repeats(),
        Claim.Verdict.SUPPORTED,
        robustness.overturnedBy(),
        doubt(grid.repeats() > 1 ? ADDED : INTERACTIONS + "; " + ADDED),
        Optional.of(robustness),
        Claim.Kind.ASKED);
  }

  /// Of the share of an effect, by its place among the components; none without noise: a point is
  /// no interval.
  public Optional<Interval> interval(int effect) {
    return intervals.map(known -> known.effect(effect, Claim.CONFIDENCE)).filter(Interval::wide);
  }

  private Optional<Interval> higher() {
    return intervals.flatMap(known -> known.higher(Claim.CONFIDENCE)).filter(Interval::wide);
  }

  private String reason(Optional<Interval> interval) {
    if (intervals.isEmpty()) {
      return Claim.ONE_REPEAT;
    }
    String hangs = grid.repeats() > 1 ? "" : INTERACTIONS;
    return interval.isPresent() ? hangs : hangs.isEmpty() ? NO_NOISE : hangs + "; " + NO_NOISE;
  }

  /// The reason of a claim on shares, which says where hardly any of the runs compared learned.
  public String doubt(String reason) {
    return LearnedRuns.doubt(reason, landscape.runs().stream().filter(this::compared).toList());
  }

  private boolean compared(Run run) {
    return grid.dropped().stream().noneMatch(level -> at(level, run));
  }

  private boolean at(View.Level level, Run run) {
    return landscape
        .variable(level.variable())
        .filter(variable -> variable.levels().indexOf(level.level()) == variable.level(run))
        .isPresent();
  }

  private String leftOut() {
    return grid.dropped().isEmpty()
        ? ""
        : " Left out, since runs there failed or are missing: "
            + String.join(", ", grid.dropped().stream().map(View.Level::text).toList())
            + ".";
  }

  private String words(int place) {
    Component effect = components.effects().get(place);
    String share = Words.percent(components.share(effect.variance()));
    return effect.factors().getFirst()
        + " "
        + share
        + interval(place).map(known -> " " + Words.of(known)).orElse("");
  }

  private double interactions() {
    double sum = components.higher().map(Component::variance).orElse(0.0);
    for (Component effect : components.effects()) {
      sum += effect.factors().size() > 1 ? effect.variance() : 0;
    }
    return sum;
  }

  /// `, splits 97 %, noise 0.5 %`: what repeats make, where that is not little.
  private String repeats() {
    double noise = Math.max(components.share(components.noise()), 0);
    boolean crossed = grid.grid().crossed() && grid.repeats() > 1;
    double splits = crossed ? Math.max(components.share(components.block()), 0) : 0;
    return intervals.isEmpty() || noise + splits < LITTLE
        ? ""
        : (crossed ? ", splits " + Words.percent(splits) : "") + ", noise " + Words.percent(noise);
  }

  /// Whether this variable makes next to nothing, alone and with others.
  private record Negligible(String variable) implements Question {
    @Override
    public Optional<Boolean> holds(GridView view) {
      VarianceComponents components = components(view, true);
      boolean varies =
          components.main().stream()
              .anyMatch(effect -> effect.factors().getFirst().equals(variable));
      return varies && components.total() > 0
          ? Optional.of(share(components, variable) < LITTLE)
          : Optional.empty();
    }

    static double share(VarianceComponents components, String variable) {
      double sum = components.higher().map(higher -> Math.max(higher.variance(), 0)).orElse(0.0);
      for (Component effect : components.effects()) {
        sum += effect.factors().contains(variable) ? Math.max(effect.variance(), 0) : 0;
      }
      return components.share(sum);
    }
  }

  private static VarianceComponents components(GridView view, boolean ofInteractions) {
    return Optional.of(view.grid().grid())
        .filter(_ -> ofInteractions)
        .flatMap(VarianceComponents::ofOneRun)
        .orElseGet(() -> VarianceComponents.of(view.grid()));
  }

  /// Whether this variable has the largest main effect.
  ///
  /// @param ofInteractions whether these stand for noise where there is one run a setting
  public record LargestEffect(String variable, boolean ofInteractions) implements Question {
    @Override
    public Optional<Boolean> holds(GridView view) {
      List<Component> main = components(view, ofInteractions).main();
      Optional<Component> own =
          main.stream().filter(effect -> effect.factors().getFirst().equals(variable)).findFirst();
      return main.size() < 2
          ? Optional.empty()
          : own.map(
              effect -> main.stream().allMatch(other -> other.variance() <= effect.variance()));
    }
  }
}
