package org.vaescape.cli.isolated;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import org.vaescape.UserError;
import org.vaescape.study.FinishedTrial;
import org.vaescape.study.MachineMemory;
import org.vaescape.study.SplitKey;
import org.vaescape.study.Status;
import org.vaescape.study.StudySession;
import org.vaescape.study.TrainedTrial;
import org.vaescape.study.Trial;
import org.vaescape.study.TrialTrainer;
import org.vaescape.train.TrainingMonitor;

/// Trains each trial in another process, so that a crash there costs that trial alone; results are
/// those of the session's own trainer to the last bit.
///
/// A process trains one trial after another, and one that died is replaced: there are as many as
/// trials are trained at once. They read the data again, which the cache makes cheap.
public final class IsolatedTrainer implements TrialTrainer, AutoCloseable {
  /// Tries to start a process for a trial. Whatever kills a process before that has begun to train
  /// is not the trial's.
  private static final int STARTS = 3;

  private final TrialTrainer own;
  private final String study;
  private final long processBytes = processBytes();
  private final Deque<WorkerProcess> idle = new ArrayDeque<>(); // guarded by this

  /// @param session whose trials are trained; stays open until this is closed
  public IsolatedTrainer(StudySession session) {
    this.own = session.trainer();
    this.study = session.study().yaml();
  }

  /// About how many bytes a process takes beside its trial: as many as this one, which has read the
  /// same data and loaded the same libraries.
  public static long processBytes() {
    return MachineMemory.ownBytes();
  }

  /// With the process, which computes for itself what trials of a split could share.
  @Override
  public long memoryBytes(Trial trial) {
    return processBytes + own.memoryBytes(trial) + own.bytesOnce(trial);
  }

  @Override
  public SplitKey split(Trial trial) {
    return own.split(trial);
  }

  @Override
  public double operations(Trial trial) {
    return own.operations(trial);
  }

  @Override
  public FinishedTrial withoutResult(Trial trial, Status status, String message, double seconds) {
    return own.withoutResult(trial, status, message, seconds);
  }

  @Override
  public Optional<TrainedTrial> train(Trial trial, TrainingMonitor monitor) {
    long begin = System.nanoTime();
    for (int start = 1; ; start++) {
      WorkerProcess process = take();
      boolean goesOn = false;
      try {
        WorkerProcess.Outcome outcome = process.train(trial, monitor);
        switch (outcome) {
          case WorkerProcess.Outcome.Trained trained -> {
            goesOn = true;
            return Optional.of(trained.result());
          }
          case WorkerProcess.Outcome.Cancelled _ -> {
            return Optional.empty();
          }
          case WorkerProcess.Outcome.Died died -> {
            if (monitor.cancelled()) {
              return Optional.empty();
            }
            if (died.training()) {
              double seconds = (System.nanoTime() - begin) / 1e9;
              return Optional.of(
                  new TrainedTrial(
                      withoutResult(trial, died.end().status(), died.end().message(), seconds),
                      Optional.empty()));
            }
            if (start == STARTS) {
              throw new UserError(
                  "a process for trials ended %s times before it had begun to train, the last time so: %s; run the same command again, it goes on where it stopped, or leave out --isolate"
                      .formatted(STARTS, died.end().message()));
            }
          }
        }
      } finally {
        if (goesOn) {
          giveBack(process);
        } else {
          process.close();
        }
      }
    }
  }

  private WorkerProcess take() {
    synchronized (this) {
      if (!idle.isEmpty()) {
        return idle.pop();
      }
    }
    return WorkerProcess.start(study);
  }

  private synchronized void giveBack(WorkerProcess process) {
    idle.push(process);
  }

  /// Ends all processes; no trial may be at work.
  @Override
  public synchronized void close() {
    idle.forEach(WorkerProcess::close);
    idle.clear();
  }
}
