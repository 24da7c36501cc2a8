package org.vaescape.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.vaescape.report.ReportInput.Planned;
import org.vaescape.store.SqliteStore;
import org.vaescape.study.FinishedTrial;
import org.vaescape.study.FinishedTrials;
import org.vaescape.study.TrialStore;

final class ChangedRowsTest {
  @TempDir private Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"report DIR", "analyze DIR", "analyze DIR --json", "compare DIR DIR"})
  void whoeverShowsNumbersSaysWhichWereChanged(String words) throws SQLException {
    FinishedTrial trial = FinishedTrials.learned("a1", 3, 0.3);
    Path file = folder.resolve("study.db");
    try (TrialStore store = SqliteStore.open(file)) {
      new StoredStudy(
              "s",
              1,
              "name: s\n",
              List.of(),
              List.of(new Planned(trial.id(), trial.settings(), 0)),
              true,
              List.of())
          .keep(store);
      store.save(trial);
    }
    String[] command = words.replace("DIR", folder.toString()).split(" ");
    Console before = Console.run(command);
    assertEquals(0, before.code(), before.err());
    assertEquals("", before.err());
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
        Statement statement = connection.createStatement()) {
      assertEquals(
          1, statement.executeUpdate("UPDATE metric SET value = 0.01 WHERE name = 'val_mse'"));
    }
    Console after = Console.run(command);
    assertEquals(0, after.code(), after.err());
    assertTrue(
        (after.out() + after.err())
            .contains(
                "Trials whose rows in the store are not what was saved, so that they were damaged or changed by hand: 1 (a1). Their numbers here are those of the rows.\n"),
        after.out() + after.err());
  }
}
