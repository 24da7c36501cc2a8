package org.vaescape.study;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.LinkedHashMap;
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
  private final InMemoryTrialStore store = new InMemoryTrialStore();
  private final List<String> told = new ArrayList<>();

  private TrialQueue queue(long... bytes) {
    for (int i = 0; i < bytes.length; i++) {
      trainer.bytes.put(TRIALS.get(i).id(), bytes[i]);
    }
    return queue(TRIALS.subList(0, bytes.length), trainer);
  }

  private TrialQueue queue(List<Trial> trials, FakeTrainer trainer) {
    return queue(Remaining.of(trials, store), Integer.MAX_VALUE, trainer);
  }

  private TrialQueue queue(Remaining trials, int most, FakeTrainer trainer) {
    StudyListener listener =
        new StudyListener() {
          @Override
          public void finishedElsewhere(Trial trial, FinishedTrial result) {
            told.add(trial.id() + " " + result.status().text());
          }

          @Override
          public void waitsForOthers(int trials) {
            told.add("waits for " + trials);
          }
        };
    return new TrialQueue(trials, most, trainer, new MemoryBudget(100), store, listener);
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
    TrialQueue queue = queue(trials, trainer);
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
    TrialQueue queue = queue(trials, trainer);
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
    TrialQueue queue = queue(TRIALS, counting);
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
    TrialQueue queue = queue(List.of(TRIALS.getFirst(), other), slow);
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

  private void stored(Trial trial, Status status) {
    store.save(trainer.withoutResult(trial, status, "", 1));
  }

  private static String id(int number) {
    return TRIALS.get(number).id();
  }

  @Test
  void passesOverWhatAnotherProcessHasAndGivesItOnceThatHasEndedWithoutIt() throws Exception {
    TrialQueue queue = queue(1, 1, 1);
    Claim others = store.claim(id(0)).orElseThrow();
    assertEquals(1, number(queue.next(() -> false)));
    assertEquals(2, number(queue.next(() -> false)));
    AtomicInteger asked = new AtomicInteger();
    assertEquals(Optional.empty(), queue.next(() -> asked.getAndIncrement() > 2));
    assertEquals(List.of("waits for 1"), told);
    others.close();
    assertEquals(0, number(queue.next(() -> false)));
    assertEquals(Optional.empty(), queue.next(() -> false));
    assertEquals(List.of("waits for 1"), told);
  }

  @Test
  void givesNoTrialThatAnotherProcessHasStored() throws Exception {
    TrialQueue queue = queue(1, 1, 1);
    stored(TRIALS.get(0), Status.CONVERGED);
    Claim others = store.claim(id(1)).orElseThrow();
    assertEquals(2, number(queue.next(() -> false)));
    stored(TRIALS.get(1), Status.DIVERGED);
    others.close();
    assertEquals(Optional.empty(), queue.next(() -> false));
    assertEquals(List.of(id(0) + " converged", id(1) + " diverged"), told);
  }

  /// One that failed is trained again by one process, not by each that was asked to.
  @Test
  void givesAResultThatIsToBeReplacedUntilAnotherProcessHasReplacedIt() throws Exception {
    stored(TRIALS.get(0), Status.FAILED);
    stored(TRIALS.get(1), Status.FAILED);
    Plan plan = new Plan(TRIALS.subList(0, 3), new LinkedHashMap<>());
    TrialQueue queue = queue(Remaining.failed(plan, store), 9, trainer);
    store.save(trainer.withoutResult(TRIALS.get(1), Status.FAILED, "again", 2));
    assertEquals(0, number(queue.next(() -> false)));
    assertEquals(Optional.empty(), queue.next(() -> false));
    assertEquals(List.of(id(1) + " failed"), told);
  }

  @Test
  void comesToTheNextOfThePlanWhereAnotherProcessHasTheFirst() throws Exception {
    TRIALS.forEach(trial -> trainer.operations.put(trial.id(), (double) TRIALS.indexOf(trial)));
    TrialQueue queue = queue(Remaining.of(TRIALS, store), 2, trainer);
    Claim others = store.claim(id(1)).orElseThrow();
    assertEquals(0, number(queue.next(() -> false)));
    assertEquals(2, number(queue.next(() -> false)));
    assertEquals(Optional.empty(), queue.next(() -> false));
    others.close();
    assertEquals(Optional.empty(), queue.next(() -> false));
  }

  /// Though it comes up, since its process has ended without it.
  @Test
  void givesNoMoreThanAskedForWhereAnotherProcessHadTheFirst() throws Exception {
    TrialQueue queue = queue(Remaining.of(TRIALS, store), 1, trainer);
    Claim others = store.claim(id(0)).orElseThrow();
    assertEquals(1, number(queue.next(() -> false)));
    others.close();
    Thread.sleep(600); // longer than it looks at nothing that others had
    assertEquals(Optional.empty(), queue.next(() -> false));
  }

  @Test
  void letsNoTrialGoAheadThatAnotherProcessHas() throws Exception {
    TrialQueue queue = queue(50, 60, 40, 45);
    assertEquals(0, number(queue.next(() -> false)));
    Claim others = store.claim(id(2)).orElseThrow();
    assertEquals(Optional.empty(), next(queue)); // 40 would go ahead, 45 not
    others.close();
    assertEquals(Optional.empty(), next(queue)); // it comes up again at the end
  }
}
