package org.vaescape.study;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.vaescape.study.TrialQueue.Admitted;

class TrialQueueTest {
  private static final List<Trial> TRIALS =
      IntStream.range(0, 6).mapToObj(FakeTrainer::trial).toList();

  private final FakeTrainer trainer = new FakeTrainer();

  private TrialQueue queue(long... bytes) {
    for (int i = 0; i < bytes.length; i++) {
      trainer.bytes.put(TRIALS.get(i).id(), bytes[i]);
    }
    return new TrialQueue(TRIALS.subList(0, bytes.length), trainer, new MemoryBudget(100));
  }

  /// The next trial if one can start without waiting.
  private static Optional<Admitted> next(TrialQueue queue) throws InterruptedException {
    AtomicInteger asked = new AtomicInteger();
    return queue.next(() -> asked.getAndIncrement() > 0);
  }

  private static int number(Optional<Admitted> admitted) {
    return TRIALS.indexOf(admitted.orElseThrow().trial());
  }

  @Test
  void goesSplitBySplitAndInEachFromTheMostWorkToTheLeast() {
    List<Trial> plan =
        IntStream.range(0, 8)
            .mapToObj(i -> new Trial("t" + i, TRIALS.getFirst().cell(), i / 4))
            .toList();
    double[] work = {1, 3, 2, 3, 9, 1, 1, 10};
    plan.forEach(trial -> trainer.operations.put(trial.id(), work[plan.indexOf(trial)]));
    assertEquals(
        List.of("t1", "t3", "t2", "t0", "t7", "t4", "t5", "t6"),
        TrialQueue.inOrder(plan, trainer).stream().map(Trial::id).toList());
  }

  @Test
  void aSmallTrialOvertakesOneThatDoesNotFitNowWhereBothFitLater() throws Exception {
    TrialQueue queue = queue(50, 60, 45, 40, 10);
    assertEquals(0, number(next(queue)));
    assertEquals(3, number(next(queue))); // 45 would fit now, but not beside the 60 that wait
    assertEquals(Optional.empty(), next(queue));
  }

  /// However many small ones there are: only so many go ahead as leave room for the large one.
  @Test
  void aLargeTrialWaitsForNoneThatStartedLaterThanItCouldHave() throws Exception {
    TrialQueue queue = queue(90, 95, 4, 4, 4, 4);
    Optional<Admitted> first = next(queue);
    assertEquals(0, number(first));
    Optional<Admitted> small = next(queue);
    assertEquals(2, number(small));
    assertEquals(Optional.empty(), next(queue)); // would fit now, but then 95 + 8 would not
    queue.giveBack(first.orElseThrow());
    assertEquals(1, number(next(queue)));
    assertEquals(Optional.empty(), next(queue));
    queue.giveBack(small.orElseThrow());
    assertEquals(3, number(next(queue)));
  }

  @Test
  void aTrialOfAnotherSplitOvertakesNone() throws Exception {
    trainer.bytes.put("a", 60L);
    trainer.bytes.put("b", 60L);
    List<Trial> trials =
        List.of(
            new Trial("a", TRIALS.getFirst().cell(), 0),
            new Trial("b", TRIALS.getFirst().cell(), 0),
            new Trial("c", TRIALS.getFirst().cell(), 1));
    TrialQueue queue = new TrialQueue(trials, trainer, new MemoryBudget(100));
    assertEquals("a", next(queue).orElseThrow().trial().id());
    assertEquals(Optional.empty(), next(queue));
  }

  @Test
  void aTrialThatFitsBesideNoneComesAndTakesNothing() throws Exception {
    TrialQueue queue = queue(101, 100);
    assertEquals(0, number(next(queue)));
    assertEquals(1, number(next(queue)));
    assertEquals(Optional.empty(), next(queue));
  }

