package org.vaescape.study;

/// A trial as a store gives it back.
///
/// @param digest the [TrialDigest] of what was saved; empty where an earlier version of the store
///   kept none
public record StoredTrial(FinishedTrial trial, String digest) {
  /// What no version said of a trial that kept no digests.
  private static final String SINCE_DIGESTS = "content of data.matrix";

  /// Whether the store says of the trial what was saved, as far as that is known.
  public boolean isAsSaved() {
    return isOfEarlierVersion() || digest.equals(TrialDigest.of(trial));
  }

  /// Whether the trial was saved without a digest, so that nothing tells whether it was changed.
  public boolean isOfEarlierVersion() {
    return digest.isEmpty() && !trial.provenance().containsKey(SINCE_DIGESTS);
  }
}
