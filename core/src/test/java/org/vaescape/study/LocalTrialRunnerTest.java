package org.vaescape.study;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.vaescape.UserError;
import org.vaescape.study.Study.KeepWeights;

class LocalTrialRunnerTest {
  private static final List<Trial> TRIALS =
      IntStream.range(0, 12).mapToObj(FakeTrainer::trial).toList();
  private static final Plan PLAN = new Plan(TRIALS, new LinkedHashMap<>());
  private static final long MEMORY = 100;

  @TempDir Path folder;
  private final InMemoryTrialStore store = new InMemoryTrialStore();
  private final FakeTrainer trainer = new FakeTrainer();
  private KeepWeights keep = KeepWeights.BEST;
  private LongSupplier clock = () -> 0;

  private RunSummary run(RunOptions options, List<Trial> trials, BooleanSupplier cancelled) {
    return run(options, Remaining.of(trials, store), cancelled);
  }

  private RunSummary run(RunOptions options, Remaining trials, BooleanSupplier cancelled) {
    return new LocalTrialRunner(trainer, folder.resolve("models"), keep, options, clock)
        .run(trials, store, StudyListener.NONE, cancelled);
  }

  private RunSummary run(int workers) {
    return run(
        new RunOptions(workers, MEMORY, Integer.MAX_VALUE, null),
        Remaining.of(PLAN, store),
        () -> false);
  }

  private Set<String> weights() throws IOException {
    Set<String> names = new TreeSet<>();
    if (Files.isDirectory(folder.resolve("models"))) {
      try (Stream<Path> files = Files.list(folder.resolve("models"))) {
        files.forEach(file -> names.add(file.getFileName().toString()));
      }
    }
    return names;
  }

