package org.vaescape.study;

/// Who watches as much of a study as it overrides; called on the threads that train and on the one
/// that stores, several at once.
public interface StudyListener {
  /// Watches nothing.
  StudyListener NONE = new StudyListener() {};

  /// Training begins. Not called for a trial that is refused for its memory.
  default void started(Trial trial) {}

  /// An epoch has ended.
  default void epoch(Trial trial, FinishedTrial.Epoch epoch) {}

  /// Training has ended, well or badly or given up. What it gave, if anything, is on its way to the
  /// store.
  default void trained(Trial trial) {}

  /// The result is in the store.
  default void finished(Trial trial, FinishedTrial result) {}

  /// Another process has stored a result meanwhile, and the trial is not trained here.
  default void finishedElsewhere(Trial trial, FinishedTrial result) {}

  /// Nothing is left but trials that other processes train, and the run waits for those. Told once.
  default void waitsForOthers(int trials) {}
}
