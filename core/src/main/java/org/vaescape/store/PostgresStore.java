package org.vaescape.store;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
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
  private final DatabaseUrl url;
  private final String schema;
  private final Duration patience;
  private final Duration silence;

  /// None before the first claim: who only reads needs none.
  private @Nullable PostgresLocks locks;

  private PostgresStore(
      PostgresSession session,
      DatabaseUrl url,
      String schema,
      Duration patience,
      Duration silence) {
    this.session = session;
    this.url = url;
    this.schema = schema;
    this.patience = patience;
    this.silence = silence;
  }

  /// Opens the store of a study, which is made if it does not exist; the database must.
  ///
  /// @throws UserError if the server cannot be reached or refuses, the schema belongs to another
  ///   program, or the store to a newer version
  public static PostgresStore open(DatabaseUrl url, String study) {
    return open(url, study, PATIENCE, SILENCE_OF_LOCKS);
  }

  /// Opens the store of a study to read it; it must exist.
  ///
  /// @throws UserError as [#open(DatabaseUrl, String)], and if there is none
  public static PostgresStore openToRead(DatabaseUrl url, String study) {
    String schema = url.schema(study);
    return open(
        url,
        study,
        PATIENCE,
        SILENCE_OF_LOCKS,
        connection -> {
          if (PostgresSchema.version(connection, url, schema) == 0) {
            throw new UserError(
                "%s: the schema %s holds no study (any more); run the study first, or name its database and schema in store"
                    .formatted(url.text(), schema));
          }
          return schema;
        });
  }

  /// The same as [#open(DatabaseUrl, String)] with times that tests set.
  static PostgresStore open(DatabaseUrl url, String study, Duration patience, Duration silence) {
    String schema = url.schema(study);
    return open(
        url,
        study,
        patience,
        silence,
        connection -> {
          PostgresSchema.update(connection, url, schema, key(schema));
          return schema;
        });
  }

  private static PostgresStore open(
      DatabaseUrl url,
      String study,
      Duration patience,
      Duration silence,
      PostgresSession.Work<String> begin) {
    PostgresSession session =
        PostgresSession.open(url, url.schema(study), patience, PostgresSession.SILENCE);
    try {
      return new PostgresStore(session, url, session.run(begin), patience, silence);
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
    PostgresLocks held = locks();
    return held.lock(id, key(schema + "\n" + id))
        ? Optional.of(() -> held.unlock(id))
        : Optional.empty();
  }

  private synchronized PostgresLocks locks() {
    if (locks == null) {
      locks = PostgresLocks.open(url, schema, patience, silence);
    }
    return locks;
  }

  @Override
  public synchronized void close() {
    if (locks != null) {
      locks.close();
    }
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
