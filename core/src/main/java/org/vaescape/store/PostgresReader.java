package org.vaescape.store;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import org.vaescape.UserError;
import org.vaescape.study.DatabaseUrl;
import org.vaescape.study.FinishedTrial;

/// Looks at a store on a PostgreSQL server. It makes none: where none is, or not any more, there is
/// nothing to see.
public final class PostgresReader implements StoreReader {
  /// Whoever only looks rather looks again than waits.
  private static final Duration PATIENCE = Duration.ofSeconds(2);

  private final PostgresSession session;
  private final DatabaseUrl url;
  private final String schema;

  private PostgresReader(PostgresSession session, DatabaseUrl url, String schema) {
    this.session = session;
    this.url = url;
    this.schema = schema;
  }

  /// Opens the store of a study.
  ///
  /// @throws UserError if the server cannot be reached or refuses
  public static PostgresReader open(DatabaseUrl url, String study) {
    String schema = url.schema(study);
    return new PostgresReader(
        PostgresSession.open(url, schema, PATIENCE, PostgresSession.SILENCE), url, schema);
  }

  /// Whether the server has tables of the study.
  ///
  /// @throws UserError as the other methods
  public boolean exists() {
    return read(_ -> true, false);
  }

  @Override
  public Optional<String> note(String key) {
    return read(connection -> Notes.read(connection, key), Optional.empty());
  }

  @Override
  public SequencedMap<String, FinishedTrial> endings(
      Map<String, FinishedTrial> known, List<String> metrics) {
    return read(connection -> EndingRows.read(connection, known, metrics), new LinkedHashMap<>());
  }

  /// @throws UserError if the server is away, the schema belongs to another program, or the store
  ///   to a newer version
  private <T> T read(PostgresSession.Work<T> query, T ifNone) {
    return session.read(connection ->
        PostgresSchema.version(connection, url, schema) == 0 ? ifNone : query.in(connection));
  }

  @Override
  public void close() {
    session.close();
  }
}
