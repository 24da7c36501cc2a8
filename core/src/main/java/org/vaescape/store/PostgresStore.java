package org.vaescape.store;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
public final class PostgresStore implements TrialStore {
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  /// Longer than a server takes to give a lock and a transaction's end, on a bad day.
  private static final Duration SILENCE_OF_LOCKS = Duration.ofSeconds(5);

  private final PostgresSession session;
  private final PostgresLocks locks;
  private final String schema;

  private PostgresStore(PostgresSession session, PostgresLocks locks, String schema) {
    this.session = session;
    this.locks = locks;
    this.schema = schema;
  }

  /// Opens the store of a study, which is made if it does not exist; the database must.
  ///
  /// @throws UserError if the server cannot be reached or refuses, the schema belongs to another
  ///   program, or the store to a newer version
  public static PostgresStore open(DatabaseUrl url, String study) {
    return open(url, study, PATIENCE, SILENCE_OF_LOCKS);
  }

  /// The same with times that tests set.
  static PostgresStore open(DatabaseUrl url, String study, Duration patience, Duration silence) {
    String schema = url.schema(study);
    PostgresSession session = PostgresSession.open(url, schema, patience, PostgresSession.SILENCE);
    try {
      session.run(connection -> {
        PostgresSchema.update(connection, url, schema, key(schema));
        return schema;
      });
      return new PostgresStore(session, PostgresLocks.open(url, schema, patience, silence), schema);
    } catch (RuntimeException e) {
      session.close();
      throw e;
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
    return session.read(TrialRows::read);
  }

  @Override
  public Optional<StoredTrial> trial(String id) {
    return session.read(connection -> TrialRows.read(connection, id));
  }

  @Override
  public Map<String, String> digests() {
    return session.read(TrialRows::digests);
  }

  @Override
  public Optional<Claim> claim(String id) {
    return locks.lock(id, key(schema + "\n" + id))
        ? Optional.of(() -> locks.unlock(id))
        : Optional.empty();
  }

  @Override
  public void close() {
    locks.close();
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
