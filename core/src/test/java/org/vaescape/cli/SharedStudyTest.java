package org.vaescape.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.vaescape.report.live.StudyFolder.Stored;
import org.vaescape.store.PostgresServer;
import org.vaescape.store.SqliteStore;
import org.vaescape.study.Claim;
import org.vaescape.study.TrialStore;

/// A study that others run too, in its folder or on a server.
final class SharedStudyTest {
  private static final Path DATA = Path.of(System.getProperty("basedir", "."), "..", "data");

  @TempDir private Path temporary;

  @BeforeEach
  void writeTheStudy() throws IOException {
    Files.writeString(
        temporary.resolve("tiny.yaml"),
        """
        name: tiny
        data: {matrix: %s, select: {keep: 20}}
        space: {model: vae, latent: [2, 3], learning-rate: 1e-3, optimizer: adam, hidden: [[4]]}
        train: {batch: 32, drop-last: false, max-epochs: 2, stop: none}
        keep: {weights: all}
        """
            .formatted(DATA.resolve("smoke_cc0.tsv.gz").toRealPath()));
  }

  private Path folder(String name) {
    return temporary.resolve(name);
  }

  private Console run(String out, String... more) {
    List<String> words =
        new ArrayList<>(
            List.of(
                "run", temporary.resolve("tiny.yaml").toString(), "--out", folder(out).toString()));
    words.addAll(Arrays.asList(more));
    return Console.run(words.toArray(String[]::new));
  }

  /// The table without its times.
  private Set<String> results(String out) throws IOException {
    return Files.readAllLines(folder(out).resolve("trials.csv")).stream()
        .map(line -> {
          List<String> cells = new ArrayList<>(Arrays.asList(line.split(",", -1)));
          cells.subList(15, 17).clear();
          return String.join(",", cells);
        })
        .collect(Collectors.toSet());
  }

  @Test
  void anotherStudyIsRefusedWhileOneRunsAndTheSameSharesItsWork() {
    Path folder = folder("out");
    assertEquals(0, run("out").code());
    try (FolderLock other = FolderLock.take(folder, "study.db")) {
      other.begun();
      Console refused = run("out", "--set", "repeats=2", "--set", "space.latent=2");
      assertEquals(2, refused.code());
      assertEquals(
          "vaescape: "
              + folder
              + ": another vaescape is running another study there: space.latent is 2, 3 there and 2 here, repeats.count is 1 there and 2 here; wait until it ends, choose another folder by --out, or change that back to share its work\n",
          refused.err().replaceFirst("(?s).*(?=vaescape: )", "").replace("[2, 3]", "2, 3"));
      Console same = run("out");
      assertEquals(0, same.code());
      assertTrue(
          same.err()
              .contains(
                  "Another vaescape runs this study in " + folder + "; they share the work.\n"),
          same.err());
    }
    assertEquals(0, run("out", "--set", "repeats=2").code());
  }

  @Test
  void waitsForATrialThatAnotherTrainsAndTrainsItWhenThatGivesUp() throws Exception {
    assertEquals(0, run("whole").code());
    assertEquals(0, run("out", "--max-trials", "1").code());
    String last;
    try (TrialStore store = SqliteStore.open(folder("whole").resolve("study.db"));
        TrialStore part = SqliteStore.open(folder("out").resolve("study.db"))) {
      Set<String> ids = new HashSet<>(store.digests().keySet());
      ids.removeAll(part.digests().keySet());
      last = ids.iterator().next();
    }
    try (TrialStore other = SqliteStore.open(folder("out").resolve("study.db"));
        ExecutorService thread = Executors.newSingleThreadExecutor()) {
      Future<Console> answer;
      try (Claim _ = other.claim(last).orElseThrow()) {
        answer = thread.submit(() -> run("out"));
        assertThrows(TimeoutException.class, () -> answer.get(3, TimeUnit.SECONDS));
        assertEquals(1, other.digests().size());
      }
      assertTrue(
          answer
              .get()
              .err()
              .contains(
                  "Waiting for a trial that another vaescape is training; ctrl-C goes on without.\n"),
          answer.get().err());
      assertEquals(0, answer.get().code());
    }
    assertEquals(results("whole"), results("out"));
  }

  @Test
  void saysThatTrialsAreGoneWhichTheLastRunHadStored() throws Exception {
    assertEquals(0, run("out").code());
    Files.delete(folder("out").resolve("study.db"));
    assertEquals(2, run("out").code(), "the folder is not known as ours any more");
    Files.createFile(folder("out").resolve("study.db"));
    Console empty = run("out");
    assertEquals(2, empty.code());
    assertTrue(empty.err().contains("study.db is empty, though study.yaml beside it"), empty.err());
    assertEquals(0, run("other", "--max-trials", "1").code());
    Files.copy(
        folder("other").resolve("study.db"),
        folder("out").resolve("study.db"),
        StandardCopyOption.REPLACE_EXISTING);
    Console less = run("out");
    assertEquals(0, less.code());
    assertTrue(
        less.err()
            .contains(
                "Warning: 1 of the trials that the last run stored is not in study.db any more: "),
        less.err());
  }

  @Test
  void aServerKeepsWhatAFileKeeps() throws IOException, SQLException {
    try (PostgresServer server = PostgresServer.start()) {
      String store = "store=" + server.url("vaescape");
      assertEquals(0, run("file").code());
      assertEquals(0, run("server", "--set", store, "--max-trials", "1").code());
      Console dry = run("server", "--set", store, "--dry-run");
      assertTrue(dry.out().contains("Trials: 2, of which 1 are in "), dry.out());
      // As on another machine.
      assertEquals(0, run("other", "--set", store).code());
      assertEquals(results("file"), results("other"));
      assertEquals(1, weights("server"));
      assertEquals(1, weights("other"));
      Console again = run("server", "--set", store);
      assertTrue(again.err().contains("2 of 2 trials are there already"), again.err());
      assertEquals(results("file"), results("server"));
      Files.delete(folder("server").resolve("trials.csv"));
      assertEquals(0, Console.run("report", folder("server").toString()).code());
      assertEquals(results("file"), results("server"));
      assertEquals(0, Console.run("analyze", folder("server").toString()).code());
      assertTrue(StoredFolder.isStudy(folder("server")));
      StoredFolder shown = new StoredFolder(folder("server"));
      assertEquals(2, shown.stored().map(Stored::endings).orElseThrow().size());
      assertFalse(shown.isRunning());
      Console incomparable = run("new", "--set", store, "--set", "data.select.keep=21");
      assertEquals(2, incomparable.code());
      assertTrue(
          incomparable.err().contains("data.select.keep is 20 there and 21 here"),
          incomparable.err());
      assertFalse(Files.exists(folder("new")));
      assertEquals(
          0, run("apart", "--set", store + "?schema=apart", "--set", "data.select.keep=21").code());
    }
  }

  private long weights(String out) throws IOException {
    try (Stream<Path> files = Files.list(folder(out).resolve("models"))) {
      return files.count();
    }
  }

  @Test
  void aPasswordIsRefusedAndWrittenNowhere() throws IOException {
    Console refused = run("out", "--set", "store=postgresql://me:hush@127.0.0.1:1/studies");
    assertEquals(2, refused.code());
    assertTrue(
        refused
            .err()
            .contains(
                "store must hold no password, since study.yaml and the report show it; take it away, and give it by PGPASSWORD or in ~/.pgpass"),
        refused.err());
    assertFalse(refused.err().contains("hush"), refused.err());
    assertFalse(Files.exists(folder("out")));
  }
}
