package org.vaescape.analysis.rates;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.stream.IntStream;
import org.vaescape.analysis.Interval;
import org.vaescape.analysis.ShareIntervals;
import org.vaescape.analysis.VarianceComponents;
import org.vaescape.analysis.VarianceComponents.Component;
import org.vaescape.analysis.claim.Claim;
import org.vaescape.analysis.claim.Question;
import org.vaescape.analysis.claim.Robustness;
import org.vaescape.analysis.runs.GridView;
import org.vaescape.analysis.runs.Landscape;
import org.vaescape.analysis.runs.Role;
import org.vaescape.analysis.runs.RunSet;
import org.vaescape.analysis.runs.Scale;
import org.vaescape.analysis.runs.SimulationSeed;
import org.vaescape.analysis.runs.Variable;
import org.vaescape.analysis.runs.View;

/// What optimizer and learning rate account for within one decade of each optimizer's own best
/// rate, beside what they account for over all rates that the same optimizers were tried at.
///
/// @param scale logarithms where the outcome has them, else raw
/// @param optimizers that are compared
/// @param offsets of the fair range, ascending: `x0.1`, `x1`, `x10`
/// @param shares of the optimizer, of the learning rate, and of their interaction
/// @param probability that the optimizer's share in the fair range is larger than the learning
///   rate's, of the noise of repeats alone
/// @param trials runs in the fair range
/// @param dropped levels that are not in the fair range since a run there has no outcome
/// @param droppedInFull levels that are not in the full range, for the same reason
/// @param robustness of which of the two is larger in the fair range
public record FairComparison(
    Scale scale,
    List<String> optimizers,
    List<String> offsets,
    List<Share> shares,
    double probability,
    int trials,
    List<View.Level> dropped,
    List<View.Level> droppedInFull,
    Robustness robustness) {
  public FairComparison {
    optimizers = List.copyOf(optimizers);
    offsets = List.copyOf(offsets);
    shares = List.copyOf(shares);
    dropped = List.copyOf(dropped);
    droppedInFull = List.copyOf(droppedInFull);
  }

  /// Shares of the variation, each from 0 to 1.
  ///
  /// @param factors names of the optimizer, of the learning rate, or of both
  /// @param fair within one decade of each optimizer's own best rate
  /// @param full over all rates; empty where what failed leaves no levels to tell it from
  public record Share(
      List<String> factors,
      double fair,
      Interval fairInterval,
      OptionalDouble full,
      Optional<Interval> fullInterval) {
    public Share {
      factors = List.copyOf(factors);
    }
  }

  /// What the optimizer accounts for.
  Share optimizer() {
    return shares.get(0);
  }

  /// What the learning rate accounts for.
  Share learningRate() {
    return shares.get(1);
  }

  /// Whether the optimizer accounts for more than the learning rate over all rates; empty where one
  /// of them is not known.
  Optional<Boolean> optimizerLargerInFull() {
    OptionalDouble own = optimizer().full();
    OptionalDouble rival = learningRate().full();
    return own.isPresent() && rival.isPresent()
        ? Optional.of(own.getAsDouble() > rival.getAsDouble())
        : Optional.empty();
  }

  /// The comparison of two landscapes.
  ///
  /// @param fair runs of at least 2 repeats, with the offset in place of the rate
  /// @param full runs of the same optimizers at all rates
  /// @return empty where the outcomes, or what is left of the grid without failed runs, do not tell
  static Optional<FairComparison> of(
      Landscape fair, Landscape full, RunSet.Outcome outcome, long seed) {
    return of(fair, full, outcome, Scale.LOG, seed)
        .or(() -> of(fair, full, outcome, Scale.RAW, seed));
  }

  private static Optional<FairComparison> of(
      Landscape fair, Landscape full, RunSet.Outcome outcome, Scale scale, long seed) {
    View view = View.of(outcome, scale);
    String optimizer = name(full, Role.OPTIMIZER);
    String rate = name(full, Role.LEARNING_RATE);
    Optional<Split> within = Split.of(fair, view, SimulationSeed.of(seed, "fair range"));
    Question larger = new LargerEffect(optimizer, FairRuns.OFFSET);
    Optional<Boolean> answer = within.flatMap(split -> larger.holds(split.grid));
    if (answer.isEmpty()) {
      return Optional.empty();
    }
    Split own = within.get();
    Optional<Split> over = Split.of(full, view, SimulationSeed.of(seed, "full range"));
    List<Share> shares = new ArrayList<>();
    for (List<String> factors :
        List.of(List.of(optimizer), List.of(rate), List.of(optimizer, rate))) {
      int place = own.place(offsets(factors, rate)).orElseThrow();
      Optional<Integer> inFull = over.flatMap(split -> split.place(factors));
      shares.add(
          new Share(
              factors,
              own.share(place),
              own.interval(place),
              inFull
                  .map(at -> OptionalDouble.of(over.get().share(at)))
                  .orElse(OptionalDouble.empty()),
              inFull.map(at -> over.get().interval(at))));
    }
    return Optional.of(
        new FairComparison(
            scale,
            own.levels(optimizer),
            own.levels(FairRuns.OFFSET),
            shares,
            own.intervals.probabilityLarger(
                own.place(List.of(optimizer)).orElseThrow(),
                own.place(List.of(FairRuns.OFFSET)).orElseThrow()),
            own.grid.cells() * own.grid.repeats(),
            own.grid.dropped(),
            over.map(split -> split.grid.dropped()).orElse(List.of()),
            Robustness.of(fair, larger, view, answer.get())));
  }

  private static String name(Landscape landscape, Role role) {
    return landscape.variable(role).map(Variable::name).orElse(role.text());
  }

  private static List<String> offsets(List<String> factors, String rate) {
    return factors.stream().map(factor -> factor.equals(rate) ? FairRuns.OFFSET : factor).toList();
  }

  /// A grid taken apart.
  private record Split(GridView grid, VarianceComponents components, ShareIntervals intervals) {
    static Optional<Split> of(Landscape landscape, View view, long seed) {
      Optional<GridView> grid = GridView.of(landscape, view);
      if (grid.isEmpty()) {
        return Optional.empty();
      }
      VarianceComponents components = VarianceComponents.of(grid.get().grid());
      return components.total() > 0
          ? Optional.of(
              new Split(
                  grid.get(),
                  components,
                  ShareIntervals.of(grid.get().grid(), ShareIntervals.SIMULATIONS, seed)))
          : Optional.empty();
    }

    Optional<Integer> place(List<String> factors) {
      Set<String> named = new HashSet<>(factors);
      return IntStream.range(0, components.effects().size())
          .filter(i -> new HashSet<>(components.effects().get(i).factors()).equals(named))
          .boxed()
          .findFirst();
    }

    double share(int place) {
      return components.share(components.effects().get(place).variance());
    }

    Interval interval(int place) {
      return intervals.effect(place, Claim.CONFIDENCE);
    }

    List<String> levels(String variable) {
      return grid.variables().stream()
          .filter(one -> one.name().equals(variable))
          .findFirst()
          .orElseThrow()
          .levels();
    }
  }

  /// Whether one variable has a larger main effect than another.
  record LargerEffect(String one, String other) implements Question {
    @Override
    public Optional<Boolean> holds(GridView view) {
      VarianceComponents components = VarianceComponents.of(view.grid());
      Optional<Double> first = variance(components, one);
      Optional<Double> second = variance(components, other);
      return first.flatMap(own -> second.map(rival -> own > rival));
    }

    private static Optional<Double> variance(VarianceComponents components, String factor) {
      return components.effects().stream()
          .filter(effect -> effect.factors().equals(List.of(factor)))
          .map(Component::variance)
          .findFirst();
    }
  }
}
