package org.vaescape.study;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.vaescape.UserError;
import org.vaescape.train.TrainingMonitor;

/// Trains on threads of this process, each trial on one of them, and keeps results on another.
///
/// Which trial goes first is up to [TrialQueue], and no result depends on it.
public final class LocalTrialRunner implements TrialRunner {
  /// Results that may wait for the disk: more than it ever is behind, and few enough for memory,
  /// since each may hold tens of megabytes of weights.
  private static final int WAITING_FOR_EACH_WORKER = 2;

  private final TrialTrainer trainer;
  private final KeptWeights weights;
  private final RunOptions options;
  private final LongSupplier nanoTime;

  /// @param models folder for kept weights
  /// @param nanoTime a clock, as [System#nanoTime]
  public LocalTrialRunner(
      TrialTrainer trainer,
      Path models,
      Study.KeepWeights keepWeights,
      RunOptions options,
      LongSupplier nanoTime) {
    this.trainer = trainer;
    this.weights = new KeptWeights(models, keepWeights);
    this.options = options;
    this.nanoTime = nanoTime;
  }

  @Override
  public RunSummary run(
      Remaining trials, TrialStore store, StudyListener listener, BooleanSupplier cancelled) {
    return new Run(trials, store, listener, cancelled).run();
  }

  /// One run and what its threads share.
  private final class Run {
    private final StudyListener listener;
    private final BooleanSupplier cancelled;
    private final MemoryBudget memory = new MemoryBudget(options.memoryBytes());
    private final TrialQueue waiting;
    private final TrialKeeper keeper;
    private final HeapGarbage garbage = HeapGarbage.ofProcess();
    private final AtomicReference<@Nullable Throwable> broken = new AtomicReference<>();
    private final long start = nanoTime.getAsLong();
    private volatile boolean interrupted;

    Run(Remaining trials, TrialStore store, StudyListener listener, BooleanSupplier cancelled) {
      this.listener = listener;
      this.cancelled = cancelled;
      this.waiting = new TrialQueue(trials, options.maxTrials(), trainer, memory, store, listener);
      this.keeper =
          TrialKeeper.start(
              weights,
              store,
              listener,
              WAITING_FOR_EACH_WORKER * Math.clamp(trials.size(), 1, options.workers()),
              this::breakOff);
    }

    RunSummary run() {
      int count = Math.min(options.workers(), waiting.size());
      List<Thread> workers = new ArrayList<>();
      try {
        for (int i = 0; i < count; i++) {
          workers.add(Thread.ofPlatform().name("worker-" + i).start(this::work));
        }
      } catch (OutOfMemoryError e) { // which is what the system's limit of threads looks like
        breakOff(e);
      }
      workers.forEach(worker -> finish(worker::join));
      finish(keeper::close);
      Throwable cause = broken.get();
      if (cause instanceof UserError error) {
        throw error;
      }
      if (cause instanceof OutOfMemoryError error) {
        throw error;
      }
      if (cause != null) {
        throw new IllegalStateException(cause);
      }
      return new RunSummary(
          keeper.finished(),
          weights.missing(keeper.chosen()),
          interrupted || cancelled.getAsBoolean());
    }

    private interface Wait {
      void run() throws InterruptedException;
    }

    /// Waits to the end; if this thread is interrupted, tells the workers and still waits.
    private void finish(Wait wait) {
      boolean done = false;
      while (!done) {
        try {
          wait.run();
          done = true;
        } catch (InterruptedException e) {
          interrupted = true;
        }
      }
    }

    private void work() {
      try {
        Optional<TrialQueue.Admitted> next = next();
        while (next.isPresent()) {
          work(next.get());
          next = next();
        }
      } catch (Throwable e) {
        breakOff(e);
        if (e instanceof InterruptedException) {
          Thread.currentThread().interrupt();
        }
      }
    }

    /// Whatever it is, the study cannot go on; the thread that called run throws it.
    private void breakOff(Throwable cause) {
      broken.compareAndSet(null, cause);
    }

    private Optional<TrialQueue.Admitted> next() throws InterruptedException {
      return waiting.next(() -> giveUp() || timeIsUp());
    }

    private boolean giveUp() {
      return interrupted || cancelled.getAsBoolean() || broken.get() != null;
    }

    private boolean timeIsUp() {
      Duration limit = options.timeLimit();
      return limit != null && nanoTime.getAsLong() - start >= limit.toNanos();
    }

    private void work(TrialQueue.Admitted admitted) throws InterruptedException {
      Trial trial = admitted.trial();
      if (!memory.everFits(admitted.bytes())) {
        String refusal = memory.refusal(admitted.bytes());
        keeper.keep(trial, without(trial, Status.OUT_OF_MEMORY, refusal, 0), admitted.claim());
        return;
      }
      listener.started(trial);
      Optional<TrainedTrial> ended = Optional.empty();
      try {
        ended = train(trial);
        if (ended.isPresent()) {
          // Before its memory is given back: its weights take some of it while too many wait.
          keeper.keep(trial, ended.get(), admitted.claim());
        }
      } finally {
        if (ended.isEmpty()) {
          admitted.claim().close();
        }
        waiting.giveBack(admitted);
        garbage.collectMuch();
        listener.trained(trial);
      }
    }

    private Optional<TrainedTrial> train(Trial trial) {
      long begin = nanoTime.getAsLong();
      try {
        return trainer.train(trial, monitor(trial));
      } catch (UserError e) {
        throw e;
      } catch (Throwable e) {
        double seconds = (nanoTime.getAsLong() - begin) / 1e9;
        return Optional.of(new TrainedTrial(trainer.failed(trial, e, seconds), Optional.empty()));
      }
    }

    private TrainedTrial without(Trial trial, Status status, String message, double seconds) {
      return new TrainedTrial(
          trainer.withoutResult(trial, status, message, seconds), Optional.empty());
    }

    private TrainingMonitor monitor(Trial trial) {
      return new TrainingMonitor() {
        @Override
        public void epoch(int number, SequencedMap<String, Double> terms) {
          listener.epoch(trial, new FinishedTrial.Epoch(number, terms));
        }

        @Override
        public boolean cancelled() {
          return giveUp();
        }
      };
    }
  }
}
