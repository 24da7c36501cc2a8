package org.vaescape.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.function.Function;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sqlite.SQLiteConfig;
import org.vaescape.UserError;
import org.vaescape.study.FinishedTrial;
import org.vaescape.study.FinishedTrials;
import org.vaescape.study.StoredTrial;
import org.vaescape.study.TrialStore;
import org.vaescape.study.TrialStoreContract;

final class SqliteStoreTest implements TrialStoreContract {
  @TempDir private Path folder;

  @Override
  public TrialStore open() {
    return SqliteStore.open(file());
  }

  /// Each trial has hundreds of them, and of ten thousand trials they would take half the memory.
  @Test
  void readsANameOfManyTrialsIntoOneObject() {
    try (TrialStore store = open()) {
      store.save(FinishedTrials.learned("a1", 2, 1));
      store.save(FinishedTrials.learned("b2", 2, 1));
      List<FinishedTrial> trials = store.trials();
      for (Function<FinishedTrial, SequencedMap<String, ?>> entries :
          List.<Function<FinishedTrial, SequencedMap<String, ?>>>of(
              FinishedTrial::settings,
              FinishedTrial::metrics,
              FinishedTrial::provenance,
              trial -> trial.curve().getLast().terms())) {
        assertSame(
            entries.apply(trials.getFirst()).firstEntry().getKey(),
            entries.apply(trials.getLast()).firstEntry().getKey());
      }
    }
  }

  @Test
  void losesNothingThatItSaidWasSavedWhenTheProcessIsKilled() throws Exception {
    List<String> saved = new ArrayList<>();
    for (int kill = 0; kill < 3; kill++) {
      saved.addAll(savedBeforeKill("k" + kill));
    }
    try (TrialStore store = open()) {
      List<FinishedTrial> kept = store.trials();
      assertTrue(kept.stream().map(FinishedTrial::id).toList().containsAll(saved));
      for (FinishedTrial trial : kept) {
        assertEquals(StoreWriter.trial(trial.id()), trial);
      }
    }
  }

