package org.vaescape.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.vaescape.report.ReportInput.Planned;
import org.vaescape.store.SqliteStore;
import org.vaescape.study.FileMutex;
import org.vaescape.study.FinishedTrial;
import org.vaescape.study.FinishedTrials;
import org.vaescape.study.Status;
import org.vaescape.study.TrialStore;

final class ReportCommandTest {
  @TempDir private Path folder;

  @Test
  void makesEverythingAgainFromTheStoreAlone() throws IOException {
    FinishedTrial first = FinishedTrials.learned("a1", 3, 0.3);
    SequencedMap<String, String> other = new LinkedHashMap<>(first.settings());
    other.put("latent", "20");
    StoredStudy study =
        new StoredStudy(
            "two cells",
            2021,
            "name: two cells\n",
            List.of(),
            List.of(new Planned("b2", other, 0), new Planned("a1", first.settings(), 1)),
            false,
            List.of("3 labels fit no sample"));
    try (TrialStore store = SqliteStore.open(folder.resolve("study.db"))) {
      study.keep(store);
      store.save(first);
      assertEquals(study, StoredStudy.read(store, folder.toString()));
    }
    Console answer = Console.run("report", folder.toString());
    assertEquals("", answer.err());
    assertEquals(0, answer.code());
    assertTrue(answer.out().startsWith("1 of 2 planned trials have "), answer.out());
    assertTrue(Files.readString(folder.resolve("trials.csv")).contains("\na1,vae,10,1e-5,"));
    assertTrue(Files.readString(folder.resolve("epochs.csv")).contains("\na1,3,"));
    String page = Files.readString(folder.resolve("report.html"));
    assertTrue(page.contains("3 labels fit no sample"));

    Console again = Console.run("report", folder.toString());
    assertEquals(answer, again);
    assertEquals(page, Files.readString(folder.resolve("report.html")));
  }

  @Test
  void replaysOtherStoppingRulesOnTheCurvesThatAreStored() throws IOException {
    List<FinishedTrial.Epoch> curve = new ArrayList<>();
    for (double loss : new double[] {4, 2, 3, 3, 3}) {
      SequencedMap<String, Double> terms = new LinkedHashMap<>();
      terms.put("val_loss", loss);
      terms.put("val_reconstruction", loss / 2);
      terms.put("seconds", 0.5);
      curve.add(new FinishedTrial.Epoch(curve.size() + 1, terms));
    }
    FinishedTrial trial = FinishedTrials.ofCurve("a1", "9", Status.CONVERGED, curve);
    StoredStudy study =
        new StoredStudy(
            "s",
            1,
            "name: s\n",
            List.of(),
            List.of(new Planned("a1", trial.settings(), 0)),
            true,
            List.of());
    try (TrialStore store = SqliteStore.open(folder.resolve("study.db"))) {
      study.keep(store);
      store.save(trial);
    }
    String option = "{rule: patience, patience: [1, 2, 9], min-epochs: 1, restore: best}";
    Console answer =
        Console.run("report", folder.toString(), "--replay", option, "--replay", "none");
    assertEquals("", answer.err());
    assertEquals(
        """
        Replay of {rule: patience, min-epochs: 1, patience: 1, min-delta: 0.0001, on: loss, \
        restore: best}: 1 converged
        Replay of {rule: patience, min-epochs: 1, patience: 2, min-delta: 0.0001, on: loss, \
        restore: best}: 1 converged
        Replay of {rule: patience, min-epochs: 1, patience: 9, min-delta: 0.0001, on: loss, \
        restore: best}: 1 censored
        Replay of {rule: none}: 1 censored
        Censored: the curve ends before the rule would stop, so where it would is not known; \
        a study with train.stop=none, or a train.horizon, can tell.
        Replay:  %s
        """
            .formatted(folder.resolve("replay.csv")),
        answer.out().substring(answer.out().indexOf("Replay of")));
    assertEquals(
        """
        rule,trial,model,latent,learning-rate,optimizer,repeat,status,epochs,weights_epoch,\
        val_loss,val_reconstruction
        "{rule: patience, min-epochs: 1, patience: 1, min-delta: 0.0001, on: loss, \
        restore: best}",a1,vae,10,1e-5,,0,converged,3,2,2,1
        "{rule: patience, min-epochs: 1, patience: 2, min-delta: 0.0001, on: loss, \
        restore: best}",a1,vae,10,1e-5,,0,converged,4,2,2,1
        "{rule: patience, min-epochs: 1, patience: 9, min-delta: 0.0001, on: loss, \
        restore: best}",a1,vae,10,1e-5,,0,censored,,,,
        {rule: none},a1,vae,10,1e-5,,0,censored,,,,
        """,
        Files.readString(folder.resolve("replay.csv")));
  }

