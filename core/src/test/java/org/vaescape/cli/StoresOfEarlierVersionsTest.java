package org.vaescape.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.vaescape.UserError;
import org.vaescape.store.SqliteReader;
import org.vaescape.store.SqliteStore;
import org.vaescape.study.FinishedTrial;
import org.vaescape.study.FinishedTrials;
import org.vaescape.study.StoredTrial;
import org.vaescape.study.TrialStore;

/// For each version of the store one that the vaescape of that time wrote, and the `trials.csv`
/// that it wrote beside it.
final class StoresOfEarlierVersionsTest {
  @TempDir private Path folder;

  private Path store(int version) throws IOException {
    return copy("study-%d.db".formatted(version), "study.db");
  }

  private Path copy(String resource, String name) throws IOException {
    try (InputStream stream =
        Objects.requireNonNull(
            StoresOfEarlierVersionsTest.class.getResourceAsStream("/stores/" + resource))) {
      Path file = folder.resolve(name);
      Files.copy(stream, file);
      return file;
    }
  }

  /// Rows by trial, cells by column.
  private static Map<String, Map<String, String>> table(Path file) throws IOException {
    Map<String, Map<String, String>> rows = new TreeMap<>();
    try (CsvReader<NamedCsvRecord> records = CsvReader.builder().ofNamedCsvRecord(file)) {
      records.forEach(row -> rows.put(row.getField("trial"), row.getFieldsAsMap()));
    }
    return rows;
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3})
  void reportSaysWhatTheVersionOfThatTimeSaid(int version) throws IOException {
    Path store = store(version);
    byte[] before = Files.readAllBytes(store);
    Map<String, Map<String, String>> then =
        table(copy("trials-%d.csv".formatted(version), "then.csv"));
    assertEquals("", Console.run("report", folder.toString()).err());
    Map<String, Map<String, String>> now = table(folder.resolve("trials.csv"));
    assertEquals(2, then.size());
    assertEquals(then.keySet(), now.keySet());
    then.forEach((trial, row) ->
        row.forEach((column, value) ->
            assertEquals(value, Objects.requireNonNull(now.get(trial)).get(column), column)));
    assertEquals(-1, Arrays.mismatch(before, Files.readAllBytes(store)));
    assertFalse(Files.exists(Path.of(store + "-wal")));
  }

  /// Whoever only reads leaves it to the version that can add to it.
  @ParameterizedTest
  @ValueSource(strings = {"analyze DIR", "verify DIR --trials 0", "compare DIR DIR"})
  void areReadWithoutBeingBroughtUpToDate(String words) throws IOException {
    Path store = store(1);
    byte[] before = Files.readAllBytes(store);
    Console answer = Console.run(words.replace("DIR", folder.toString()).split(" "));
    assertFalse(answer.out().isEmpty(), answer.err());
    assertEquals(-1, Arrays.mismatch(before, Files.readAllBytes(store)));
  }

  @Test
  void cannotBeWrittenWhereTheyAreOnlyRead() throws IOException {
    try (TrialStore store = SqliteStore.openToRead(store(2))) {
      FinishedTrial more = FinishedTrials.learned("ffffffffffffffff", 3, 0.5);
      assertThrows(UserError.class, () -> store.save(more));
      assertEquals(2, store.contents().size());
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3})
  void takesMoreTrials(int version) throws IOException {
    Path file = store(version);
    FinishedTrial more = FinishedTrials.learned("ffffffffffffffff", 3, 0.5);
    try (TrialStore store = SqliteStore.open(file)) {
      store.save(more);
    }
    try (TrialStore store = SqliteStore.open(file)) {
      List<StoredTrial> contents = store.contents();
      assertEquals(3, contents.size());
      assertEquals(more, contents.getLast().trial());
      assertTrue(contents.stream().allMatch(StoredTrial::isAsSaved));
      assertEquals(version < 3, contents.getFirst().digest().isEmpty());
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3})
  void isShownAsItIs(int version) throws IOException {
    Path file = store(version);
    byte[] before = Files.readAllBytes(file);
    try (SqliteReader reader = SqliteReader.open(file)) {
      assertEquals(2, reader.endings(Map.of(), List.of("val_mse")).size());
    }
    assertEquals(
        2, new StoredFolder(folder).stored().map(stored -> stored.endings().size()).orElse(0));
    assertEquals(-1, Arrays.mismatch(before, Files.readAllBytes(file)));
  }
}
