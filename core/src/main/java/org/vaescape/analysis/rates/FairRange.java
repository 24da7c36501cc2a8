package org.vaescape.analysis.rates;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Collectors;
import org.vaescape.analysis.claim.Claim;
import org.vaescape.analysis.runs.Landscape;
import org.vaescape.analysis.runs.Role;
import org.vaescape.analysis.runs.Run;
import org.vaescape.analysis.runs.RunSet;
import org.vaescape.analysis.runs.SimulationSeed;
import org.vaescape.analysis.runs.Variable;

/// Whether the optimizer matters as much as it seems where each optimizer has learning rates that
/// suit it.
///
/// An optimizer whose rates were all too low looks worse than it is. Here each is looked at within
/// one decade of its own best rate. The best rate of a repeat comes from the other repeats
/// (cross-fitting: Chernozhukov and others 2018, The Econometrics Journal 21:C1): chosen by the
/// same losses that are then taken apart, it would have a low loss also by luck.
///
/// @param scope as [org.vaescape.analysis.runs.Scope#text]
/// @param runs of the scope
/// @param best rate of each optimizer that was tried
/// @param comparison empty where it is not estimable
/// @param reason why it is empty: `not estimable, ...`; empty if it is not
public record FairRange(
    String scope,
    String metric,
    int runs,
    List<BestRate> best,
    Optional<FairComparison> comparison,
    String reason) {
  private static final String NOT = "not estimable, ";

  public FairRange {
    best = List.copyOf(best);
  }

  /// The fair range of a landscape whose variables include an optimizer and a numeric learning
  /// rate; empty of any other.
  ///
  /// @param seed of simulations
  public static Optional<FairRange> of(Landscape landscape, RunSet.Outcome outcome, long seed) {
    List<TriedRates> tried = TriedRates.of(landscape, outcome);
    if (tried.isEmpty()) {
      return Optional.empty();
    }
    List<BestRate> best = tried.stream().map(one -> one.best(landscape.repeats())).toList();
    String hindrance = hindrance(landscape, best);
    return Optional.of(
        hindrance.isEmpty()
            ? compared(landscape, outcome, tried, best, seed)
            : without(landscape, outcome, best, NOT + hindrance));
  }

  /// What speaks against a comparison before it is tried; empty if nothing does.
  private static String hindrance(Landscape landscape, List<BestRate> best) {
    List<BestRate> learned = best.stream().filter(one -> one.learned() > 0).toList();
    String extend =
        learned.stream()
            .filter(BestRate::edge)
            .map(BestRate::advice)
            .collect(Collectors.joining("; "));
    if (learned.size() < 2) {
      return learned.isEmpty()
          ? "no run learned"
          : "only %s learned, which leaves nothing to compare"
              .formatted(learned.getFirst().optimizer());
    }
    if (landscape.repeats().size() < 2) {
      return "one seed: a best learning rate cannot be taken from other repeats"
          + (extend.isEmpty() ? "" : "; on this one, " + extend);
    }
    if (!extend.isEmpty()) {
      return extend + ": a best learning rate at an edge of what was tried may not be the best";
    }
    return learned.stream()
        .filter(one -> one.crossFitted().stream().anyMatch(rate -> rate.isNaN()))
        .findFirst()
        .map(one ->
            "%s learned in one repeat only, so that no other repeat can tell its best learning rate"
                .formatted(one.optimizer()))
        .orElse(landscape.grid() ? "" : "too few of all combinations of levels were tried");
  }

  private static FairRange compared(
      Landscape landscape,
      RunSet.Outcome outcome,
      List<TriedRates> tried,
      List<BestRate> best,
      long seed) {
    List<TriedRates> rates = new ArrayList<>();
    List<BestRate> centers = new ArrayList<>();
    for (int i = 0; i < best.size(); i++) {
      if (best.get(i).learned() > 0) {
        rates.add(tried.get(i));
        centers.add(best.get(i));
      }
    }
    FairRuns fair = FairRuns.of(rates, centers, landscape.repeats());
    if (fair.offsets().size() < 2) {
      return without(
          landscape,
          outcome,
          best,
          NOT
              + "no other learning rate within one decade of the best was tried at the same distance with every optimizer");
    }
    List<String> names = rates.stream().map(TriedRates::optimizer).toList();
    Variable optimizers = landscape.variable(Role.OPTIMIZER).orElseThrow();
    List<Run> full =
        landscape.runs().stream()
            .filter(run -> names.contains(optimizers.levels().get(optimizers.level(run))))
            .toList();
    Optional<FairComparison> comparison =
        FairComparison.of(
            landscape.with(fair.runs()),
            landscape.with(full),
            outcome,
            SimulationSeed.of(seed, landscape.scope().text(), outcome.metric()));
    return comparison.isPresent()
        ? new FairRange(
            landscape.scope().text(),
            outcome.metric(),
            landscape.runs().size(),
            best,
            comparison,
            "")
        : without(
            landscape,
            outcome,
            best,
            NOT
                + "what failed near the best learning rates leaves no two optimizers with two learning rates in common");
  }

  private static FairRange without(
      Landscape landscape, RunSet.Outcome outcome, List<BestRate> best, String reason) {
    return new FairRange(
        landscape.scope().text(),
        outcome.metric(),
        landscape.runs().size(),
        best,
        Optional.empty(),
        reason);
  }

  /// Whether the optimizer still accounts for more than the learning rate.
  public Claim claim() {
    Claim claim =
        new Claim(
            "fair-range/" + scope + "/" + metric,
            new FairWords(this).sentence(),
            metric,
            scope,
            comparison
                .map(found -> OptionalDouble.of(found.optimizer().fair()))
                .orElse(OptionalDouble.empty()),
            comparison.map(found -> found.optimizer().fairInterval()),
            comparison
                .map(found -> OptionalDouble.of(found.probability()))
                .orElse(OptionalDouble.empty()),
            comparison.map(FairComparison::trials).orElse(runs),
            comparison
                .map(found -> Claim.Verdict.of(found.probability()))
                .orElse(Claim.Verdict.UNDECIDED),
            comparison.map(found -> found.robustness().overturnedBy()).orElse(List.of()),
            reason);
    Claim said = claim.asFound();
    return comparison.map(found -> said.tried(found.robustness())).orElse(said);
  }
}
