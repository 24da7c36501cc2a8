package org.vaescape.study;

import java.util.function.BooleanSupplier;

/// Works through trials and keeps every result.
public interface TrialRunner {

  /// Trains the trials, several at once and in an order of its own, on which no result depends;
  /// those that no other process trains, and waits for the others.
  ///
  /// A trial that ends badly is a result like any other. When this returns or throws, every trial
  /// is in the store whole or not at all, and none is being trained.
  ///
  /// @param listener is told from several threads
  /// @param cancelled asked often; once true, trials at work are given up at their next batch
  /// @throws org.vaescape.UserError if the study cannot go on, such as on a full disk
  RunSummary run(
      Remaining trials, TrialStore store, StudyListener listener, BooleanSupplier cancelled);
}
