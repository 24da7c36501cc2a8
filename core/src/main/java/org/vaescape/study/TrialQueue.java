package org.vaescape.study;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;

/// The trials that wait for a worker, and the bytes that those at work share: each takes its own,
/// and one of each split what is computed once for all of it.
///
/// Other processes may work on the same trials. One that another has is passed over, and comes up
/// again a while later: its process may have ended without it. One that another has stored is done.
///
/// They go split by split, since trials of one split share its data; within a split those of most
/// work go first, so that short ones fill the end, when workers run out of trials. One that does
/// not fit beside those at work waits. Others of its split may overtake it as far as it would fit
/// beside all that did: so it waits for no trial that started after it could have.
final class TrialQueue {
  private static final long MILLIS_BETWEEN_QUESTIONS = 100;

  private static final long MILLIS_BETWEEN_LOOKS = 500;
  private static final long NANOS_BETWEEN_LOOKS = MILLIS_BETWEEN_LOOKS * 1_000_000;

  private final Remaining trials;
  private final int most;
  private final TrialTrainer trainer;
  private final MemoryBudget memory;
  private final TrialStore store;
  private final StudyListener listener;
  private final Deque<Trial> waiting;

  /// Those that come up where others are done elsewhere, and fewer than may be given are left.
  private final Deque<Trial> reserve;

  /// Those that other processes had when they came up.
  private final List<Trial> elsewhere = new ArrayList<>();

  private int given;
  private long looked = System.nanoTime();
  private boolean atTheEnd;
  private boolean saidThatItWaits;
  private final List<Admitted> atWork = new ArrayList<>();
  private final Map<String, Long> bytes = new ConcurrentHashMap<>();

  /// How often memory was given back, which who waits looks at alone: what a split computes once
  /// may be there before, and stops to count at the next return.
  private long returns;

  /// A trial that may start.
  ///
  /// @param overtook the one that waited in front of it, if that still does
  /// @param claim to be closed once its result is stored, or there will be none
  record Admitted(Trial trial, long bytes, Optional<Trial> overtook, Claim claim) {}

  /// @param most so many are given at most, the first of the plan if no other process has them
  /// @param listener is told what other processes have done
  TrialQueue(
      Remaining trials,
      int most,
      TrialTrainer trainer,
      MemoryBudget memory,
      TrialStore store,
      StudyListener listener) {
    this.trials = trials;
    this.most = most;
    this.trainer = trainer;
    this.memory = memory;
    this.store = store;
    this.listener = listener;
    int now = Math.min(trials.size(), most);
    this.waiting = new ArrayDeque<>(inOrder(trials.trials().subList(0, now), trainer));
    this.reserve = new ArrayDeque<>(trials.trials().subList(now, trials.size()));
  }

  /// Split by split as the trials come, in each the most work first; of equal work as they come.
  static List<Trial> inOrder(Collection<Trial> trials, TrialTrainer trainer) {
    SequencedMap<SplitKey, List<Sized>> splits = new LinkedHashMap<>();
    trials.forEach(trial ->
        splits
            .computeIfAbsent(trainer.split(trial), _ -> new ArrayList<>())
            .add(new Sized(trial, trainer.operations(trial))));
    return splits.values().stream()
        .flatMap(split ->
            split.stream().sorted(Comparator.comparingDouble(Sized::operations).reversed()))
        .map(Sized::trial)
        .toList();
  }

  private record Sized(Trial trial, double operations) {}

  synchronized int size() {
    return waiting.size();
  }

  /// The next trial, as soon as there is memory for one; empty if there is none, here or with
  /// another process, or `ended` says so. Whoever trains it says [#giveBack] afterwards. One that
  /// fits beside no other comes too, and takes nothing: see [MemoryBudget#everFits].
  ///
  /// @param ended asked while waiting
  Optional<Admitted> next(BooleanSupplier ended) throws InterruptedException {
    Optional<Admitted> admitted = Optional.empty();
    while (admitted.isEmpty() && !ended.getAsBoolean()) {
      Optional<Trial> first = first();
      if (first.isPresent()) {
        bytes(first.get()); // outside the lock, since the data of its split may be made for it
        admitted = admitOrWait(first.get(), ended);
      } else if (!comeUpAgain()) {
        return Optional.empty();
      }
    }
    return admitted;
  }

  private synchronized Optional<Trial> first() {
    if (given >= most) {
      return Optional.empty();
    }
    if (System.nanoTime() - looked > NANOS_BETWEEN_LOOKS) {
      lookAgain();
    }
    while (given + waiting.size() < most && !reserve.isEmpty()) {
      waiting.add(reserve.removeFirst());
    }
    return Optional.ofNullable(waiting.peekFirst());
  }

