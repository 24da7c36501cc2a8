package org.vaescape.store;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.vaescape.UserError;
import org.vaescape.study.FinishedTrial;
import org.vaescape.study.FinishedTrials;
import org.vaescape.study.StoredTrial;
import org.vaescape.study.TrialStore;

final class RescueTest {
  private static final int TRIALS = 60;
  private static final int PAGE = 4096;
  private static final Pattern COUNTS =
      Pattern.compile("; (\\d+) trials could be read, (\\d+) could not: ");

  @TempDir private Path folder;
  private Path file = Path.of("");
  private byte[] whole = {};
  private final Map<String, FinishedTrial> saved = new LinkedHashMap<>();

  @BeforeEach
  void makeAStore() throws IOException {
    file = folder.resolve("study.db");
    try (TrialStore store = SqliteStore.open(file)) {
      store.note("study.name", "a");
      for (int i = 0; i < TRIALS; i++) {
        FinishedTrial trial = FinishedTrials.learned("%016x".formatted(i * 77L), 20, i / 7.0);
        saved.put(trial.id(), trial);
        store.save(trial);
      }
    }
    whole = Files.readAllBytes(file);
  }

  private Path rescued() {
    return folder.resolve("study.rescued.db");
  }

  /// What opening and reading the store says, if it refuses.
  private Optional<String> refusal() {
    try (TrialStore store = SqliteStore.open(file)) {
      for (StoredTrial trial : store.contents()) {
        assertEquals(
            trial.trial().equals(saved.get(trial.trial().id())),
            trial.isAsSaved(),
            "no change goes unnoticed");
      }
      return Optional.empty();
    } catch (UserError e) {
      return Optional.ofNullable(e.getMessage());
    }
  }

  private void assertRescued(String said) throws IOException {
    Matcher counts = COUNTS.matcher(said);
    assertTrue(counts.find(), said);
    try (TrialStore store = SqliteStore.open(rescued())) {
      List<FinishedTrial> trials = store.trials();
      assertEquals(Integer.parseInt(counts.group(1)), trials.size());
      trials.forEach(trial -> assertEquals(saved.get(trial.id()), trial));
    }
    try (Stream<Path> files = Files.list(folder)) {
      assertEquals(
          List.of("study.db", "study.rescued.db"),
          files
              .map(path -> path.getFileName().toString())
              .filter(name -> !name.startsWith("."))
              .sorted()
              .toList());
    }
  }

  @Test
  void whateverIsGarbledIsNoticedAndTheRestIsExported() throws IOException {
    SplittableRandom random = new SplittableRandom(3);
    int rescues = 0;
    int trials = 0;
    for (int round = 0; round < 60; round++) {
      byte[] garbled = whole.clone();
      byte[] noise = new byte[1 + random.nextInt(PAGE)];
      random.nextBytes(noise);
      // Not the first page, without which there are no tables.
      int place = PAGE + random.nextInt(garbled.length - PAGE - noise.length);
      System.arraycopy(noise, 0, garbled, place, noise.length);
      Files.write(file, garbled);
      Optional<String> said = refusal();
      assertArrayEquals(garbled, Files.readAllBytes(file), "the file stays as it is");
      if (said.isPresent() && Files.exists(rescued())) {
        assertTrue(said.get().startsWith(file + " is damaged ("), said.get());
        assertRescued(said.get());
        rescues++;
        try (TrialStore store = SqliteStore.open(rescued())) {
          trials += store.digests().size();
        }
        Files.delete(rescued());
      } else {
        said.ifPresent(why -> assertTrue(why.contains("bring back a copy"), why));
      }
    }
    assertTrue(rescues > 20, rescues + " rescues");
    assertTrue(trials > rescues * TRIALS / 2, trials + " trials of " + rescues * TRIALS);
  }

  @Test
  void aStoreThatIsCutIsNoticed() throws IOException {
    for (int pages : List.of(1, whole.length / PAGE / 2, whole.length / PAGE - 1)) {
      Files.write(file, Arrays.copyOf(whole, pages * PAGE));
      String said = refusal().orElseThrow();
      assertTrue(said.startsWith(file + " is damaged ("), said);
      Files.deleteIfExists(rescued());
    }
  }

  @Test
  void anEarlierRescueStaysAsItIs() throws IOException {
    Files.write(file, Arrays.copyOf(whole, whole.length / 2 / PAGE * PAGE));
    Files.writeString(rescued(), "mine");
    String said = refusal().orElseThrow();
    assertTrue(
        said.contains("; what could be read of it was written to " + rescued() + " before: "),
        said);
    assertEquals("mine", Files.readString(rescued()));
  }

  /// The way that the sentence names.
  @Test
  void oneGoesOnWithWhatWasRescued() throws IOException, SQLException {
    execute("UPDATE trial SET status = 'nonsense' WHERE id = '000000000000004d'");
    String said = refusal().orElseThrow();
    assertTrue(said.startsWith(file + " is damaged (trial 000000000000004d: "), said);
    assertTrue(said.contains("; 59 trials could be read, 1 could not: "), said);
    Files.move(file, folder.resolve("away.db"));
    Files.move(rescued(), file);
    try (TrialStore store = SqliteStore.open(file)) {
      assertEquals(TRIALS - 1, store.trials().size());
      assertEquals(Optional.of("a"), store.note("study.name"));
      store.save(Objects.requireNonNull(saved.get("000000000000004d")));
      assertEquals(
          saved,
          store.trials().stream().collect(Collectors.toMap(FinishedTrial::id, trial -> trial)));
    }
  }

  @Test
  void whoOnlyLooksIsToldAndWritesNothing() throws IOException {
    byte[] garbled = whole.clone();
    Arrays.fill(garbled, PAGE, garbled.length, (byte) 7);
    Files.write(file, garbled);
    try (SqliteReader reader = SqliteReader.open(file)) {
      String said =
          String.valueOf(
              assertThrows(UserError.class, () -> reader.endings(Map.of(), List.of()))
                  .getMessage());
      assertTrue(said.startsWith(file + " is damaged ("), said);
    }
    assertFalse(Files.exists(rescued()));
  }

  private void execute(String sql) throws SQLException {
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
        Statement statement = connection.createStatement()) {
      statement.executeUpdate(sql);
    }
  }
}
