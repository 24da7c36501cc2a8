package org.vaescape.study;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.function.Consumer;

/// Keeps trials that ended, in the order in which they did, on a thread of its own: no worker waits
/// for the disk, unless the disk cannot follow at all.
final class TrialKeeper {
  private final KeptWeights weights;
  private final TrialStore store;
  private final StudyListener listener;
  private final Consumer<Throwable> onFailure;
  private final BlockingQueue<Optional<Ended>> queue;
  private final Thread thread;

  /// Of every trial in the store what decides whose weights are kept. Belongs to the thread until
  /// that has ended.
  private final Map<String, FinishedTrial> stored = new LinkedHashMap<>();

  private ChosenTrials chosen;
  private int finished;
  private boolean closing;

  private record Ended(Trial trial, TrainedTrial result) {}

  /// Starts the thread, which ends with [#close].
  ///
  /// @param listener is told of every trial once it is stored
  /// @param waiting trials with their weights that may wait for the disk
  /// @param onFailure is told once if a trial could not be kept; that one and all after it are not
  static TrialKeeper start(
      KeptWeights weights,
      TrialStore store,
      StudyListener listener,
      int waiting,
      Consumer<Throwable> onFailure) {
    TrialKeeper keeper = new TrialKeeper(weights, store, listener, waiting, onFailure);
    keeper.thread.start();
    return keeper;
  }

  private TrialKeeper(
      KeptWeights weights,
      TrialStore store,
      StudyListener listener,
      int waiting,
      Consumer<Throwable> onFailure) {
    this.weights = weights;
    this.store = store;
    this.listener = listener;
    this.onFailure = onFailure;
    this.queue = new ArrayBlockingQueue<>(waiting);
    this.thread = Thread.ofPlatform().name("keeper").unstarted(this::work);
    store.trials().forEach(trial -> stored.put(trial.id(), KeptWeights.outline(trial)));
    this.chosen = weights.chosen(stored.values());
    weights.keepOnly(chosen.ids());
  }

  /// Hands over a trial that ended; waits only where too many wait already.
  void keep(Trial trial, TrainedTrial result) throws InterruptedException {
    queue.put(Optional.of(new Ended(trial, result)));
  }

  /// Waits until everything handed over is kept, or has failed to be; may be called again where
  /// that was interrupted.
  void close() throws InterruptedException {
    if (!closing) {
      queue.put(Optional.empty());
      closing = true;
    }
    thread.join();
  }

  /// Trials that it has stored; to be asked after [#close].
  int finished() {
    return finished;
  }

  /// Ids of the trials in the store whose weights are kept; to be asked after [#close].
  Set<String> chosen() {
    return chosen.ids();
  }

  private void work() {
    boolean failed = false;
    try {
      Optional<Ended> next = queue.take();
      while (next.isPresent()) {
        // After a failure it only makes room, so that no worker waits for ever.
        failed = failed || !isKept(next.get());
        next = queue.take();
      }
    } catch (InterruptedException e) {
      onFailure.accept(e);
      Thread.currentThread().interrupt();
    }
  }

  private boolean isKept(Ended ended) {
    try {
      keep(ended);
      return true;
    } catch (Throwable e) {
      // Whatever it is, the study cannot go on; the thread that runs it throws it.
      onFailure.accept(e);
      return false;
    }
  }

  /// Weights first, then the trial, then the weights that are no longer kept: killed at any moment,
  /// the next run finds either the trial with its weights or neither.
  private void keep(Ended ended) {
    FinishedTrial trial = ended.result.trial();
    FinishedTrial outline = KeptWeights.outline(trial);
    boolean dropped = choose(outline);
    if (chosen.contains(outline)) {
      ended.result.weights().ifPresent(file -> weights.write(trial.id(), file));
    }
    store.save(trial);
    if (dropped) {
      weights.keepOnly(chosen.ids());
    }
    finished++;
    listener.finished(ended.trial, trial);
  }

  /// Takes a new result into account, and tells whether weights may have to go for it.
  private boolean choose(FinishedTrial outline) {
    boolean again = chosen.contains(outline);
    stored.put(outline.id(), outline);
    if (again) {
      // Its rivals, which its earlier result had beaten, have their chance.
      chosen = weights.chosen(stored.values());
      return true;
    }
    return chosen.add(outline);
  }
}
