package org.vaescape.study;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/// What every store must do, whatever it keeps trials in.
public interface TrialStoreContract {

  /// The store under test: empty at the first call of a test, the same store, opened once more, at
  /// the next.
  TrialStore open();

  /// Numbers that a database may be tempted to change.
  List<Double> DELICATE =
      List.of(
          Double.NaN,
          Double.longBitsToDouble(0xfff8000000000000L),
          Double.longBitsToDouble(0x7ff8000000000001L),
          Double.POSITIVE_INFINITY,
          Double.NEGATIVE_INFINITY,
          0.0,
          -0.0,
          1.0,
          -3.0,
          0.1 + 0.2,
          Math.nextUp(1.0),
          Double.MIN_VALUE,
          Double.MAX_VALUE,
          9007199254740994.0,
          1e22);

  @Test
  default void keepsATrialWhole() {
    FinishedTrial trial = FinishedTrials.learned("a1", 0, 7.25);
    try (TrialStore store = open()) {
      store.save(trial);
      assertEquals(List.of(trial), store.trials());
      try (TrialStore again = open()) {
        assertEquals(List.of(trial), again.trials());
        assertEquals(
            List.copyOf(trial.metrics().keySet()),
            List.copyOf(again.trials().getFirst().metrics().keySet()));
        assertEquals(
            List.copyOf(trial.settings().keySet()),
            List.copyOf(again.trials().getFirst().settings().keySet()));
      }
    }
  }

  @Test
  default void keepsCheckpointsInTheirOrderAndForgetsThoseOfAnEarlierResult() {
    SequencedMap<String, Double> metrics = new LinkedHashMap<>();
    metrics.put("val_mse", 0.5);
    metrics.put("active_units", 3.0);
    FinishedTrial trial =
        FinishedTrials.learned(
            "a1",
            2,
            7.25,
            List.of(
                new FinishedTrial.Checkpoint("stop", 2, "learned", metrics),
                new FinishedTrial.Checkpoint("horizon", 5, "collapsed", new LinkedHashMap<>())));
    try (TrialStore store = open()) {
      store.save(trial);
      store.save(FinishedTrials.learned("b2", 2, 1));
      assertEquals(trial, store.trials().getFirst());
      store.save(FinishedTrials.learned("a1", 2, 7.25));
      assertEquals(List.of(), store.trials().getFirst().checkpoints());
    }
  }

  @Test
  default void keepsATrialThatNeverStarted() {
    FinishedTrial trial = FinishedTrials.outOfMemory("a1");
    try (TrialStore store = open()) {
      store.save(trial);
      assertEquals(List.of(trial), store.trials());
    }
  }

  @Test
  default void replacesAnEarlierResultOfTheSameId() {
    FinishedTrial trial = FinishedTrials.learned("a1", 0, 2);
    try (TrialStore store = open()) {
      store.save(FinishedTrials.learned("a1", 30, 1));
      store.save(trial);
      assertEquals(List.of(trial), store.trials());
    }
  }

  @Test
  default void ordersTrialsById() {
    try (TrialStore store = open()) {
      for (String id : List.of("f0", "0a", "b7", "b10")) {
        store.save(FinishedTrials.learned(id, 1, 1));
      }
      assertEquals(List.of("0a", "b10", "b7", "f0"), ids(store));
    }
  }

  @Test
  default void keepsEveryBitOfANumber() {
    SequencedMap<String, Double> numbers = new LinkedHashMap<>();
    for (double number : DELICATE) {
      numbers.put("n" + Long.toHexString(Double.doubleToRawLongBits(number)), number);
    }
    try (TrialStore store = open()) {
      store.save(FinishedTrials.with("a1", numbers, Double.NaN));
      FinishedTrial kept = store.trials().getFirst();
      assertSameBits(numbers, kept.metrics());
      assertSameBits(numbers, kept.checkpoints().getFirst().metrics());
      assertSameBits(numbers, kept.curve().getFirst().terms());
      assertEquals(Double.NaN, kept.epochSeconds());
      assertTrue(store.contents().getFirst().isAsSaved());
    }
  }

