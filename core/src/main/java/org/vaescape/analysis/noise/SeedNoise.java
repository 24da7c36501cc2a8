package org.vaescape.analysis.noise;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import org.vaescape.analysis.Detectable;
import org.vaescape.analysis.DifferenceNoise;
import org.vaescape.analysis.Interval;
import org.vaescape.analysis.OrderingProbability;
import org.vaescape.analysis.RunNoise;
import org.vaescape.analysis.claim.Claim;
import org.vaescape.analysis.runs.CellOutcomes;
import org.vaescape.analysis.runs.Landscape;
import org.vaescape.analysis.runs.Parting;
import org.vaescape.analysis.runs.RunSet;
import org.vaescape.analysis.runs.Scale;
import org.vaescape.analysis.runs.StopPoint;

/// Which differences of an outcome are smaller than what a further seed would change.
///
/// @param scope as [org.vaescape.analysis.runs.Scope#text]
/// @param scale log: deviations are those of the natural logarithm, differences are ratios; raw:
///   both are in units of the outcome
/// @param repeats of each setting
/// @param crossed whether each repeat has a split of its own; what that shifts in all settings of
///   an optimizer alike is then taken off
/// @param optimizers in the order of the runs; one with an empty name where none varied
/// @param twoBest the best setting and the next one; empty where fewer than two learned in every
///   repeat
/// @param runs behind the deviations
public record SeedNoise(
    String scope,
    String metric,
    Scale scale,
    int repeats,
    boolean crossed,
    List<OfOptimizer> optimizers,
    Optional<Separation> twoBest,
    int runs) {
  public SeedNoise {
    optimizers = List.copyOf(optimizers);
  }

  /// Noise of the settings of an optimizer.
  ///
  /// @param settings that learned in every repeat
  /// @param deviation of a single run from the mean of its setting
  /// @param degrees of freedom of its square, 0 where there is none
  /// @param interval of the deviation, 95 %, for normal noise
  /// @param limit difference of the means of two such settings up to which it is within noise: a
  ///   two-sided t-test of level .05 finds none
  /// @param smallest true difference of two such settings that these repeats find 4 times of 5:
  ///   larger, as a true difference is measured as smaller every other time
  /// @param smallestInterval of that, 95 %, from the interval of the deviation
  /// @param reason why something is empty; empty if nothing is
  public record OfOptimizer(
      String optimizer,
      int settings,
      OptionalDouble deviation,
      double degrees,
      Optional<Interval> interval,
      OptionalDouble limit,
      OptionalDouble smallest,
      Optional<Interval> smallestInterval,
      String reason) {}

  /// Of each of the two best settings, that are likely to tell them apart: more than there are, as
  /// these do not; empty where [Separation#MOST_REPEATS] would not, or noise is not known.
  public OptionalInt repeatsToRun() {
    OptionalInt needed = twoBest.map(Separation::needed).orElse(OptionalInt.empty());
    return needed.isPresent() ? OptionalInt.of(Math.max(needed.getAsInt(), repeats + 1)) : needed;
  }

  /// Empty where no run learned.
  public static Optional<SeedNoise> of(Landscape landscape, RunSet.Outcome outcome) {
    CellOutcomes outcomes = CellOutcomes.of(landscape, outcome, StopPoint.STOP);
    if (outcomes.cells().stream().allMatch(cell -> Double.isNaN(cell.meanWhereLearned()))) {
      return Optional.empty();
    }
    CellNoise noise = CellNoise.of(outcomes);
    List<OfOptimizer> optimizers = new ArrayList<>();
    for (CellNoise.Group group : noise.groups()) {
      optimizers.add(ofOptimizer(outcomes, group));
    }
    return Optional.of(
        new SeedNoise(
            landscape.scope().text(),
            outcome.metric(),
            outcomes.scale(),
            outcomes.repeats(),
            landscape.crossed(),
            optimizers,
            twoBest(outcomes, noise),
            outcomes.learned().size() * outcomes.repeats()));
  }

  private static OfOptimizer ofOptimizer(CellOutcomes outcomes, CellNoise.Group group) {
    int settings = group.cells().size();
    Optional<RunNoise> noise = group.noise();
    if (noise.isEmpty()) {
      return new OfOptimizer(
          group.optimizer(),
          settings,
          OptionalDouble.empty(),
          0,
          Optional.empty(),
          OptionalDouble.empty(),
          OptionalDouble.empty(),
          Optional.empty(),
          settings == 0
              ? "no setting learned in every repeat"
              : outcomes.repeats() == 1
                  ? Claim.ONE_REPEAT
                  : "one setting learned in every repeat, so that noise and split cannot be told apart");
    }
    double tail = (1 - Claim.CONFIDENCE) / 2;
    double low = noise.get().upper(tail, outcomes.repeats()).deviation();
    double high = noise.get().upper(1 - tail, outcomes.repeats()).deviation();
    double deviation = noise.get().deviation();
    DifferenceNoise difference = new DifferenceNoise.Shared(noise.get());
    int repeats = outcomes.repeats();
    double limit =
        OrderingProbability.of(0, repeats, 0, repeats, difference)
            .interval(1 - Separation.LEVEL)
            .high();
    double smallest =
        new Detectable(difference, Separation.LEVEL, Separation.POWER)
            .smallest(outcomes.repeats())
            .difference();
    double perDeviation = deviation == 0 ? 0 : smallest / deviation;
    return new OfOptimizer(
        group.optimizer(),
        settings,
        OptionalDouble.of(deviation),
        group.degrees(),
        Optional.of(new Interval(low, high)),
        OptionalDouble.of(outcomes.worse(limit)),
        OptionalDouble.of(outcomes.worse(smallest)),
        Optional.of(
            new Interval(outcomes.worse(perDeviation * low), outcomes.worse(perDeviation * high))),
        "");
  }

  /// The best two on the repeats that choose; with a single repeat they are named, not compared.
  private static Optional<Separation> twoBest(CellOutcomes outcomes, CellNoise noise) {
    int[] choosing = Parting.of(outcomes.repeats()).choosing();
    List<CellOutcomes.Cell> best =
        outcomes.learned().stream()
            .sorted(Comparator.comparingDouble(cell -> cell.mean(choosing)))
            .limit(2)
            .toList();
    return best.size() < 2
        ? Optional.empty()
        : Optional.of(Separation.of(outcomes, noise, best.get(0), best.get(1)));
  }

  /// Noise as a claim, if there are repeats, and whether the best setting is told from the next
  /// one.
  public List<Claim> claims() {
    return new NoiseClaims(this).all();
  }
}