  /// Of the split that its first trial belongs to, until it is there.
  @Test
  void countsOnceForASplitWhatOneOfItsTrialsComputesForAll() throws Exception {
    trainer.once.put(0, 50L);
    TrialQueue queue = queue(30, 30, 20, 5);
    Optional<Admitted> first = next(queue);
    assertEquals(0, number(first));
    assertEquals(2, number(next(queue))); // 30 + 30 + 50 are too many, 30 + 20 + 50 are not
    assertEquals(Optional.empty(), next(queue));
    trainer.once.put(0, 0L);
    assertEquals(1, number(next(queue)));
  }

  @Test
  void countsWhatIsComputedOnceForEachOfTwoSplits() throws Exception {
    trainer.once.put(0, 40L);
    trainer.once.put(1, 50L);
    List<Trial> trials =
        List.of(
            new Trial("a", TRIALS.getFirst().cell(), 0),
            new Trial("b", TRIALS.getFirst().cell(), 0),
            new Trial("c", TRIALS.getFirst().cell(), 1));
    trials.forEach(trial -> trainer.bytes.put(trial.id(), 5L));
    TrialQueue queue = new TrialQueue(trials, trainer, new MemoryBudget(100));
    assertEquals("a", next(queue).orElseThrow().trial().id());
    assertEquals("b", next(queue).orElseThrow().trial().id());
    assertEquals(Optional.empty(), next(queue)); // 15 + 40 + 50
    trainer.once.put(0, 0L);
    assertEquals("c", next(queue).orElseThrow().trial().id());
  }

  @Test
  void aTrialStartsAloneWhateverIsComputedOnce() throws Exception {
    trainer.once.put(0, 1000L);
    TrialQueue queue = queue(30, 30);
    assertEquals(0, number(next(queue)));
    assertEquals(Optional.empty(), next(queue));
  }

  @Test
  void looksAgainOnlyWhenMemoryWasGivenBack() throws Exception {
    AtomicInteger looks = new AtomicInteger();
    FakeTrainer counting =
        new FakeTrainer() {
          @Override
          public SplitKey split(Trial trial) {
            looks.incrementAndGet();
            return super.split(trial);
          }
        };
    TRIALS.forEach(trial -> counting.bytes.put(trial.id(), 60L));
    TrialQueue queue = new TrialQueue(TRIALS, counting, new MemoryBudget(100));
    next(queue);
    looks.set(0);
    next(queue);
    int once = looks.getAndSet(0);
    AtomicInteger asked = new AtomicInteger();
    assertEquals(Optional.empty(), queue.next(() -> asked.getAndIncrement() > 3));
    assertEquals(once, looks.get());
  }

  /// What a trial needs is told from its data, and making those takes minutes.
  @Test
  void memoryIsGivenBackWhileDataOfAnotherSplitAreMade() throws Exception {
    CountDownLatch isAsked = new CountDownLatch(1);
    CountDownLatch givenBack = new CountDownLatch(1);
    Trial other = new Trial("other", TRIALS.getFirst().cell(), 1);
    FakeTrainer slow =
        new FakeTrainer() {
          @Override
          public long memoryBytes(Trial trial) {
            return trial.equals(other) ? oneInTime(givenBack, isAsked) : 1;
          }
        };
    TrialQueue queue =
        new TrialQueue(List.of(TRIALS.getFirst(), other), slow, new MemoryBudget(100));
    Admitted first = next(queue).orElseThrow();
    FutureTask<Optional<Admitted>> second = new FutureTask<>(() -> queue.next(() -> false));
    Thread.ofPlatform().start(second);
    isAsked.await();
    queue.giveBack(first);
    givenBack.countDown();
    assertEquals(1, second.get().orElseThrow().bytes());
  }

  /// 1, or 2 if that takes ten seconds.
  private static long oneInTime(CountDownLatch done, CountDownLatch isAsked) {
    isAsked.countDown();
    try {
      return done.await(10, TimeUnit.SECONDS) ? 1 : 2;
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
