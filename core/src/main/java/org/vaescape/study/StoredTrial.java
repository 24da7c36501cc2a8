package org.vaescape.study;

/// A trial as a store gives it back.
///
/// @param digest the [TrialDigest] of what was saved; empty where an earlier version of the store
///   kept none
public record StoredTrial(FinishedTrial trial, String digest) {

  /// Whether the store says of the trial what was saved, as far as that is known.
  public boolean isAsSaved() {
    return digest.isEmpty() || digest.equals(TrialDigest.of(trial));
  }
}
