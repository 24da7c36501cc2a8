package org.vaescape.study;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
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

  /// Of every trial known to be in the store what decides whose weights are kept. Belongs to the
  /// thread until that has ended.
  private final Map<String, FinishedTrial> stored = new LinkedHashMap<>();

  /// Their digests.
  private final Map<String, String> digests = new HashMap<>();

  private ChosenTrials chosen;
  private int finished;
  private boolean closing;

  private record Ended(Trial trial, TrainedTrial result, Claim claim) {}

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
    this.chosen = weights.chosen(List.of());
    try (FileMutex _ = weights.lock()) {
      store.contents().forEach(this::learn);
      choose();
    }
  }

  /// Hands over a trial that ended; waits only where too many wait already.
  ///
  /// @param claim is closed once the trial is stored, or failed to be
  void keep(Trial trial, TrainedTrial result, Claim claim) throws InterruptedException {
    queue.put(Optional.of(new Ended(trial, result, claim)));
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
        failed = !isKept(next.get(), failed);
        next = queue.take();
      }
      if (!failed) {
        chooseAmongAll();
      }
    } catch (InterruptedException e) {
      onFailure.accept(e);
      Thread.currentThread().interrupt();
    } catch (RuntimeException e) {
      onFailure.accept(e);
    }
  }

  /// After a failure it only makes room, so that no worker waits for ever.
  private boolean isKept(Ended ended, boolean failed) {
    try (Claim _ = ended.claim()) {
      if (!failed) {
        keep(ended);
      }
      return !failed;
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
    boolean again = chosen.contains(outline);
    if (again || chosen.wouldKeep(outline)) {
      try (FileMutex _ = weights.lock()) {
        stored.put(outline.id(), outline);
        // Where it is trained again its rivals, which its earlier result had beaten, have a chance.
        boolean dropped = again || chosen.add(outline);
        if (again) {
          chosen = weights.chosen(stored.values());
        }
        if (chosen.contains(outline)) {
          ended.result.weights().ifPresent(file -> weights.write(trial.id(), file));
        }
        store.save(trial);
        if (dropped) {
          learnOfOthers();
          choose();
        }
      }
    } else {
      stored.put(outline.id(), outline);
      store.save(trial);
    }
    digests.put(trial.id(), TrialDigest.of(trial));
    finished++;
    listener.finished(ended.trial, trial);
  }

  /// Once more at the end, since other processes may have stored better ones.
  private void chooseAmongAll() {
    try (FileMutex _ = weights.lock()) {
      learnOfOthers();
      choose();
    }
  }

  /// Of what is new in the store.
  private void learnOfOthers() {
    store
        .digests()
        .forEach((id, digest) -> {
          if (!digest.equals(digests.get(id))) {
            store.trial(id).ifPresent(this::learn);
          }
        });
  }

  private void learn(StoredTrial trial) {
    stored.put(trial.trial().id(), KeptWeights.outline(trial.trial()));
    digests.put(trial.trial().id(), trial.digest());
  }

  private void choose() {
    chosen = weights.chosen(stored.values());
    weights.keepOnly(chosen.ids());
  }
}
