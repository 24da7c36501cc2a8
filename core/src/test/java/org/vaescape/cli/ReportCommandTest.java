package org.vaescape.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.vaescape.report.ReportInput.Planned;
import org.vaescape.store.SqliteStore;
import org.vaescape.study.FinishedTrial;
import org.vaescape.study.FinishedTrials;
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
            List.of(new Planned("b2", other, 0), new Planned("a1", first.settings(), 1)),
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
