package org.vaescape.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.vaescape.UserError;
import org.vaescape.study.DatabaseUrl;

/// Locks of a server, on a connection of their own.
///
/// The server drops them with the connection, however that ends. Whoever comes back takes his own
/// again. So for a moment after a server was away nobody takes others: who had them may be on the
/// way. That moment is longer than one takes to notice that the server was away, which is why no
/// long statement may go over this connection, and why it is given up after a short silence.
final class PostgresLocks implements AutoCloseable {
  private static final int MILLIS_BETWEEN_LOOKS = 1_000;

  /// Also guards what follows, so that whoever waits for the server keeps nobody from it.
  private final PostgresSession session;

  private final Duration quiet;
  private final Map<String, Long> locks = new LinkedHashMap<>();

  /// Those of [#locks] that were not there when the connection was made again: the server may hold
  /// them for the broken one still, and they are asked for until it gives them.
  private final Set<String> missing = new HashSet<>();

  private final Thread watch;

  /// The one on which the locks were taken.
  private @Nullable Connection known;

  private long quietUntil = System.nanoTime();
  private boolean closed;

  private PostgresLocks(PostgresSession session, Duration quiet) {
    this.session = session;
    this.quiet = quiet;
    this.watch = Thread.ofPlatform().name("store-watch").daemon().unstarted(this::keep);
  }

  /// @param patience how long to wait for a server that is away
  /// @param silence as of [PostgresSession#open]; twice as long nobody takes a new lock after the
  ///   server was away
  /// @throws UserError if the server cannot be reached, or lets nobody in
  static PostgresLocks open(DatabaseUrl url, String schema, Duration patience, Duration silence) {
    PostgresSession session = PostgresSession.open(url, schema, patience, silence);
    try {
      PostgresLocks locks = new PostgresLocks(session, silence.multipliedBy(2));
      session.run(locks::begin);
      locks.watch.start();
      return locks;
    } catch (RuntimeException e) {
      session.close();
      throw e;
    }
  }

  /// A server that has just started may have been away.
  private Connection begin(Connection now) throws SQLException {
    try (Statement statement = now.createStatement();
        ResultSet row =
            statement.executeQuery(
                "SELECT extract(epoch FROM clock_timestamp() - pg_postmaster_start_time())")) {
      row.next();
      Duration up = Duration.ofMillis((long) (1_000 * row.getDouble(1)));
      if (up.compareTo(quiet) < 0) {
        quietUntil = System.nanoTime() + quiet.minus(up).toNanos();
      }
    }
    known = now;
    return now;
  }

  /// Takes a lock, unless this or another session has it.
  ///
  /// @throws UserError if the server is away for too long, or refuses
  boolean lock(String name, long key) {
    synchronized (session) {
      Optional<Boolean> taken = Optional.empty();
      while (taken.isEmpty()) {
        while (isQuiet()) {
          session.pause(TimeUnit.NANOSECONDS.toMillis(quietUntil - System.nanoTime()) + 1);
        }
        // The server may go away and come back while it is asked. A session gets again what it has,
        // and another thread may have taken it while this one waited.
        taken =
            session.run(now -> {
              takeAgain(now);
              return isQuiet()
                  ? Optional.empty()
                  : Optional.of(!locks.containsKey(name) && isLocked(now, key));
            });
      }
      if (taken.get()) {
        locks.put(name, key);
      }
      return taken.get();
    }
  }

  private boolean isQuiet() {
    return System.nanoTime() - quietUntil < 0;
  }

  /// Gives a lock back, if this session has it. Waits for no server that is away: with the
  /// connection the lock is gone.
  void unlock(String name) {
    synchronized (session) {
      Long key = locks.remove(name);
      boolean held = !missing.remove(name);
      if (key != null && held) {
        session.attempt(now -> now.equals(known) && ask(now, "SELECT pg_advisory_unlock(?)", key));
      }
    }
  }

  @Override
  public void close() {
    synchronized (session) {
      closed = true;
      watch.interrupt();
      session.close();
    }
  }

  private void takeAgain(Connection now) throws SQLException {
    if (!now.equals(known)) {
      known = now;
      quietUntil = System.nanoTime() + quiet.toNanos();
      missing.addAll(locks.keySet());
    }
    for (String name : List.copyOf(missing)) {
      if (isLocked(now, locks.getOrDefault(name, 0L))) {
        missing.remove(name);
      }
    }
  }

  private static boolean isLocked(Connection now, long key) throws SQLException {
    return ask(now, "SELECT pg_try_advisory_lock(?)", key);
  }

  private static boolean ask(Connection now, String question, long key) throws SQLException {
    try (PreparedStatement query = now.prepareStatement(question)) {
      query.setLong(1, key);
      try (ResultSet row = query.executeQuery()) {
        return row.next() && row.getBoolean(1);
      }
    }
  }

  /// Notices soon when the server was away, so that the locks are taken again before others take
  /// them.
  private void keep() {
    try {
      while (true) {
        Thread.sleep(MILLIS_BETWEEN_LOOKS);
        synchronized (session) {
          if (closed) {
            return;
          }
          if (!locks.isEmpty()) {
            look();
          }
        }
      }
    } catch (InterruptedException e) {
      // closed
    }
  }

  private void look() {
    try {
      session.run(now -> {
        takeAgain(now);
        try (Statement statement = now.createStatement()) {
          return statement.execute("SELECT 1");
        }
      });
    } catch (UserError | IllegalStateException e) {
      // It was closed meanwhile; or whoever needs the store next meets the same.
    }
  }
}