  /// Ids that a child process said it had saved, until it was killed while it went on.
  private List<String> savedBeforeKill(String prefix) throws IOException {
    Process child =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                StoreWriter.class.getName(),
                file().toString(),
                prefix)
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    List<String> saved = new ArrayList<>();
    try (BufferedReader lines = child.inputReader()) {
      while (saved.size() < 25) {
        saved.add(Optional.ofNullable(lines.readLine()).orElseThrow());
      }
      // By its handle: Process#destroyForcibly would also drop what it has printed.
      assertTrue(child.toHandle().destroyForcibly());
      // The last line may be cut.
      lines.lines().filter(id -> id.length() == saved.getFirst().length()).forEach(saved::add);
    }
    return saved;
  }

  @Test
  void saysThatTheDiskIsFullAndGoesOnAfterwards() {
    FinishedTrial trial = FinishedTrials.learned("a1", 1, 1);
    SQLiteConfig small = new SQLiteConfig();
    small.setMaxPageCount(40);
    try (TrialStore store = SqliteStore.open(file(), small, false)) {
      store.save(trial);
      UserError error =
          assertThrows(UserError.class, () -> store.save(FinishedTrials.learned("a2", 20_000, 1)));
      assertEquals(
          file()
              + ": the disk is full; free some space and run the same command again, it goes on where it stopped",
          error.getMessage());
      assertEquals(List.of(trial), store.trials());
      store.save(FinishedTrials.learned("a3", 1, 3));
    }
    try (TrialStore store = open()) {
      store.save(FinishedTrials.learned("a2", 20_000, 1));
      assertEquals(3, store.trials().size());
    }
  }

  @Test
  void saysThatItsFileWasRemoved() throws IOException {
    try (TrialStore store = open()) {
      store.save(FinishedTrials.learned("a1", 1, 1));
      Files.delete(file());
      UserError error =
          assertThrows(UserError.class, () -> store.save(FinishedTrials.learned("a2", 1, 1)));
      assertTrue(
          String.valueOf(error.getMessage()).startsWith(file() + " has been removed or renamed"),
          error.getMessage());
    }
  }

  /// However far it came before the disk was full.
  @Test
  void saysThatTheDiskIsFullWhileTheTablesAreMade() throws IOException {
    int refused = 0;
    for (int pages = 1; pages < 20; pages++) {
      SQLiteConfig small = new SQLiteConfig();
      small.setMaxPageCount(pages);
      try {
        SqliteStore.open(file(), small, false).close();
      } catch (UserError error) {
        refused++;
        String said = String.valueOf(error.getMessage());
        assertTrue(said.startsWith(file() + ": the disk is full; "), said);
        Files.delete(file());
      }
    }
    assertTrue(refused > 3, "refused " + refused);
    open().close();
  }

  @Test
  void refusesAStoreOfANewerVersion() throws SQLException {
    open().close();
    execute("PRAGMA user_version = 7");
    assertRefused(
        " was written by a newer vaescape (store version 7, this one knows up to 3); use that one, or another folder by --out");
  }

  /// As the first version made it: its script never changes.
  @Test
  void opensAStoreOfTheFirstVersion() throws SQLException, IOException {
    try (InputStream script = Schema.class.getResourceAsStream("schema-1.sql")) {
      execute(
          new String(Objects.requireNonNull(script).readAllBytes(), StandardCharsets.UTF_8)
              + """
              INSERT INTO trial VALUES
                ('a1', 2, 'converged', 'learned', 1, 1.5, 0.25, 'plain', 'fp32', 'c0ffee', '');
              INSERT INTO setting VALUES ('a1', 0, 'model', 'vae');
              INSERT INTO provenance VALUES ('a1', 0, 'java', '25');
              INSERT INTO metric VALUES ('a1', 0, 'val_mse', 0.5);
              INSERT INTO epoch_term VALUES ('a1', 1, 0, 'val_loss', 'nan');
              INSERT INTO note VALUES ('study.name', 'old');
              PRAGMA user_version = 1;
              PRAGMA application_id = 1986094451;
              """);
    }
    try (TrialStore store = open()) {
      FinishedTrial old = store.trials().getFirst();
      assertEquals(0.5, old.metric("val_mse"));
      assertEquals(List.of(), old.checkpoints());
      assertEquals("old", store.note("study.name").orElseThrow());
      assertEquals("", store.contents().getFirst().digest());
      assertTrue(store.contents().getFirst().isAsSaved(), "nothing tells that it is not");
      SequencedMap<String, Double> numbers = new LinkedHashMap<>();
      numbers.put("val_mse", 0.1);
      FinishedTrial changed = FinishedTrials.with("b2", numbers, 1);
      store.save(changed);
      assertEquals(List.of(old, changed), store.trials());
    }
  }

  /// Whatever of a trial is changed, and whatever is added or taken away.
  @ParameterizedTest
  @ValueSource(
      strings = {
        "UPDATE trial SET repeat = 7",
        "UPDATE trial SET status = 'diverged'",
        "UPDATE trial SET verdict = 'collapsed'",
        "UPDATE trial SET epochs = epochs + 1",
        "UPDATE trial SET seconds = seconds + 1e-15",
        "UPDATE trial SET epoch_seconds = 'nan'",
        "UPDATE trial SET path = 'fast'",
        "UPDATE trial SET precision = 'bf16'",
        "UPDATE trial SET data_hash = 'c0ffef'",
        "UPDATE trial SET message = ' '",
        "UPDATE setting SET value = '11' WHERE name = 'latent'",
        "UPDATE setting SET place = 9 WHERE place = 0",
        "DELETE FROM provenance WHERE name = 'cpu'",
        "UPDATE provenance SET name = 'gpu' WHERE name = 'cpu'",
        "UPDATE metric SET value = value * (1 + 1e-15) WHERE name = 'val_mse'",
        "INSERT INTO metric VALUES ('a1', 9, 'val_r2', 1.0)",
        "UPDATE epoch_term SET value = '-0' WHERE epoch = 2 AND name = 'val_loss'",
        "DELETE FROM epoch_term WHERE epoch = 3",
        "UPDATE checkpoint SET epoch = 2",
        "UPDATE checkpoint_metric SET value = 2 * value",
        "UPDATE trial SET digest = 'c0ffee'"
      })
  void aTrialWhoseRowsWereChangedIsNotAsSaved(String change) throws SQLException {
    SequencedMap<String, Double> metrics = new LinkedHashMap<>();
    metrics.put("val_mse", 0.5);
    try (TrialStore store = open()) {
      store.save(
          FinishedTrials.learned(
              "a1", 3, 0.7, List.of(new FinishedTrial.Checkpoint("stop", 3, "learned", metrics))));
    }
    execute(change);
    try (TrialStore store = open()) {
      store.save(FinishedTrials.learned("b2", 1, 1));
      assertEquals(
          List.of(false, true), store.contents().stream().map(StoredTrial::isAsSaved).toList());
    }
  }

  /// As another program leaves it, which does not know that rows belong to the trial.
  @Test
  void aTrialThatWasDeletedByHandIsSavedAnew() throws SQLException {
    FinishedTrial trial = FinishedTrials.learned("a1", 3, 0.7);
    try (TrialStore store = open()) {
      store.save(trial);
    }
    execute("DELETE FROM trial");
    try (TrialStore store = open()) {
      store.save(trial);
      assertEquals(List.of(trial), store.trials());
    }
  }

  /// Trials of this version say of which matrix they are.
  @Test
  void aDigestThatWasRemovedIsNoDigestOfAnEarlierVersion() throws SQLException {
    try (TrialStore store = open()) {
      store.save(FinishedTrials.learned("a1", 3, 0.7));
    }
    execute("UPDATE trial SET digest = ''");
    try (TrialStore store = open()) {
      assertTrue(store.contents().getFirst().isAsSaved());
    }
    execute("INSERT INTO provenance VALUES ('a1', 99, 'content of data.matrix', 'c0ffee')");
    try (TrialStore store = open()) {
      assertFalse(store.contents().getFirst().isAsSaved());
    }
  }

  @Test
  void refusesADatabaseOfAnotherProgram() throws SQLException {
    execute("CREATE TABLE bookmarks (url TEXT)");
    assertRefused(" is a database of another program; choose another folder by --out");
  }

  @Test
  void refusesAFileThatIsNoDatabaseAndLeavesItAlone() throws IOException {
    String text = "gene\tS1\tS2\n".repeat(200);
    Files.writeString(file(), text);
    assertRefused(
        " is no database, or a damaged one; restore it, or let run write to another folder (--out)");
    assertEquals(text, Files.readString(file()));
  }

  @Test
  void refusesAFolderThatDoesNotExist() {
    Path missing = folder.resolve("missing").resolve("study.db");
    UserError error = assertThrows(UserError.class, () -> SqliteStore.open(missing));
    assertEquals(
        missing
            + " cannot be written; make its folder writable, or let run write to another (--out)",
        error.getMessage());
  }

  @Test
  void refusesAFolderWithoutWritePermission() throws IOException {
    Path locked = Files.createDirectory(folder.resolve("locked"));
    assertTrue(locked.toFile().setWritable(false));
    Assumptions.assumeFalse(Files.isWritable(locked), "root may write everywhere");
    Path file = locked.resolve("study.db");
    UserError error = assertThrows(UserError.class, () -> SqliteStore.open(file));
    assertEquals(
        file + " cannot be written; make its folder writable, or let run write to another (--out)",
        error.getMessage());
  }

  @Test
  void keepsWriteAheadLogAndFullSyncAndForeignKeys() throws SQLException {
    try (TrialStore store = open()) {
      store.save(FinishedTrials.learned("a1", 2, 1));
      assertTrue(Files.exists(folder.resolve("study.db-wal")));
      store.save(FinishedTrials.learned("a1", 1, 1));
    }
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file());
        Statement statement = connection.createStatement()) {
      assertEquals("wal", statement.executeQuery("PRAGMA journal_mode").getString(1));
      assertEquals(2, statement.executeQuery("SELECT count(*) FROM epoch_term").getInt(1));
    }
  }

  private void assertRefused(String complaint) {
    UserError error = assertThrows(UserError.class, this::open);
    assertEquals(file() + complaint, error.getMessage());
  }

  private void execute(String sql) throws SQLException {
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file());
        Statement statement = connection.createStatement()) {
      statement.executeUpdate(sql);
    }
  }

  private Path file() {
    return folder.resolve("study.db");
  }
}
