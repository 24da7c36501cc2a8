package org.vaescape.store;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.sqlite.SQLiteConfig;
import org.vaescape.UserError;
import org.vaescape.study.Claim;
import org.vaescape.study.FinishedTrial;
import org.vaescape.study.StoredTrial;
import org.vaescape.study.TrialStore;

/// Trials in one SQLite file: a write-ahead log, every commit synced to the disk.
///
/// Other processes may read while one writes, and write in turn. On a [NetworkDrive] it has a
/// journal instead of the log, and readers and writers wait for each other. One that cannot be
/// written, as in an archive, is read all the same.
public final class SqliteStore implements TrialStore {
  private static final int BUSY_TIMEOUT_MILLIS = 60_000;

  private final Path file;
  private final Connection connection;
  private final ClaimFile claims;

  /// Opens the store in `file`, which is made if it does not exist; its folder must exist.
  ///
  /// @throws UserError if the file is no database, belongs to another program or a newer version,
  ///   or cannot be made; if it is damaged, after a [Rescue]
  public static SqliteStore open(Path file) {
    refuseDamaged(file);
    return openUnchecked(file);
  }

  /// Opens one that must exist, without bringing it up to date; whoever writes to it all the same
  /// is told that this cannot be.
  ///
  /// @throws UserError as [#open(Path)]
  public static SqliteStore openToRead(Path file) {
    refuseDamaged(file);
    return read(file);
  }

  private static void refuseDamaged(Path file) {
    if (Files.exists(file)) {
      Optional<String> trouble = Rescue.trouble(file);
      if (trouble.isPresent()) {
        throw Rescue.of(file, trouble.get());
      }
    }
  }

  static SqliteStore openUnchecked(Path file) {
    Path folder = file.toAbsolutePath().getParent();
    // Asked before, since SQLite tries for a minute to begin a log that it cannot write.
    if (Files.exists(file) && !isWritable(file)) {
      return read(file);
    }
    return open(file, new SQLiteConfig(), folder != null && NetworkDrive.of(folder).isPresent());
  }

  private static boolean isWritable(Path file) {
    Path folder = file.toAbsolutePath().getParent();
    return Files.isWritable(file) && (folder == null || Files.isWritable(folder));
  }

  /// As [#open(Path)], with limits that tests set.
  ///
  /// @param network whether the file is on a [NetworkDrive]
  static SqliteStore open(Path file, SQLiteConfig config, boolean network) {
    config.setBusyTimeout(BUSY_TIMEOUT_MILLIS);
    config.setJournalMode(network ? SQLiteConfig.JournalMode.DELETE : SQLiteConfig.JournalMode.WAL);
    config.setSynchronous(SQLiteConfig.SynchronousMode.FULL);
    config.enforceForeignKeys(true);
    return made(
        file,
        () -> config.createConnection("jdbc:sqlite:" + file),
        connection -> Schema.update(connection, file));
  }

  private static SqliteStore read(Path file) {
    return made(
        file,
        () -> isWritable(file) ? sharing(file) : SqliteReader.connect(file),
        connection -> {
          Schema.complete(connection, file);
          try (Statement statement = connection.createStatement()) {
            statement.execute("PRAGMA query_only = ON");
          }
        });
  }

  private interface Opening {
    Connection open() throws SQLException;
  }

  private interface Setup {
    void of(Connection connection) throws SQLException;
  }

  private static SqliteStore made(Path file, Opening opening, Setup setup) {
    try {
      Connection connection = opening.open();
      try {
        setup.of(connection);
        return new SqliteStore(file, connection, ClaimFile.beside(file));
      } catch (SQLException | IOException | RuntimeException e) {
        connection.close();
        throw e;
      }
    } catch (SQLException e) {
      throw Failures.of(e, file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// A connection that takes part in the locks and the log of others, and removes that log if it is
  /// the last.
  private static Connection sharing(Path file) throws SQLException {
    SQLiteConfig config = new SQLiteConfig();
    config.setBusyTimeout(BUSY_TIMEOUT_MILLIS);
    return config.createConnection("jdbc:sqlite:" + file);
  }

  private SqliteStore(Path file, Connection connection, ClaimFile claims) {
    this.file = file;
    this.connection = connection;
    this.claims = claims;
  }

  @Override
  public synchronized Optional<String> note(String key) {
    try {
      return Notes.read(connection, key);
    } catch (SQLException e) {
      throw Failures.of(e, file);
    }
  }

  @Override
  public synchronized void note(String key, String text) {
    try {
      Notes.write(connection, key, text);
    } catch (SQLException e) {
      throw Failures.of(e, file);
    }
  }

  /// @throws UserError if it cannot be written, or somebody removed the file meanwhile
  @Override
  public synchronized void save(FinishedTrial trial) {
    try {
      Transaction.immediate(
          connection, () -> TrialRows.write(connection, trial, ExactNumber::stored));
    } catch (SQLException e) {
      throw Failures.of(e, file);
    }
    // An open file without a name takes everything, and is no more once it is closed.
    if (!Files.exists(file)) {
      throw new UserError(
          file
              + " has been removed or renamed while a study ran; put it back, or run the same command again, which begins anew");
    }
  }

  @Override
  public synchronized List<StoredTrial> contents() {
    try {
      return inTransaction(TrialRows::read);
    } catch (SQLException e) {
      throw Failures.isDamage(e)
          ? Rescue.of(file, String.valueOf(e.getMessage()))
          : Failures.of(e, file);
    }
  }

  @Override
  public Optional<StoredTrial> trial(String id) {
    return read(is -> TrialRows.read(is, id));
  }

  @Override
  public Map<String, String> digests() {
    return read(TrialRows::digests);
  }

  @Override
  public Optional<Claim> claim(String id) {
    return claims.claim(id);
  }

  private interface Query<T> {
    T of(Connection connection) throws SQLException;
  }

  private synchronized <T> T read(Query<T> query) {
    try {
      return inTransaction(query);
    } catch (SQLException e) {
      throw Failures.of(e, file);
    }
  }

  /// One transaction, so that all tables are read as of the same moment.
  private <T> T inTransaction(Query<T> query) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute("BEGIN");
      try {
        return query.of(connection);
      } finally {
        statement.execute("COMMIT");
      }
    }
  }

  @Override
  public synchronized void close() {
    claims.close();
    try {
      connection.close();
    } catch (SQLException e) {
      throw Failures.of(e, file);
    }
  }
}
