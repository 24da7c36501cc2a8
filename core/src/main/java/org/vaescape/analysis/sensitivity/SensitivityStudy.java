package org.vaescape.analysis.sensitivity;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import org.vaescape.analysis.advice.Advice;
import org.vaescape.analysis.advice.Findings;
import org.vaescape.analysis.agreement.MetricAgreement;
import org.vaescape.analysis.claim.Claim;
import org.vaescape.analysis.failures.Failures;
import org.vaescape.analysis.failures.Unlearned;
import org.vaescape.analysis.korkic2021.Multiverse;
import org.vaescape.analysis.korkic2021.StudyClaim;
import org.vaescape.analysis.korkic2021.StudyClaims;
import org.vaescape.analysis.models.ModelComparison;
import org.vaescape.analysis.noise.SeedNoise;
import org.vaescape.analysis.rates.FairRange;
import org.vaescape.analysis.rates.LearningRates;
import org.vaescape.analysis.rates.UntriedRates;
import org.vaescape.analysis.region.SafeRegion;
import org.vaescape.analysis.region.SmallestLatent;
import org.vaescape.analysis.runs.Design;
import org.vaescape.analysis.runs.Landscape;
import org.vaescape.analysis.runs.RunSet;
import org.vaescape.analysis.runs.Scale;
import org.vaescape.analysis.runs.Scope;
import org.vaescape.analysis.runs.View;
import org.vaescape.analysis.shares.BestRuns;
import org.vaescape.analysis.shares.EffectShare;
import org.vaescape.analysis.shares.ForestImportance;
import org.vaescape.analysis.shares.GridImportance;
import org.vaescape.analysis.shares.RuleEffects;
import org.vaescape.analysis.start.FirstSettings;
import org.vaescape.analysis.user.UserSensitivity;

/// Asks every question of every landscape of a set of runs.
final class SensitivityStudy {
  private final RunSet set;
  private final List<Design> designs = new ArrayList<>();
  private final List<EffectShare> effects = new ArrayList<>();
  private final List<Failures> failures = new ArrayList<>();
  private final List<RuleEffects> failureRules = new ArrayList<>();
  private final List<FairRange> fairRanges = new ArrayList<>();
  private final List<LearningRates> learningRates = new ArrayList<>();
  private final List<UserSensitivity> userSensitivity = new ArrayList<>();
  private final List<SafeRegion> safeRegions = new ArrayList<>();
  private final List<SmallestLatent> smallestLatent = new ArrayList<>();
  private final List<FirstSettings> firstSettings = new ArrayList<>();
  private final List<SeedNoise> noise = new ArrayList<>();
  private final List<ModelComparison> models = new ArrayList<>();
  private final List<MetricAgreement> metricAgreement = new ArrayList<>();
  private final SequencedMap<Scope, List<StudyClaim>> studyClaims = new LinkedHashMap<>();
  private final List<Advice> advice = new ArrayList<>();
  private final List<Claim> claims = new ArrayList<>();

  SensitivityStudy(RunSet set) {
    this.set = set;
  }

  /// Landscapes say nothing of each other, so that they may be asked at once, in any order.
  ///
  /// @param landscapes of the set, in their order
  Sensitivity sensitivity(List<Landscape> landscapes) {
    List<SensitivityStudy> parts =
        landscapes.parallelStream()
            .map(landscape -> {
              SensitivityStudy own = new SensitivityStudy(set);
              own.ask(landscape);
              return own;
            })
            .toList();
    parts.forEach(this::add);
    studyClaims.values().forEach(scored -> scored.forEach(one -> claims.add(one.claim())));
    return new Sensitivity(
        set.name(),
        designs,
        effects,
        failures,
        failureRules,
        fairRanges,
        learningRates,
        userSensitivity,
        safeRegions,
        smallestLatent,
        firstSettings,
        noise,
        models,
        metricAgreement,
        Multiverse.of(studyClaims),
        advice,
        claims);
  }

  private void add(SensitivityStudy part) {
    designs.addAll(part.designs);
    effects.addAll(part.effects);
    failures.addAll(part.failures);
    failureRules.addAll(part.failureRules);
    fairRanges.addAll(part.fairRanges);
    learningRates.addAll(part.learningRates);
    userSensitivity.addAll(part.userSensitivity);
    safeRegions.addAll(part.safeRegions);
    smallestLatent.addAll(part.smallestLatent);
    firstSettings.addAll(part.firstSettings);
    noise.addAll(part.noise);
    models.addAll(part.models);
    metricAgreement.addAll(part.metricAgreement);
    studyClaims.putAll(part.studyClaims);
    advice.addAll(part.advice);
    claims.addAll(part.claims);
  }

  private void ask(Landscape landscape) {
    describe(landscape);
    set.outcomesOf(landscape).forEach(outcome -> importance(landscape, outcome));
    designs.add(Design.of(landscape, withoutShares(landscape)));
    set.rankedOf(landscape).forEach(outcome -> use(landscape, outcome));
    compare(landscape);
    between(landscape);
    claims.replaceAll(claim -> UntriedRates.noted(claim, fairRanges));
    advise(landscape);
  }

