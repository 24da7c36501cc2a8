package org.vaescape.analysis.sensitivity;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/// What Korkic 2021 says of the hyper-parameters of variational autoencoders, each claim scored by
/// itself: ids begin with `korkic2021/`.
///
/// Within a model losses are those of its own reconstruction, `val_reconstruction`; of all models
/// together the mean squared error, `val_mse`. A claim is made where its levels were tried.
/// Settings that did not learn are worse than any that did.
public final class StudyClaims {
  /// In the order in which they are worth reading.
  private static final List<Function<StudyCase, Optional<StudyClaim>>> ALL =
      List.of(
          ShareClaims::optimizerMostImportant,
          OptimizerClaims::bothBest,
          TuningClaim::of,
          OptimizerClaims::slightlyBetter,
          OptimizerClaims::decent,
          study -> RateClaims.best(study, 0.001),
          study -> RateClaims.best(study, 0.01),
          LatentClaims::lowerFavoured,
          ShareClaims::latentAloneChangesLittle,
          EpochClaims::moreWithLatent,
          EpochClaims::range,
          FailureClaims::rmspropAtTenth,
          FailureClaims::iwaeAtLowRates,
          FailureClaims::logCoshAtLowRates,
          MemoryClaim::of);

  private StudyClaims() {}

  /// What the runs of one scope say of the claims of the study.
  public static List<Claim> of(Landscape landscape, long seed) {
    return scored(landscape, seed).stream().map(StudyClaim::claim).toList();
  }

  /// The same, with whether each claim holds.
  public static List<StudyClaim> scored(Landscape landscape, long seed) {
    StudyCase study = StudyCase.of(landscape, seed);
    return ALL.stream().flatMap(claim -> claim.apply(study).stream()).toList();
  }
}
