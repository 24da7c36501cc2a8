package org.vaescape.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;
import org.vaescape.UserError;
import org.vaescape.study.FinishedTrial;
import org.vaescape.study.FinishedTrials;
import org.vaescape.study.TrialStore;

final class SqliteReaderTest {
  private static final List<String> METRICS = List.of("val_mse", "pca_mse");

  @TempDir private Path temporary;
  private Path file = Path.of("");

  @BeforeEach
  void nameTheFile() throws IOException {
    // Characters that mean something in the address of a database.
    file = Files.createDirectories(temporary.resolve("a b?c#d%20")).resolve("study.db");
  }

  @Test
  void readsWhileAnotherConnectionWritesAndKeepsItNotWaiting() {
    try (TrialStore store = SqliteStore.open(file)) {
      store.note("k", "v");
      store.save(FinishedTrials.learned("a1", 2, 0.3));
      try (SqliteReader reader = SqliteReader.open(file)) {
        assertEquals(Optional.of("v"), reader.note("k"));
        SequencedMap<String, FinishedTrial> first = reader.endings(Map.of(), METRICS);
        assertEquals(List.of("a1"), List.copyOf(first.keySet()));
        FinishedTrial ending = first.firstEntry().getValue();
        assertEquals(Map.of("val_mse", 0.3 / 3), ending.metrics());
        assertEquals(2, ending.epochs());
        assertEquals(List.of(), ending.curve());

        store.save(FinishedTrials.outOfMemory("b2"));
        SequencedMap<String, FinishedTrial> second = reader.endings(first, METRICS);
        assertEquals(List.of("a1", "b2"), List.copyOf(second.keySet()));
        assertSame(ending, second.get("a1"), "not read again");

        store.save(FinishedTrials.outOfMemory("a1"));
        assertEquals(0, reader.endings(second, METRICS).firstEntry().getValue().epochs());
      }
    }
  }

  @Test
  void leavesNothingBesideAStoreThatNobodyWrites() throws IOException {
    try (TrialStore store = SqliteStore.open(file)) {
      store.save(FinishedTrials.learned("a1", 2, 0.3));
    }
    try (SqliteReader reader = SqliteReader.open(file)) {
      assertEquals(1, reader.endings(Map.of(), METRICS).size());
    }
    try (Stream<Path> files = Files.list(file.resolveSibling(""))) {
      assertEquals(List.of(file), files.toList());
    }
  }

  @Test
  void aStoreWithoutTablesHasNothingYet() throws IOException {
    Files.createFile(file);
    try (SqliteReader reader = SqliteReader.open(file)) {
      assertEquals(Optional.empty(), reader.note("k"));
      assertEquals(Map.of(), reader.endings(Map.of(), METRICS));
    }
  }

  @Test
  void refusesAFileThatIsNoDatabase() throws IOException {
    Files.writeString(file, "something else, long enough to be looked at as a database".repeat(9));
    UserError error = assertThrows(UserError.class, () -> SqliteReader.open(file).close());
    assertTrue(String.valueOf(error.getMessage()).contains("is no database"), error.getMessage());
  }

  @Test
  void refusesADatabaseOfAFormatThatThereIsNot() throws IOException {
    SqliteStore.open(file).close();
    byte[] bytes = Files.readAllBytes(file);
    bytes[47] = 9; // of the header, what kind of tables it says that there are
    Files.write(file, bytes);
    for (Executable open :
        List.<Executable>of(
            () -> SqliteReader.open(file).note("k"),
            () -> SqliteStore.open(file).close(),
            () -> SqliteStore.openToRead(file).close())) {
      UserError error = assertThrows(UserError.class, open);
      assertTrue(String.valueOf(error.getMessage()).contains("is no database"), error.getMessage());
    }
  }
}
