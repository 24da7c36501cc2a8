package org.vaescape.store;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import org.sqlite.SQLiteConfig;
import org.vaescape.study.FinishedTrial;

/// Looks at a store in a file. One thread at a time.
public final class SqliteReader implements StoreReader {
  private static final int BUSY_TIMEOUT_MILLIS = 2_000;

  /// Where the header of a database says which version of the format it is read by.
  private static final int FORMAT = 19;

  private static final int FORMAT_WITH_LOG = 2;

  private final Path file;
  private final Connection connection;

  private SqliteReader(Path file, Connection connection) {
    this.file = file;
    this.connection = connection;
  }

  /// Opens the store in `file`, which must exist.
  ///
  /// @throws org.vaescape.UserError if the file cannot be read, is no database, or belongs to
  ///   another program or a newer version
  public static SqliteReader open(Path file) {
    try {
      Connection connection = connect(file);
      try {
        Schema.complete(connection, file);
        return new SqliteReader(file, connection);
      } catch (SQLException | RuntimeException e) {
        connection.close();
        throw e;
      }
    } catch (SQLException e) {
      throw Failures.of(e, file);
    }
  }

  /// A connection that changes nothing.
  static Connection connect(Path file) throws SQLException {
    SQLiteConfig config = new SQLiteConfig();
    config.setReadOnly(true);
    config.setBusyTimeout(BUSY_TIMEOUT_MILLIS);
    // Where a store that uses a log has none, no process has it open. Then it is read without
    // locks, since those would leave files beside it, and could not be taken in a folder that is
    // read-only.
    boolean unused =
        !Files.exists(file.resolveSibling(file.getFileName() + "-wal")) && usesALog(file);
    String location = file.toAbsolutePath().toUri() + (unused ? "?immutable=1" : "");
    return config.createConnection("jdbc:sqlite:" + location);
  }

  /// Rather than a journal, by the version of its format.
  private static boolean usesALog(Path file) {
    try (InputStream stream = Files.newInputStream(file)) {
      byte[] header = stream.readNBytes(FORMAT + 1);
      return header.length <= FORMAT || header[FORMAT] == FORMAT_WITH_LOG;
    } catch (IOException e) {
      return true; // SQLite says what is wrong
    }
  }

  @Override
  public Optional<String> note(String key) {
    try {
      return Notes.read(connection, key);
    } catch (SQLException e) {
      throw Failures.of(e, file);
    }
  }

  @Override
  public SequencedMap<String, FinishedTrial> endings(
      Map<String, FinishedTrial> known, List<String> metrics) {
    try (Statement statement = connection.createStatement()) {
      // One transaction, so that both tables are read as of the same moment.
      statement.execute("BEGIN");
      try {
        return EndingRows.read(connection, known, metrics);
      } finally {
        statement.execute("COMMIT");
      }
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
}
