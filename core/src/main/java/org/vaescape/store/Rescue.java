package org.vaescape.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.NavigableSet;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeSet;
import org.sqlite.SQLiteConfig;
import org.vaescape.TemporaryFolder;
import org.vaescape.UserError;
import org.vaescape.study.StoredTrial;
import org.vaescape.study.TrialStore;

/// What can still be read of a damaged store, in a new one beside it.
///
/// The damaged file is only read, and an earlier rescue stays as it is.
final class Rescue {
  private Rescue() {}

  /// What is wrong with a store that is not whole, empty if nothing is found; looks at every page,
  /// which takes a tenth of what reading all trials takes.
  ///
  /// @throws UserError if it is no database at all
  static Optional<String> trouble(Path file) {
    // Once more with locks: who reads without them takes it for damage that another process begins
    // to write.
    return look(file).flatMap(_ -> look(file));
  }

  private static Optional<String> look(Path file) {
    try (Connection connection = SqliteReader.connect(file);
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("PRAGMA quick_check(1)")) {
      String said = row.next() ? row.getString(1) : "";
      return said.equals("ok")
          ? Optional.empty()
          : said.lines()
              .filter(line -> !line.startsWith("***"))
              .findFirst()
              .or(() -> Optional.of(said));
    } catch (SQLException e) {
      if (Failures.isDamage(e)) {
        return Optional.of(String.valueOf(e.getMessage()));
      }
      throw Failures.of(e, file);
    }
  }

  /// Exports the trials that can be read, and says so.
  ///
  /// @param trouble what is wrong with the file
  static UserError of(Path file, String trouble) {
    Path name = file.toAbsolutePath().getFileName();
    Path rescued = file.resolveSibling(name.toString().replaceFirst("\\.db$", "") + ".rescued.db");
    String damaged = "%s is damaged (%s)".formatted(file, trouble);
    if (Files.exists(rescued)) {
      return new UserError(
          "%s; what could be read of it was written to %s before: to go on with that, move %s away, rename the other to it and run the same command again, which trains what is missing; to read it once more, move %s away"
              .formatted(damaged, rescued, name, rescued.getFileName()));
    }
    try {
      Counts counts;
      // Its own, since two processes may find the damage at once.
      Path folder = Objects.requireNonNull(file.toAbsolutePath().getParent());
      Path scratch = Files.createTempDirectory(folder, ".rescue-");
      try {
        Path copy = scratch.resolve("copy.db");
        Path whole = scratch.resolve("whole.db");
        copy(file, copy);
        counts = export(copy, whole);
        if (counts.whole > 0) {
          Files.move(whole, rescued);
        }
      } finally {
        TemporaryFolder.delete(scratch);
      }
      return new UserError(
          counts.whole == 0
              ? "%s and no trial can be read from it; bring back a copy of it, or move it away and run the same command again, which trains all trials anew"
                  .formatted(damaged)
              : "%s; %s trials could be read, %s could not: the former are in %s now. To go on, move %s away, rename %s to it and run the same command again, which trains what is missing"
                  .formatted(
                      damaged, counts.whole, counts.broken, rescued, name, rescued.getFileName()));
    } catch (IOException e) {
      return new UserError(
          "%s, and what can be read of it cannot be written to %s (%s); free some space or make the folder writable, then run the same command again"
              .formatted(damaged, rescued, UserError.reason(e)),
          e);
    } catch (SQLException e) {
      return new UserError(
          "%s and not even its tables can be found; bring back a copy of it, or move it away and run the same command again, which trains all trials anew"
              .formatted(damaged),
          e);
    }
  }

  private record Counts(int whole, int broken) {}

  private static Counts export(Path from, Path to) throws SQLException {
    int whole = 0;
    NavigableSet<String> ids = new TreeSet<>();
    try (Connection connection = new SQLiteConfig().createConnection("jdbc:sqlite:" + from);
        TrialStore store = SqliteStore.openUnchecked(to)) {
      Schema.update(connection, from);
      addIds(connection, "id FROM trial ORDER BY id", ids);
      addIds(connection, "id FROM trial ORDER BY id DESC", ids); // from behind to what is broken
      addIds(connection, "DISTINCT trial FROM setting", ids); // of rows that are gone
      for (String id : ids) {
        Optional<StoredTrial> trial = whole(connection, id);
        trial.ifPresent(is -> store.save(is.trial()));
        whole += trial.isPresent() ? 1 : 0;
      }
      copyNotes(connection, store);
    }
    return new Counts(whole, ids.size() - whole);
  }

  /// As far as they can be read in this order.
  private static void addIds(Connection connection, String query, NavigableSet<String> ids) {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("SELECT " + query)) {
      while (row.next()) {
        Optional.ofNullable(row.getString(1)).ifPresent(ids::add);
      }
    } catch (SQLException e) {
      // What came before it has been added.
    }
  }

  private static Optional<StoredTrial> whole(Connection connection, String id) {
    try {
      return TrialRows.read(connection, id).filter(StoredTrial::isAsSaved);
    } catch (SQLException e) {
      return Optional.empty();
    }
  }

  /// Without them the next run writes them anew.
  private static void copyNotes(Connection connection, TrialStore store) {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("SELECT name, text FROM note")) {
      while (row.next()) {
        store.note(TrialRows.given(row.getString(1)), TrialRows.given(row.getString(2)));
      }
    } catch (SQLException e) {
      // What came before it is there.
    }
  }

  private static void copy(Path file, Path copy) throws IOException {
    Files.copy(file, copy);
    Path log = Path.of(file + "-wal");
    if (Files.exists(log)) {
      Files.copy(log, Path.of(copy + "-wal"));
    }
  }
}
