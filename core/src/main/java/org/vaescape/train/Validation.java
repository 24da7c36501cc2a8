package org.vaescape.train;

/// How the losses of validation are taken, which stopping rules and schedulers look at.
///
/// @param meanLatent decode the mean of the posterior instead of a sample of it
/// @param likeEltager as the code of Eltager et al. 2023 (meltager/vae_benchmark): a last
///   incomplete batch is kept whatever training does, all batches count alike whatever their size,
///   and what depends on the number of samples takes that of the part itself
/// @param klOverSamples whether the KL's weight is a batch's share of the samples, which then
///   depends on their number
public record Validation(boolean meanLatent, boolean likeEltager, boolean klOverSamples) {
  public static final Validation SAMPLED = new Validation(false, false, false);
  public static final Validation MEAN = new Validation(true, false, false);

  public Validation {
    klOverSamples = klOverSamples && likeEltager;
  }

  /// The same where there is no KL to weigh.
  Validation withoutKl() {
    return new Validation(meanLatent, likeEltager, false);
  }
}
