package org.vaescape.analysis.sensitivity;

import java.util.List;
import org.vaescape.analysis.advice.Advice;
import org.vaescape.analysis.agreement.MetricAgreement;
import org.vaescape.analysis.claim.Claim;
import org.vaescape.analysis.failures.Failures;
import org.vaescape.analysis.korkic2021.Multiverse;
import org.vaescape.analysis.models.ModelComparison;
import org.vaescape.analysis.noise.SeedNoise;
import org.vaescape.analysis.rates.FairRange;
import org.vaescape.analysis.rates.LearningRates;
import org.vaescape.analysis.region.SafeRegion;
import org.vaescape.analysis.region.SmallestLatent;
import org.vaescape.analysis.runs.Design;
import org.vaescape.analysis.runs.Landscape;
import org.vaescape.analysis.runs.RunSet;
import org.vaescape.analysis.shares.EffectShare;
import org.vaescape.analysis.shares.RuleEffects;
import org.vaescape.analysis.start.FirstSettings;
import org.vaescape.analysis.user.UserSensitivity;

/// Everything that the runs of a study say about its hyper-parameters: what `sensitivity.json`
/// holds. Each statistic is described in docs/method.md under the name of its field.
///
/// @param study name of the study or table
/// @param effects shares of variation, by landscape, outcome and scale
/// @param failures of each landscape
/// @param failureRules effects under each way to count failed runs, by landscape and outcome
/// @param claims sentences with their evidence, in the order in which they are worth reading
/// @param advice what to do, each with the claims that it rests on
public record Sensitivity(
    String study,
    List<Design> designs,
    List<EffectShare> effects,
    List<Failures> failures,
    List<RuleEffects> failureRules,
    List<FairRange> fairRanges,
    List<LearningRates> learningRates,
    List<UserSensitivity> userSensitivity,
    List<SafeRegion> safeRegions,
    List<SmallestLatent> smallestLatent,
    List<FirstSettings> firstSettings,
    List<SeedNoise> noise,
    List<ModelComparison> models,
    List<MetricAgreement> metricAgreement,
    List<Multiverse> multiverse,
    List<Advice> advice,
    List<Claim> claims) {

  public Sensitivity {
    designs = List.copyOf(designs);
    effects = List.copyOf(effects);
    failures = List.copyOf(failures);
    failureRules = List.copyOf(failureRules);
    fairRanges = List.copyOf(fairRanges);
    learningRates = List.copyOf(learningRates);
    userSensitivity = List.copyOf(userSensitivity);
    safeRegions = List.copyOf(safeRegions);
    smallestLatent = List.copyOf(smallestLatent);
    firstSettings = List.copyOf(firstSettings);
    noise = List.copyOf(noise);
    models = List.copyOf(models);
    metricAgreement = List.copyOf(metricAgreement);
    multiverse = List.copyOf(multiverse);
    advice = List.copyOf(advice);
    claims = List.copyOf(claims);
  }

  /// Equal runs and seeds give equal bits.
  public static Sensitivity of(RunSet set) {
    return of(set, set.landscapes());
  }

  /// The same of landscapes that are there already.
  ///
  /// @param landscapes of the set, in their order
  public static Sensitivity of(RunSet set, List<Landscape> landscapes) {
    return new SensitivityStudy(set).sensitivity(landscapes);
  }
}
