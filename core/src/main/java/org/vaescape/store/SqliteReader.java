package org.vaescape.store;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import org.sqlite.SQLiteConfig;
import org.vaescape.study.FinishedTrial;
import org.vaescape.study.Status;

/// Looks at a store that another process may be writing: writes nothing, and keeps no writer
/// waiting. One thread at a time.
public final class SqliteReader implements AutoCloseable {
  private static final int BUSY_TIMEOUT_MILLIS = 2_000;

  private final Path file;
  private final Connection connection;

  /// Whether whoever makes the store has not got as far as its tables.
  private final boolean empty;

  private SqliteReader(Path file, Connection connection, boolean empty) {
    this.file = file;
    this.connection = connection;
    this.empty = empty;
  }

  /// Opens the store in `file`, which must exist.
  ///
  /// @throws org.vaescape.UserError if the file cannot be read, is no database, or belongs to
  ///   another program or a newer version
  public static SqliteReader open(Path file) {
    SQLiteConfig config = new SQLiteConfig();
    config.setReadOnly(true);
    config.setBusyTimeout(BUSY_TIMEOUT_MILLIS);
    // Without a log no process has the store open. Then it is read without locks, since those would
    // leave files beside it, and could not be taken in a folder that is read-only.
    boolean log = Files.exists(file.resolveSibling(file.getFileName() + "-wal"));
    String location = file.toAbsolutePath().toUri() + (log ? "" : "?immutable=1");
    try {
      Connection connection = config.createConnection("jdbc:sqlite:" + location);
      try {
        return new SqliteReader(file, connection, Schema.version(connection, file) == 0);
      } catch (SQLException | RuntimeException e) {
        connection.close();
        throw e;
      }
    } catch (SQLException e) {
      throw Failures.of(e, file);
    }
  }

  /// As [SqliteStore#note].
  public Optional<String> note(String key) {
    try {
      return empty ? Optional.empty() : SqliteStore.note(connection, key);
    } catch (SQLException e) {
      throw Failures.of(e, file);
    }
  }

  /// How every trial ended, by id and in its order: without curve, settings, provenance and
  /// checkpoints, and of its metrics only these.
  ///
  /// @param known what an earlier look gave; a trial that is still the same is not read again
  public SequencedMap<String, FinishedTrial> endings(
      Map<String, FinishedTrial> known, List<String> metrics) {
    SequencedMap<String, FinishedTrial> endings = new LinkedHashMap<>();
    if (empty) {
      return endings;
    }
    try (Statement statement = connection.createStatement()) {
      // One transaction, so that both tables are read as of the same moment.
      statement.execute("BEGIN");
      try (ResultSet row = statement.executeQuery("SELECT * FROM trial ORDER BY id")) {
        while (row.next()) {
          FinishedTrial bare = ending(row, new LinkedHashMap<>());
          FinishedTrial before = known.get(bare.id());
          endings.put(
              bare.id(),
              before != null && isSame(before, bare)
                  ? before
                  : ending(row, metrics(bare.id(), metrics)));
        }
      } finally {
        statement.execute("COMMIT");
      }
      return endings;
    } catch (SQLException e) {
      throw Failures.of(e, file);
    }
  }

  @Override
  public void close() {
    try {
      connection.close();
    } catch (SQLException e) {
      throw Failures.of(e, file);
    }
  }

  /// Two trainings never take the same time to the last bit.
  private static boolean isSame(FinishedTrial before, FinishedTrial now) {
    return before.status() == now.status()
        && before.epochs() == now.epochs()
        && Double.compare(before.seconds(), now.seconds()) == 0
        && before.message().equals(now.message());
  }

  private SequencedMap<String, Double> metrics(String trial, List<String> names)
      throws SQLException {
    SequencedMap<String, Double> metrics = new LinkedHashMap<>();
    try (PreparedStatement query =
        connection.prepareStatement("SELECT name, value FROM metric WHERE trial = ?")) {
      TrialRows.bind(query, trial);
      try (ResultSet row = query.executeQuery()) {
        while (row.next()) {
          if (names.contains(row.getString(1))) {
            metrics.put(row.getString(1), ExactNumber.of(row.getObject(2)));
          }
        }
      }
    }
    return metrics;
  }

  private static FinishedTrial ending(ResultSet row, SequencedMap<String, Double> metrics)
      throws SQLException {
    return new FinishedTrial(
        row.getString("id"),
        new LinkedHashMap<>(),
        row.getInt("repeat"),
        Status.of(row.getString("status")),
        row.getString("verdict"),
        row.getInt("epochs"),
        metrics,
        new ArrayList<>(),
        new ArrayList<>(),
        ExactNumber.of(row.getObject("seconds")),
        ExactNumber.of(row.getObject("epoch_seconds")),
        row.getString("path"),
        row.getString("precision"),
        row.getString("data_hash"),
        row.getString("message"),
        new LinkedHashMap<>());
  }
}
