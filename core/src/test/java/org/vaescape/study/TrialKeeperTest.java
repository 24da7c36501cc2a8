package org.vaescape.study;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.vaescape.UserError;
import org.vaescape.study.Study.KeepWeights;

/// What workers and the thread that stores owe each other.
class TrialKeeperTest {
  private static final List<Trial> TRIALS =
      IntStream.range(0, 12).mapToObj(FakeTrainer::trial).toList();

  @TempDir Path folder;
  private final InMemoryTrialStore kept = new InMemoryTrialStore();
  private final CountDownLatch threeTrained = new CountDownLatch(3);
  private final List<String> told = Collections.synchronizedList(new ArrayList<>());

  /// What a store does before it saves its nth trial, from 1.
  private interface Before {
    void save(int number) throws InterruptedException;
  }

  private TrialStore store(Before before) {
    AtomicInteger asked = new AtomicInteger();
    return new TrialStore() {
      @Override
      public Optional<String> note(String key) {
        return kept.note(key);
      }

      @Override
      public void note(String key, String text) {
        kept.note(key, text);
      }

      @Override
      public void save(FinishedTrial trial) {
        try {
          before.save(asked.incrementAndGet());
        } catch (InterruptedException e) {
          throw new IllegalStateException(e);
        }
        kept.save(trial);
      }

      @Override
      public List<StoredTrial> contents() {
        return kept.contents();
      }

      @Override
      public Optional<StoredTrial> trial(String id) {
        return kept.trial(id);
      }

      @Override
      public Map<String, String> digests() {
        return kept.digests();
      }

      @Override
      public Optional<Claim> claim(String id) {
        return kept.claim(id);
      }

      @Override
      public void close() {
        kept.close();
      }
    };
  }

  private RunSummary run(int workers, TrialStore store) {
    StudyListener listener =
        new StudyListener() {
          @Override
          public void trained(Trial trial) {
            threeTrained.countDown();
          }

          @Override
          public void finished(Trial trial, FinishedTrial result) {
            boolean stored = kept.trials().contains(result);
            told.add(stored ? result.id() : result.id() + " before it was stored");
          }
        };
    RunOptions options = new RunOptions(workers, 100, Integer.MAX_VALUE, null);
    return new LocalTrialRunner(
            new FakeTrainer(), folder.resolve("models"), KeepWeights.BEST, options, () -> 0)
        .run(Remaining.of(TRIALS, store), store, listener, () -> false);
  }

  private List<String> stored() {
    return kept.trials().stream().map(FinishedTrial::id).toList();
  }

  private void waitForThree() throws InterruptedException {
    if (!threeTrained.await(1, TimeUnit.MINUTES)) {
      throw new IllegalStateException("no trial is trained while another is being stored");
    }
  }

  @Test
  void aWorkerGoesOnTrainingWhileATrialIsBeingStored() {
    run(1, store(_ -> waitForThree()));
    assertEquals(12, told.size());
  }

  @Test
  void aTrialIsToldOfOnceItIsStored() {
    run(4, store(_ -> Thread.sleep(1)));
    assertEquals(stored(), told.stream().sorted().toList());
  }

  /// Also where workers wait for room to hand over their trials.
  @Test
  void aStoreThatFailsEndsTheStudyAndNothingLaterIsStored() {
    TrialStore store =
        store(number -> {
          waitForThree();
          if (number == 3) {
            throw new UserError("the disk is full");
          }
        });
    assertThrows(UserError.class, () -> run(3, store));
    assertEquals(2, told.size());
    assertEquals(stored(), told.stream().sorted().toList());
  }

  /// Such as on a server that went away, while workers wait for room to hand over their trials.
  @Test
  @Timeout(60)
  void aClaimThatCannotBeGivenBackEndsTheStudyAndNothingWaitsForIt() throws Exception {
    List<Throwable> failures = Collections.synchronizedList(new ArrayList<>());
    TrialKeeper keeper =
        TrialKeeper.start(
            new KeptWeights(folder.resolve("models"), KeepWeights.NONE),
            kept,
            StudyListener.NONE,
            1,
            failures::add);
    FakeTrainer trainer = new FakeTrainer();
    for (Trial trial : TRIALS) {
      TrainedTrial result =
          new TrainedTrial(
              trainer.withoutResult(trial, Status.FAILED, "planted", 1), Optional.empty());
      keeper.keep(
          trial,
          result,
          () -> {
            throw new UserError("the server is away");
          });
    }
    keeper.close();
    assertEquals("the server is away", failures.getFirst().getMessage());
    assertEquals(1, kept.trials().size());
  }

  @Test
  void whatHasEndedIsStoredBeforeAnInterruptedRunEnds() throws Exception {
    CountDownLatch interrupted = new CountDownLatch(1);
    FutureTask<RunSummary> run = new FutureTask<>(() -> run(2, store(_ -> interrupted.await())));
    Thread thread = Thread.ofPlatform().start(run);
    waitForThree();
    thread.interrupt();
    interrupted.countDown();
    RunSummary summary = run.get(1, TimeUnit.MINUTES);
    assertTrue(summary.interrupted());
    assertTrue(summary.finished() >= 3, summary.toString());
    assertEquals(summary.finished(), kept.trials().size());
    assertEquals(stored(), told.stream().sorted().toList());
  }
}
