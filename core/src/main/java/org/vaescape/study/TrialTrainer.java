package org.vaescape.study;

import java.util.Optional;
import org.vaescape.train.TrainingMonitor;

/// Trains one trial at a time; called from several threads.
public interface TrialTrainer {

  /// An estimate of the bytes that training this trial takes, beside what trials share.
  long memoryBytes(Trial trial);

  /// An estimate of the bytes beside these that one of the trials of its split takes once, for what
  /// all of them are compared with, while others of the split wait for it; 0 when that is there.
  /// Does not wait.
  default long bytesOnce(Trial trial) {
    return 0;
  }

  /// The data that a trial trains on. Trials of one split should follow each other.
  SplitKey split(Trial trial);

  /// About how many floating-point operations training takes if nothing stops it before its last
  /// epoch: to compare trials of one study by.
  double operations(Trial trial);

  /// Trains a trial to its end; equal trials give equal bits.
  ///
  /// @return empty if the monitor cancelled it
  /// @throws org.vaescape.UserError if no trial of the study can be trained
  Optional<TrainedTrial> train(Trial trial, TrainingMonitor monitor);

  /// The record of a trial that ended without having trained.
  ///
  /// @param message one sentence
  /// @param seconds that it took until then
  FinishedTrial withoutResult(Trial trial, Status status, String message, double seconds);

  /// The record of a trial whose training threw. One trial's end is not the study's, whatever it
  /// died of.
  default FinishedTrial failed(Trial trial, Throwable failure, double seconds) {
    String text = NativeFailures.text(failure);
    return NativeFailures.isOutOfMemory(failure)
        ? withoutResult(
            trial, Status.OUT_OF_MEMORY, "memory ran out while it was trained: " + text, seconds)
        : withoutResult(trial, Status.FAILED, text, seconds);
  }
}
