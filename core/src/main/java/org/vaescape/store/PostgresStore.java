package org.vaescape.store;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import org.vaescape.UserError;
import org.vaescape.study.Claim;
import org.vaescape.study.DatabaseUrl;
import org.vaescape.study.FinishedTrial;
import org.vaescape.study.StoredTrial;
import org.vaescape.study.TrialStore;

/// Trials on a PostgreSQL server, where several machines may share a study: the tables of a study
/// in a schema of its own.
///
/// A server that is away is waited for, a while, and what was to be stored is stored then.
public final class PostgresStore implements TrialStore, StoreReader {
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  private static final Duration A_LOOK = Duration.ofSeconds(2);

  /// Others have come back by then, see [PostgresSession].
  private static final Duration QUIET = Duration.ofSeconds(10);

  private final PostgresSession session;
  private final String schema;

  private PostgresStore(PostgresSession session, String schema) {
    this.session = session;
    this.schema = schema;
  }

  /// Opens the store of a study, which is made if it does not exist; the database must.
  ///
  /// @throws UserError if the server cannot be reached or refuses, the schema belongs to another
  ///   program, or the store to a newer version
  public static PostgresStore open(DatabaseUrl url, String study) {
    return open(url, study, PATIENCE, QUIET);
  }

  /// The same for somebody who only looks, and rather looks again than waits.
  ///
  /// @throws UserError as [#open]
  public static StoreReader openToRead(DatabaseUrl url, String study) {
    return open(url, study, A_LOOK, Duration.ZERO);
  }

  /// The same with times that tests set.
  static PostgresStore open(DatabaseUrl url, String study, Duration patience, Duration quiet) {
    String schema = url.schema(study);
    PostgresSession session = PostgresSession.open(url, schema, patience, quiet);
    try {
      session.run(connection -> {
        update(connection, url, schema);
        return schema;
      });
      return new PostgresStore(session, schema);
    } catch (RuntimeException e) {
      session.close();
      throw e;
    }
  }

  /// Whether the server has a store of the study; makes none.
  ///
  /// @throws UserError if the server cannot be reached or refuses
  public static boolean exists(DatabaseUrl url, String study) {
    try (PostgresSession session =
        PostgresSession.open(url, url.schema(study), PATIENCE, Duration.ZERO)) {
      return session.run(connection -> {
        try (Statement statement = connection.createStatement()) {
          return isOurs(statement);
        }
      });
    }
  }

  private static boolean isOurs(Statement statement) throws SQLException {
    return isThere(
        statement,
        "pg_tables WHERE schemaname = current_schema() AND tablename = 'checkpoint_metric'");
  }

  /// Makes the tables, or brings those of an older version up to date.
  private static void update(Connection connection, DatabaseUrl url, String schema)
      throws SQLException {
    try (Statement statement = connection.createStatement()) {
      // Two processes may open a new store at once; ends with the transaction.
      statement.execute("SELECT pg_advisory_xact_lock(%s)".formatted(key(schema)));
      if (!isThere(statement, "pg_namespace WHERE nspname = current_schema()")) {
        statement.execute("CREATE SCHEMA " + PostgresSession.quoted(schema));
      }
      boolean ours = isOurs(statement);
      if (!ours && isThere(statement, "pg_tables WHERE schemaname = current_schema()")) {
        throw new UserError(
            "%s: the schema %s holds tables of another program; give another by ?schema=NAME"
                .formatted(url.text(), schema));
      }
      int version = ours ? number(statement) : 0;
      if (version > Schema.VERSION) {
        throw new UserError(
            "%s: the schema %s was written by a newer vaescape (store version %s, this one knows up to %s); use that one, or give another schema by ?schema=NAME"
                .formatted(url.text(), schema, version, Schema.VERSION));
      }
      if (version < Schema.VERSION) {
        // Servers are known since version 3, so that there is nothing older yet.
        statement.execute(Schema.script("postgres-3.sql"));
        statement.execute("INSERT INTO version (number) VALUES (%s)".formatted(Schema.VERSION));
      }
    }
  }

  private static boolean isThere(Statement statement, String rows) throws SQLException {
    try (ResultSet row = statement.executeQuery("SELECT 1 FROM " + rows)) {
      return row.next();
    }
  }

  private static int number(Statement statement) throws SQLException {
    try (ResultSet row = statement.executeQuery("SELECT max(number) FROM version")) {
      return row.next() ? row.getInt(1) : 0;
    }
  }

  @Override
  public Optional<String> note(String key) {
    return session.run(connection -> Notes.read(connection, key));
  }

  @Override
  public void note(String key, String text) {
    session.run(connection -> {
      Notes.write(connection, key, text);
      return key;
    });
  }

  @Override
  public void save(FinishedTrial trial) {
    session.run(connection -> {
      TrialRows.write(connection, trial, Double::valueOf);
      return trial;
    });
  }

  @Override
  public List<StoredTrial> contents() {
    return read(TrialRows::read);
  }

  @Override
  public Optional<StoredTrial> trial(String id) {
    return read(connection -> TrialRows.read(connection, id));
  }

  @Override
  public Map<String, String> digests() {
    return read(TrialRows::digests);
  }

  @Override
  public SequencedMap<String, FinishedTrial> endings(
      Map<String, FinishedTrial> known, List<String> metrics) {
    return read(connection -> EndingRows.read(connection, known, metrics));
  }

  /// All tables as of the same moment.
  private <T> T read(PostgresSession.Work<T> query) {
    return session.run(connection -> {
      try (Statement statement = connection.createStatement()) {
        statement.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY");
      }
      return query.in(connection);
    });
  }

  @Override
  public Optional<Claim> claim(String id) {
    return session.lock(id, key(schema + "\n" + id))
        ? Optional.of(() -> session.unlock(id))
        : Optional.empty();
  }

  @Override
  public void close() {
    session.close();
  }

  /// Locks of a server are numbers, which all its databases' programs share.
  private static long key(String name) {
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256")
              .digest(("vaescape\n" + name).getBytes(StandardCharsets.UTF_8));
      return ByteBuffer.wrap(hash).getLong();
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
