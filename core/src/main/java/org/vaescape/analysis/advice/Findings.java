package org.vaescape.analysis.advice;

import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.vaescape.analysis.noise.SeedNoise;
import org.vaescape.analysis.noise.SeedTolerance;
import org.vaescape.analysis.rates.FairRange;
import org.vaescape.analysis.rates.UntriedRates;
import org.vaescape.analysis.region.SafeRegion;
import org.vaescape.analysis.region.SmallestLatent;
import org.vaescape.analysis.runs.Role;
import org.vaescape.analysis.runs.RunSet;
import org.vaescape.analysis.runs.Variable;
import org.vaescape.analysis.shares.EffectShare;
import org.vaescape.analysis.start.FirstSettings;
import org.vaescape.analysis.user.UserSensitivity;

/// What is known of one outcome of a landscape.
///
/// @param effects shares of variation of it, on all scales
public record Findings(
    RunSet.Outcome outcome,
    Optional<FirstSettings> first,
    Optional<FairRange> fairRange,
    Optional<UserSensitivity> felt,
    Optional<SafeRegion> region,
    Optional<SmallestLatent> latent,
    Optional<SeedNoise> noise,
    List<EffectShare> effects) {
  public Findings {
    effects = List.copyOf(effects);
  }

  String metric() {
    return outcome.metric();
  }

  /// What a study found of one outcome of a scope, among all that it found.
  public static Findings of(
      RunSet.Outcome outcome,
      String scope,
      List<FirstSettings> first,
      List<FairRange> fairRanges,
      List<UserSensitivity> felt,
      List<SafeRegion> regions,
      List<SmallestLatent> latent,
      List<SeedNoise> noise,
      List<EffectShare> effects) {
    String metric = outcome.metric();
    return new Findings(
        outcome,
        own(first, one -> one.scope().equals(scope) && one.metric().equals(metric)),
        own(fairRanges, one -> one.scope().equals(scope) && one.metric().equals(metric)),
        own(felt, one -> one.scope().equals(scope) && one.metric().equals(metric)),
        own(regions, one -> one.scope().equals(scope) && one.metric().equals(metric)),
        own(latent, one -> one.scope().equals(scope) && one.metric().equals(metric)),
        own(noise, one -> one.scope().equals(scope) && one.metric().equals(metric)),
        effects.stream()
            .filter(one -> one.scope().equals(scope) && one.metric().equals(metric))
            .toList());
  }

  private static <T> Optional<T> own(List<T> all, Predicate<T> own) {
    return all.stream().filter(own).findFirst();
  }

  /// Seed noise in a difference of two settings, each a mean over all repeats: 2 standard errors,
  /// on the scale of the region; empty where repeats do not tell it.
  Optional<Double> width() {
    return region.flatMap(known ->
        known.deviation().isPresent() && first.isPresent()
            ? Optional.of(
                SeedTolerance.STANDARD_ERRORS
                    * known.deviation().getAsDouble()
                    * Math.sqrt(2.0 / first.get().repeats()))
            : Optional.empty());
  }

  /// Whether the region is one that other repeats found safe as well.
  boolean safe() {
    return region.filter(known -> known.coverage().orElse(0) >= SafeRegion.SAFE).isPresent();
  }

  /// What speaks against a choice of the optimizer, as [UntriedRates#doubt]; none of anything else.
  ///
  /// @param kept optimizer that is chosen; empty if none is yet
  List<String> untriedRates(String variable, String kept) {
    return Role.OPTIMIZER.is(variable)
        ? fairRange.map(fair -> UntriedRates.doubt(fair.best(), kept)).stream()
            .filter(doubt -> !doubt.isEmpty())
            .toList()
        : List.of();
  }

  /// The same in a few words; empty if nothing does.
  String briefOfRates(String variable, String kept) {
    return Role.OPTIMIZER.is(variable)
        ? fairRange.map(fair -> UntriedRates.brief(fair.best(), kept)).orElse("")
        : "";
  }

  /// Levels of the region, if there is one.
  Optional<SafeRegion.Side> side(Variable variable) {
    return region.flatMap(known ->
        known.sides().stream().filter(side -> side.variable().equals(variable.name())).findFirst());
  }
}
