package org.vaescape.study;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.Iterator;
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
/// They go split by split, since trials of one split share its data; within a split those of most
/// work go first, so that short ones fill the end, when workers run out of trials. One that does
/// not fit beside those at work waits. Others of its split may overtake it as far as it would fit
/// beside all that did: so it waits for no trial that started after it could have.
final class TrialQueue {
  private static final long MILLIS_BETWEEN_QUESTIONS = 100;

  private final TrialTrainer trainer;
  private final MemoryBudget memory;
  private final Deque<Trial> waiting;
  private final List<Admitted> atWork = new ArrayList<>();
  private final Map<String, Long> bytes = new ConcurrentHashMap<>();

  /// How often memory was given back, which who waits looks at alone: what a split computes once
  /// may be there before, and stops to count at the next return.
  private long returns;

  /// A trial that may start.
  ///
  /// @param overtook the one that waited in front of it, if that still does
  record Admitted(Trial trial, long bytes, Optional<Trial> overtook) {}

  TrialQueue(Collection<Trial> trials, TrialTrainer trainer, MemoryBudget memory) {
    this.trainer = trainer;
    this.memory = memory;
    this.waiting = new ArrayDeque<>(inOrder(trials, trainer));
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

  /// The next trial, as soon as there is memory for one; empty if there is none or `ended` says so.
  /// Whoever trains it says [#giveBack] afterwards. One that fits beside no other comes too, and
  /// takes nothing: see [MemoryBudget#everFits].
  ///
  /// @param ended asked while waiting
  Optional<Admitted> next(BooleanSupplier ended) throws InterruptedException {
    Optional<Admitted> admitted = Optional.empty();
    Optional<Trial> first = first();
    while (admitted.isEmpty() && first.isPresent() && !ended.getAsBoolean()) {
      bytes(first.get()); // outside the lock, since the data of its split may be made for it
      admitted = admitOrWait(first.get(), ended);
      first = first();
    }
    return admitted;
  }

  private synchronized Optional<Trial> first() {
    return Optional.ofNullable(waiting.peekFirst());
  }

  /// Empty if another worker took the first trial meanwhile, or else once there is more memory.
  private synchronized Optional<Admitted> admitOrWait(Trial first, BooleanSupplier ended)
      throws InterruptedException {
    if (!first.equals(waiting.peekFirst())) {
      return Optional.empty();
    }
    Optional<Admitted> admitted = admit(first);
    if (admitted.isEmpty()) {
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
      waiting.removeFirst();
      return Optional.of(new Admitted(first, needed, Optional.empty()));
    }
    Together taken = new Together(atWork.stream().map(Admitted::trial));
    // Alone it starts, whatever is computed once: that is none of the trial's own.
    if (atWork.isEmpty() || taken.leaveRoomFor(first)) {
      waiting.removeFirst();
      return Optional.of(start(new Admitted(first, needed, Optional.empty())));
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
    Iterator<Trial> others = waiting.iterator();
    while (others.hasNext()) {
      Trial other = others.next();
      if (!trainer.split(other).equals(trainer.split(first))) {
        return Optional.empty();
      }
      if (taken.leaveRoomFor(other) && ahead.leaveRoomFor(other)) {
        others.remove();
        return Optional.of(start(new Admitted(other, bytes(other), Optional.of(first))));
      }
    }
    return Optional.empty();
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

  private Admitted start(Admitted admitted) {
    atWork.add(admitted);
    return admitted;
  }

  /// Asked when a trial is near its turn, since the data of its split are made for it.
  private long bytes(Trial trial) {
    return bytes.computeIfAbsent(trial.id(), _ -> trainer.memoryBytes(trial));
  }
}