  @Test
  default void givesTheDigestOfWhatWasSaved() {
    try (TrialStore store = open()) {
      store.save(FinishedTrials.learned("a1", 3, 2));
      FinishedTrial last = FinishedTrials.learned("a1", 3, Math.nextUp(2.0));
      store.save(last);
      assertEquals(List.of(new StoredTrial(last, TrialDigest.of(last))), store.contents());
    }
  }

  @Test
  default void givesOneTrialAlone() {
    FinishedTrial trial = FinishedTrials.learned("b2", 3, 2);
    try (TrialStore store = open()) {
      store.save(FinishedTrials.learned("a1", 2, 1));
      store.save(trial);
      assertEquals(Optional.of(trial), store.trial("b2").map(StoredTrial::trial));
      assertEquals(Optional.empty(), store.trial("c3"));
      assertEquals(Set.of("a1", "b2"), store.digests().keySet());
      assertEquals(TrialDigest.of(trial), store.digests().get("b2"));
    }
  }

  @Test
  default void letsOneAtATimeHaveATrial() {
    try (TrialStore store = open();
        TrialStore other = open()) {
      Claim claim = store.claim("0123456789abcdef").orElseThrow();
      assertEquals(Optional.empty(), other.claim("0123456789abcdef"));
      assertEquals(Optional.empty(), store.claim("0123456789abcdef"));
      Claim another = other.claim("ffffffffffffffff").orElseThrow();
      claim.close();
      other.claim("0123456789abcdef").orElseThrow().close();
      store.claim("0123456789abcdef").orElseThrow().close();
      another.close();
    }
  }

  @Test
  default void takesTrialsFromEightThreadsAtOnce() throws Exception {
    int threads = 8;
    int each = 10;
    try (TrialStore store = open();
        ExecutorService pool = Executors.newFixedThreadPool(threads)) {
      List<Future<?>> saves = new ArrayList<>();
      for (int thread = 0; thread < threads; thread++) {
        int first = thread * each;
        saves.add(
            pool.submit(() -> {
              for (int i = first; i < first + each; i++) {
                store.save(FinishedTrials.learned("id%03d".formatted(i), 3, i));
                store.note("last", Integer.toString(i));
              }
            }));
      }
      await(saves);
      List<FinishedTrial> kept = store.trials();
      assertEquals(threads * each, kept.size());
      for (int i = 0; i < kept.size(); i++) {
        assertEquals(FinishedTrials.learned("id%03d".formatted(i), 3, i), kept.get(i));
      }
    }
  }

  @Test
  default void keepsNotes() {
    try (TrialStore store = open()) {
      assertEquals(Optional.empty(), store.note("study"));
      store.note("study", "name: a\n");
      store.note("study", "name: Krebs, µ, 肿瘤\n");
      try (TrialStore again = open()) {
        assertEquals(Optional.of("name: Krebs, µ, 肿瘤\n"), again.note("study"));
        assertEquals(Optional.empty(), again.note("Study"));
      }
    }
  }

  private static void await(List<Future<?>> tasks) throws InterruptedException, ExecutionException {
    for (Future<?> task : tasks) {
      task.get();
    }
  }

  private static List<String> ids(TrialStore store) {
    return store.trials().stream().map(FinishedTrial::id).toList();
  }

  private static void assertSameBits(
      SequencedMap<String, Double> expected, SequencedMap<String, Double> actual) {
    assertEquals(bits(expected), bits(actual));
  }

  private static List<String> bits(SequencedMap<String, Double> numbers) {
    return numbers.entrySet().stream()
        .map(entry ->
            entry.getKey() + " " + Long.toHexString(Double.doubleToRawLongBits(entry.getValue())))
        .toList();
  }
}
