package org.vaescape.analysis.korkic2021;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import org.vaescape.analysis.runs.Landscape;
import org.vaescape.analysis.runs.Role;
import org.vaescape.analysis.runs.RunSet;

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

  /// The models of the study.
  private static final Set<String> MODELS = Set.of("vae", "iwae", "infovae", "logcosh-vae");

  private StudyClaims() {}

  /// Whether runs ask what the study asked: its models, trained by one of its presets, or by a
  /// study that varied learning rate, latent size and optimizer. Nobody else's columns of these
  /// names are held against it.
  public static boolean asked(RunSet.Origin origin, Landscape landscape) {
    boolean models =
        landscape.runs().stream().allMatch(run -> MODELS.contains(run.setting(Role.MODEL)));
    return models
        && switch (origin) {
          case PRESET -> true;
          case STUDY ->
              Stream.of(StudyCase.RATE, StudyCase.LATENT, StudyCase.OPTIMIZER)
                  .allMatch(name -> landscape.variable(name).isPresent());
          case TABLE -> false;
        };
  }

  /// The same, with whether each claim holds.
  public static List<StudyClaim> scored(Landscape landscape, long seed) {
    StudyCase study = StudyCase.of(landscape, seed);
    return ALL.stream().flatMap(claim -> claim.apply(study).stream()).toList();
  }
}