  private void store(List<FinishedTrial> planned, List<FinishedTrial> finished) {
    try (TrialStore store = SqliteStore.open(folder.resolve("study.db"))) {
      new StoredStudy(
              "s",
              1,
              "name: s\n",
              List.of(),
              planned.stream().map(trial -> new Planned(trial.id(), trial.settings(), 0)).toList(),
              true,
              List.of())
          .keep(store);
      finished.forEach(store::save);
    }
  }

  @Test
  void leavesOutWhatAStudyNoLongerNamesAndSaysSo() throws IOException {
    FinishedTrial kept = FinishedTrials.learned("a1", 3, 0.3);
    FinishedTrial former = FinishedTrials.learned("c3", 4, 0.4);
    store(List.of(kept), List.of(kept, former));
    Console answer =
        Console.run("report", folder.toString(), "--replay", "{rule: none, max-epochs: 3}");
    assertEquals(0, answer.code(), answer.err());
    assertTrue(answer.out().startsWith("1 of 1 planned trial"), answer.out());
    String left = "Trials in the store that the study no longer names: 1.";
    assertTrue(answer.out().contains(left), answer.out());
    assertTrue(Files.readString(folder.resolve("report.html")).contains(left));
    for (String table : List.of("trials.csv", "epochs.csv", "replay.csv")) {
      assertFalse(Files.readString(folder.resolve(table)).contains("c3"), table);
    }
    store(List.of(kept, former), List.of());
    assertFalse(Console.run("report", folder.toString()).out().contains("no longer names"));
    assertTrue(Files.readString(folder.resolve("trials.csv")).contains("\nc3,"));
  }

  /// While a study runs, its folder is taken, and reports are made all the same, several at once.
  @Test
  void makesReportsBesideARunAndEachOtherAndNeverHalfAFile() throws Exception {
    FinishedTrial trial = FinishedTrials.learned("a1", 3, 0.3);
    store(List.of(trial), List.of(trial));
    String whole = Console.run("report", folder.toString()).out();
    String table = Files.readString(folder.resolve("trials.csv"));
    try (FolderLock _ = FolderLock.take(folder, "study.db");
        ExecutorService threads = Executors.newFixedThreadPool(4)) {
      List<Future<Console>> answers = new ArrayList<>();
      for (int i = 0; i < 8; i++) {
        answers.add(threads.submit(() -> Console.run("report", folder.toString())));
      }
      while (answers.stream().anyMatch(answer -> !answer.isDone())) {
        assertEquals(table, Files.readString(folder.resolve("trials.csv")));
        assertTrue(Files.readString(folder.resolve("report.html")).endsWith("</html>\n"));
      }
      for (Future<Console> answer : answers) {
        assertEquals(new Console(0, whole, ""), answer.get());
      }
    }
  }

  /// Whoever writes last has also read last.
  @Test
  void readsTheStoreOnlyWhenNobodyElseWritesResults() throws Exception {
    FinishedTrial first = FinishedTrials.learned("a1", 3, 0.3);
    FinishedTrial second = FinishedTrials.learned("b2", 3, 0.3);
    store(List.of(first, second), List.of(first));
    try (ExecutorService thread = Executors.newSingleThreadExecutor()) {
      Future<Console> answer;
      try (FileMutex _ = FileMutex.take(folder.resolve(".results.lock"))) {
        answer = thread.submit(() -> Console.run("report", folder.toString()));
        assertThrows(TimeoutException.class, () -> answer.get(2, TimeUnit.SECONDS));
        store(List.of(first, second), List.of(second));
      }
      assertTrue(answer.get().out().startsWith("2 of 2 planned trials"), answer.get().out());
    }
    assertTrue(Files.readString(folder.resolve("trials.csv")).contains("\nb2,"));
  }

  @Test
  void refusesAFolderWithoutAStudy() {
    assertEquals(
        new Console(
            2,
            "",
            "vaescape: " + folder + " holds no study (no study.db); name one that 'run' wrote\n"),
        Console.run("report", folder.toString()));
  }

  @Test
  void refusesAStudyThatNeverBegan() {
    SqliteStore.open(folder.resolve("study.db")).close();
    assertEquals(
        new Console(
            2,
            "",
            "vaescape: "
                + folder
                + " holds a study that was stopped before it began; run it first\n"),
        Console.run("report", folder.toString()));
  }
}