  /// Has those come up, once more or after a moment, that other processes had; false if there are
  /// none, or as many were given as may be.
  @SuppressWarnings("WaitNotInLoop") // who asks does so again
  private synchronized boolean comeUpAgain() throws InterruptedException {
    if (given >= most) {
      return false;
    }
    if (elsewhere.isEmpty()) {
      return !waiting.isEmpty();
    }
    if (atTheEnd) {
      if (!saidThatItWaits) {
        saidThatItWaits = true;
        listener.waitsForOthers(elsewhere.size());
      }
      wait(MILLIS_BETWEEN_LOOKS);
    }
    atTheEnd = true; // some of these may have ended since they came up
    lookAgain();
    return true;
  }

  private void lookAgain() {
    looked = System.nanoTime();
    elsewhere.forEach(waiting::addFirst);
    elsewhere.clear();
  }

  /// Empty if another worker or process took the first trial meanwhile, or the last that may be
  /// given, or else once there is more memory.
  private synchronized Optional<Admitted> admitOrWait(Trial first, BooleanSupplier ended)
      throws InterruptedException {
    if (given >= most || !first.equals(waiting.peekFirst())) {
      return Optional.empty();
    }
    Optional<Admitted> admitted = admit(first);
    if (admitted.isEmpty() && first.equals(waiting.peekFirst())) {
      long before = returns;
      while (returns == before && !ended.getAsBoolean()) {
        wait(MILLIS_BETWEEN_QUESTIONS);
      }
    }
    return admitted;
  }

  /// Frees the memory of a trial that [#next] gave.
  synchronized void giveBack(Admitted admitted) {
    atWork.remove(admitted);
    returns++;
    notifyAll();
  }

  private Optional<Admitted> admit(Trial first) {
    long needed = bytes(first);
    if (!memory.everFits(needed)) {
      return take(first).map(claim -> new Admitted(first, needed, Optional.empty(), claim));
    }
    Together taken = new Together(atWork.stream().map(Admitted::trial));
    // Alone it starts, whatever is computed once: that is none of the trial's own.
    if (atWork.isEmpty() || taken.leaveRoomFor(first)) {
      return take(first).map(claim -> start(first, Optional.empty(), claim));
    }
    Stream<Trial> overtook =
        atWork.stream()
            .filter(other -> other.overtook().equals(Optional.of(first)))
            .map(Admitted::trial);
    return overtaking(first, taken, new Together(Stream.concat(Stream.of(first), overtook)));
  }

  /// The first trial of the split of `first` that fits now, and beside it later.
  ///
  /// @param ahead `first` and those that overtook it and are at work
  private Optional<Admitted> overtaking(Trial first, Together taken, Together ahead) {
    for (Trial other : List.copyOf(waiting)) {
      if (!trainer.split(other).equals(trainer.split(first))) {
        return Optional.empty();
      }
      if (taken.leaveRoomFor(other) && ahead.leaveRoomFor(other)) {
        Optional<Claim> claim = take(other);
        if (claim.isPresent()) {
          return Optional.of(start(other, Optional.of(first), claim.get()));
        }
      }
    }
    return Optional.empty();
  }

  /// Takes a trial out of the queue; empty if another process has it or has stored it.
  private Optional<Claim> take(Trial trial) {
    waiting.remove(trial);
    Optional<Claim> claim = store.claim(trial.id());
    if (claim.isEmpty()) {
      elsewhere.add(trial);
      return claim;
    }
    Optional<FinishedTrial> done = trials.doneElsewhere(trial, store);
    if (done.isPresent()) {
      claim.get().close();
      listener.finishedElsewhere(trial, done.get());
      return Optional.empty();
    }
    given++;
    return claim;
  }

  /// Trials that train at once.
  private final class Together {
    private final Map<SplitKey, Long> once = new HashMap<>();
    private long own;

    Together(Stream<Trial> trials) {
      trials.forEach(trial -> {
        own += bytes(trial);
        once.merge(trainer.split(trial), trainer.bytesOnce(trial), Math::max);
      });
    }

    boolean leaveRoomFor(Trial trial) {
      return memory.fits(own, bytes(trial))
          && memory.fits(own + onceWith(trial), bytes(trial)); // takes longer to tell
    }

    private long onceWith(Trial trial) {
      long ofSplit = once.getOrDefault(trainer.split(trial), 0L);
      long ofAll = once.values().stream().mapToLong(Long::longValue).sum();
      return ofAll - ofSplit + Math.max(ofSplit, trainer.bytesOnce(trial));
    }
  }

  private Admitted start(Trial trial, Optional<Trial> overtook, Claim claim) {
    Admitted admitted = new Admitted(trial, bytes(trial), overtook, claim);
    atWork.add(admitted);
    return admitted;
  }

  /// Asked when a trial is near its turn, since the data of its split are made for it.
  private long bytes(Trial trial) {
    return bytes.computeIfAbsent(trial.id(), _ -> trainer.memoryBytes(trial));
  }
}
