package org.vaescape.study;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.vaescape.UserError;
import org.vaescape.train.TrainingMonitor;

/// Trains on threads of this process, each trial on one of them.
public final class LocalTrialRunner implements TrialRunner {
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
      List<Trial> trials, TrialStore store, StudyListener listener, BooleanSupplier cancelled) {
    return new Run(trials, store, listener, cancelled).run();
  }

  /// One run and what its threads share.
  private final class Run {
    private final TrialStore store;
    private final StudyListener listener;
    private final BooleanSupplier cancelled;
    private final Deque<Trial> waiting;
    private final MemoryBudget memory = new MemoryBudget(options.memoryBytes());
    private final Map<String, FinishedTrial> stored = new LinkedHashMap<>();
    private final AtomicInteger finished = new AtomicInteger();
    private final AtomicReference<@Nullable Throwable> broken = new AtomicReference<>();
    private final long start = nanoTime.getAsLong();
    private volatile boolean interrupted;

    Run(List<Trial> trials, TrialStore store, StudyListener listener, BooleanSupplier cancelled) {
      this.store = store;
      this.listener = listener;
      this.cancelled = cancelled;
      this.waiting =
          new ArrayDeque<>(trials.subList(0, Math.min(trials.size(), options.maxTrials())));
    }

    RunSummary run() {
      store.trials().forEach(trial -> stored.put(trial.id(), KeptWeights.outline(trial)));
      weights.keepOnly(weights.chosen(stored.values()));
      List<Thread> workers = new ArrayList<>();
      for (int i = 0; i < Math.min(options.workers(), waiting.size()); i++) {
        workers.add(Thread.ofPlatform().name("worker-" + i).start(this::work));
      }
      join(workers);
      Throwable cause = broken.get();
      if (cause instanceof UserError error) {
        throw error;
      }
      if (cause != null) {
        throw new IllegalStateException(cause);
      }
      return new RunSummary(
          finished.get(),
          weights.missing(weights.chosen(stored.values())),
          interrupted || cancelled.getAsBoolean());
    }

    /// Waits for all workers; if this thread is interrupted, tells them and still waits.
    private void join(List<Thread> workers) {
      for (Thread worker : workers) {
        while (worker.isAlive()) {
          try {
            worker.join();
          } catch (InterruptedException e) {
            interrupted = true;
          }
        }
      }
    }

    private void work() {
      try {
        Optional<Trial> next = next();
        while (next.isPresent()) {
          admit(next.get());
          next = next();
        }
      } catch (Throwable e) {
        // Whatever it is, the study cannot go on; the thread that called run throws it.
        broken.compareAndSet(null, e);
        if (e instanceof InterruptedException) {
          Thread.currentThread().interrupt();
        }
      }
    }

    private synchronized Optional<Trial> next() {
      return giveUp() || timeIsUp() ? Optional.empty() : Optional.ofNullable(waiting.poll());
    }

    private boolean giveUp() {
      return interrupted || cancelled.getAsBoolean() || broken.get() != null;
    }

    private boolean timeIsUp() {
      Duration limit = options.timeLimit();
      return limit != null && nanoTime.getAsLong() - start >= limit.toNanos();
    }

    private void admit(Trial trial) throws InterruptedException {
      long bytes = trainer.memoryBytes(trial);
      if (!memory.everFits(bytes)) {
        keep(trial, without(trial, Status.OUT_OF_MEMORY, memory.refusal(bytes), 0));
      } else if (memory.take(bytes, this::giveUp)) {
        Optional<TrainedTrial> trained;
        try {
          trained = train(trial);
        } finally {
          memory.giveBack(bytes);
        }
        trained.ifPresent(result -> keep(trial, result));
      }
    }

    private Optional<TrainedTrial> train(Trial trial) {
      listener.started(trial);
      long begin = nanoTime.getAsLong();
      try {
        return trainer.train(trial, monitor(trial));
      } catch (UserError e) {
        throw e;
      } catch (Throwable e) {
        // One trial's end is not the study's, whatever it died of.
        double seconds = (nanoTime.getAsLong() - begin) / 1e9;
        return Optional.of(
            NativeFailures.isOutOfMemory(e)
                ? without(
                    trial,
                    Status.OUT_OF_MEMORY,
                    "memory ran out while it was trained: " + NativeFailures.text(e),
                    seconds)
                : without(trial, Status.FAILED, NativeFailures.text(e), seconds));
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

    /// Weights first, then the trial, then the weights that are no longer kept: killed at any
    /// moment, the next run finds either the trial with its weights or neither.
    private void keep(Trial trial, TrainedTrial result) {
      synchronized (stored) {
        stored.put(trial.id(), KeptWeights.outline(result.trial()));
        Set<String> chosen = weights.chosen(stored.values());
        if (chosen.contains(trial.id())) {
          result.weights().ifPresent(file -> weights.write(trial.id(), file));
        }
        store.save(result.trial());
        weights.keepOnly(chosen);
      }
      finished.incrementAndGet();
      listener.finished(trial, result.trial());
    }
  }
}