  private void describe(Landscape landscape) {
    Failures failed = Failures.of(landscape);
    failures.add(failed);
    failed.claim(landscape).ifPresent(claims::add);
    Unlearned.of(landscape).claim(landscape).ifPresent(claims::add);
  }

  /// Why no outcome has shares of variation; empty where one has.
  private String withoutShares(Landscape landscape) {
    return effects.stream().anyMatch(share -> !share.method().equals(EffectShare.PED_ANOVA))
        ? ""
        : set.outcomesOf(landscape).stream()
            .findFirst()
            .map(outcome -> ForestImportance.reason(landscape, View.of(outcome, Scale.RAW)))
            .orElse("");
  }

  /// On all scales; the claim is made on the logarithm of a loss, since errors differ by factors,
  /// and else on the raw scale.
  private void importance(Landscape landscape, RunSet.Outcome outcome) {
    Optional<GridImportance> headline = Optional.empty();
    List<Scale> scales =
        outcome.lowerIsBetter()
            ? List.of(Scale.LOG, Scale.RAW, Scale.RANK)
            : List.of(Scale.RAW, Scale.LOG, Scale.RANK);
    for (Scale scale : scales) {
      Optional<GridImportance> found = GridImportance.of(set, landscape, View.of(outcome, scale));
      found.ifPresent(importance -> effects.addAll(importance.effects()));
      headline = headline.or(() -> found);
    }
    headline.flatMap(GridImportance::mostImportant).ifPresent(claims::add);
    headline.ifPresent(importance -> claims.addAll(importance.negligible()));
    if (headline.isEmpty()) {
      fitted(landscape, outcome, scales);
    }
  }

  /// On a fitted surface, where runs are no grid.
  private void fitted(Landscape landscape, RunSet.Outcome outcome, List<Scale> scales) {
    List<ForestImportance> found =
        scales.parallelStream()
            .flatMap(scale ->
                ForestImportance.of(
                    landscape, View.of(outcome, scale), set.logarithmic(), set.seed())
                    .stream())
            .toList();
    found.forEach(importance -> effects.addAll(importance.effects()));
    if (!landscape.grid() && outcome.ranked()) {
      effects.addAll(BestRuns.effects(landscape, View.of(outcome, Scale.RANK), set.logarithmic()));
    }
    if (!found.isEmpty()) {
      found.getFirst().mostImportant(found.subList(1, found.size())).ifPresent(claims::add);
    }
  }

  /// What a user of these settings meets.
  private void use(Landscape landscape, RunSet.Outcome outcome) {
    RuleEffects.of(set, landscape, outcome).ifPresent(failureRules::add);
    FairRange.of(landscape, outcome, set.seed())
        .ifPresent(fair -> {
          fairRanges.add(fair);
          claims.add(fair.claim());
        });
    LearningRates.of(landscape, outcome, set.genes()).ifPresent(learningRates::add);
    UserSensitivity.of(landscape, outcome)
        .ifPresent(felt -> {
          userSensitivity.add(felt);
          claims.addAll(felt.claims());
        });
    SafeRegion.of(landscape, outcome)
        .ifPresent(region -> {
          safeRegions.add(region);
          claims.add(region.claim());
        });
    SmallestLatent.of(landscape, outcome)
        .ifPresent(latent -> {
          smallestLatent.add(latent);
          claims.add(latent.claim());
        });
    FirstSettings.of(landscape, outcome)
        .ifPresent(first -> {
          firstSettings.add(first);
          claims.addAll(first.claims());
        });
    SeedNoise.of(landscape, outcome)
        .ifPresent(seeds -> {
          noise.add(seeds);
          claims.addAll(seeds.claims());
        });
  }

  /// Models by the outcomes that settings are chosen by, also by one that they do not share: that
  /// is refused, and the reason is worth reading.
  private void compare(Landscape landscape) {
    for (RunSet.Outcome outcome : set.choosing()) {
      ModelComparison.of(landscape, outcome)
          .ifPresent(compared -> {
            models.add(compared);
            claims.add(compared.claim());
          });
    }
  }

  /// Between outcomes, and what the study of the preset `korkic2021` claims, if that is the
  /// question.
  private void between(Landscape landscape) {
    for (MetricAgreement agreement :
        MetricAgreement.all(
            landscape,
            set.outcomesOf(landscape).stream().filter(RunSet.Outcome::ranked).toList())) {
      metricAgreement.add(agreement);
      claims.add(agreement.claim());
    }
    if (StudyClaims.asked(set.origin(), landscape)) {
      studyClaims.put(
          landscape.scope(),
          StudyClaims.scored(landscape, set.seed()).stream()
              .map(one -> one.with(UntriedRates.noted(one.claim(), fairRanges)))
              .toList());
    }
  }

  /// What all of this comes to.
  private void advise(Landscape landscape) {
    List<Findings> found = new ArrayList<>();
    for (RunSet.Outcome outcome : set.rankedOf(landscape)) {
      found.add(
          Findings.of(
              outcome,
              landscape.scope().text(),
              firstSettings,
              fairRanges,
              userSensitivity,
              safeRegions,
              smallestLatent,
              noise,
              effects));
    }
    advice.addAll(Advice.of(landscape, set.origin(), found, failures.getLast(), claims));
  }
}