  private FinishedTrial stored(Trial trial) {
    return store.trials().stream()
        .filter(found -> found.id().equals(trial.id()))
        .findFirst()
        .orElseThrow();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 5, 50})
  void trainsEveryTrialOnce(int workers) {
    RunSummary summary = run(workers);
    assertEquals(new RunSummary(12, 0, false), summary);
    assertEquals(12, store.trials().size());
    assertTrue(trainer.trained.values().stream().allMatch(times -> times == 1));
    assertEquals(new RunSummary(0, 0, false), run(workers));
    assertEquals(12, trainer.epochs.get());
  }

  @Test
  void stopsAfterSoManyTrialsAndGoesOnLater() {
    RunSummary summary =
        run(new RunOptions(2, MEMORY, 5, null), Remaining.of(PLAN, store), () -> false);
    assertEquals(new RunSummary(5, 0, false), summary);
    assertEquals(
        TRIALS.subList(0, 5).stream().map(Trial::id).toList(),
        store.trials().stream().map(FinishedTrial::id).toList());
    assertEquals(new RunSummary(7, 0, false), run(2));
    assertEquals(12, trainer.epochs.get());
  }

  @Test
  void startsNoTrialAfterTheTimeLimit() {
    AtomicLong seconds = new AtomicLong();
    // Asked at the start, before each trial and around it: time moves on.
    clock = () -> seconds.getAndIncrement() * 1_000_000_000L;
    RunSummary summary =
        run(
            new RunOptions(1, MEMORY, Integer.MAX_VALUE, Duration.ofSeconds(5)),
            TRIALS,
            () -> false);
    assertTrue(summary.finished() >= 1 && summary.finished() < 12, summary.toString());
    assertEquals(summary.finished(), store.trials().size());
  }

  @Test
  void oneTrialsFailureIsItsResultAndTheStudyGoesOn() {
    trainer.planted.put(TRIALS.get(1).id(), new IllegalStateException("planted\nand more"));
    trainer.planted.put(TRIALS.get(2).id(), new OutOfMemoryError("Java heap space"));
    trainer.planted.put(
        TRIALS.get(3).id(),
        new RuntimeException(
            "[enforce fail at alloc_cpu.cpp] DefaultCPUAllocator: can't allocate memory"));
    trainer.planted.put(TRIALS.get(4).id(), new StackOverflowError());
    assertEquals(new RunSummary(12, 0, false), run(2));
    assertEquals(Status.FAILED, stored(TRIALS.get(1)).status());
    assertEquals("IllegalStateException: planted", stored(TRIALS.get(1)).message());
    assertEquals(Status.OUT_OF_MEMORY, stored(TRIALS.get(2)).status());
    assertEquals(Status.OUT_OF_MEMORY, stored(TRIALS.get(3)).status());
    assertEquals(Status.FAILED, stored(TRIALS.get(4)).status());
    assertEquals("StackOverflowError", stored(TRIALS.get(4)).message());
    assertEquals(8, store.trials().stream().filter(t -> t.status() == Status.CONVERGED).count());
  }

  @Test
  void trainsFailedTrialsAgainWhenAskedTo() {
    trainer.planted.put(TRIALS.get(1).id(), new IllegalStateException("planted"));
    trainer.planted.put(TRIALS.get(2).id(), new OutOfMemoryError("planted"));
    run(1);
    assertTrue(Remaining.of(PLAN, store).isEmpty());
    trainer.planted.clear();
    Remaining failed = Remaining.failed(PLAN, store);
    assertEquals(TRIALS.subList(1, 3), failed.trials());
    run(new RunOptions(1, MEMORY, Integer.MAX_VALUE, null), failed, () -> false);
    assertTrue(Remaining.failed(PLAN, store).isEmpty());
    assertEquals(14, trainer.epochs.get());
  }

  @Test
  void aTrialThatNeverFitsIsNotStarted() {
    trainer.bytes.put(TRIALS.get(3).id(), 5L << 30);
    run(2);
    FinishedTrial refused = stored(TRIALS.get(3));
    assertEquals(Status.OUT_OF_MEMORY, refused.status());
    assertEquals(
        "needs about 5.0 GiB of memory, and all trials together may take 0.0 MiB (--memory)",
        refused.message());
    assertFalse(trainer.trained.containsKey(TRIALS.get(3).id()));
  }

  @Test
  void trialsTogetherStayWithinTheMemory() {
    TRIALS.forEach(trial -> trainer.bytes.put(trial.id(), 40L));
    assertEquals(new RunSummary(12, 0, false), run(6));
    assertTrue(trainer.mostBytes.get() <= MEMORY, trainer.mostBytes.toString());
  }

  @Test
  void cancelledTrialsLeaveNoTrace() throws IOException {
    RunSummary summary =
        run(
            new RunOptions(2, MEMORY, Integer.MAX_VALUE, null),
            TRIALS,
            () -> trainer.epochs.get() >= 5);
    assertTrue(summary.interrupted());
    assertEquals(summary.finished(), store.trials().size());
    assertTrue(summary.finished() < 12);
    run(2);
    assertEquals(12, store.trials().size());
    assertEquals(expectedBest(), weights());
  }

  private static Set<String> expectedBest() {
    Set<String> best = new TreeSet<>();
    for (String model : List.of("vae", "iwae")) {
      TRIALS.stream()
          .filter(trial -> trial.cell().text("model").equals(model))
          .min((a, b) -> Double.compare(FakeTrainer.mse(a.id()), FakeTrainer.mse(b.id())))
          .ifPresent(trial -> best.add(trial.id() + ".safetensors"));
    }
    return best;
  }

  @Test
  void theWeightsKeptDoNotDependOnTheOrder() throws IOException {
    List<Trial> shuffled = new ArrayList<>(TRIALS);
    Random random = new Random(5);
    for (int round = 0; round < 5; round++) {
      Collections.shuffle(shuffled, random);
      InMemoryTrialStore fresh = new InMemoryTrialStore();
      new LocalTrialRunner(
              trainer,
              folder.resolve("models"),
              keep,
              new RunOptions(1 + round % 3, MEMORY, Integer.MAX_VALUE, null),
              clock)
          .run(Remaining.of(shuffled, fresh), fresh, StudyListener.NONE, () -> false);
      assertEquals(expectedBest(), weights());
    }
  }

  @Test
  void removesWhatAKilledRunLeftAndNothingElse() throws IOException {
    Path models = Files.createDirectories(folder.resolve("models"));
    Files.writeString(models.resolve("00000000000000ff.safetensors"), "of no trial");
    Files.writeString(models.resolve("0000000000000001.safetensors.part"), "half");
    Files.writeString(models.resolve("notes.txt"), "mine");
    run(1);
    Set<String> expected = expectedBest();
    expected.add("notes.txt");
    assertEquals(expected, weights());
  }

  @Test
  void keepsAllWeightsOrNoneAsAsked() throws IOException {
    keep = KeepWeights.ALL;
    run(2);
    assertEquals(12, weights().size());
    keep = KeepWeights.NONE;
    run(2);
    assertEquals(Set.of(), weights());
    keep = KeepWeights.BEST;
    assertEquals(new RunSummary(0, 2, false), run(2));
  }

  @Test
  void aTrialThatFailsWhenTrainedAgainLosesItsOldWeights() throws IOException {
    keep = KeepWeights.ALL;
    run(2);
    trainer.planted.put(TRIALS.get(3).id(), new IllegalStateException("planted"));
    run(new RunOptions(1, MEMORY, 1, null), TRIALS.subList(3, 4), () -> false);
    assertFalse(weights().contains(TRIALS.get(3).id() + ".safetensors"));
    assertEquals(11, weights().size());
  }

  @Test
  void whatThePersonCanMendStopsTheStudy() {
    trainer.planted.put(TRIALS.get(4).id(), new UserError("the disk is full"));
    assertEquals("the disk is full", assertThrows(UserError.class, () -> run(2)).getMessage());
    assertTrue(store.trials().size() < 12);
    trainer.planted.clear();
    run(2);
    assertEquals(12, store.trials().size());
  }

  /// Whichever of its threads it is that dies.
  @ParameterizedTest
  @ValueSource(strings = {"started", "trained", "finished"})
  @Timeout(60)
  void anErrorOfAThreadEndsTheStudyAndNothingWaitsForIt(String where) {
    for (Error planted : List.of(new OutOfMemoryError("planted"), new AssertionError("planted"))) {
      InMemoryTrialStore fresh = new InMemoryTrialStore();
      Throwable thrown =
          assertThrows(
              Throwable.class,
              () ->
                  new LocalTrialRunner(
                          trainer,
                          folder.resolve("models"),
                          keep,
                          new RunOptions(2, MEMORY, Integer.MAX_VALUE, null),
                          clock)
                      .run(
                          Remaining.of(TRIALS, fresh),
                          fresh,
                          listener(where, planted),
                          () -> false));
      assertSame(planted, planted instanceof OutOfMemoryError ? thrown : thrown.getCause());
      assertTrue(fresh.trials().size() < 12);
    }
  }

  private static StudyListener listener(String where, Error planted) {
    return new StudyListener() {
      @Override
      public void started(Trial trial) {
        fail("started");
      }

      @Override
      public void trained(Trial trial) {
        fail("trained");
      }

      @Override
      public void finished(Trial trial, FinishedTrial result) {
        fail("finished");
      }

      private void fail(String here) {
        if (here.equals(where)) {
          throw planted;
        }
      }
    };
  }
}
