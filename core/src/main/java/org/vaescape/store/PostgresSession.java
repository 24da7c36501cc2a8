package org.vaescape.store;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
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
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.postgresql.Driver;
import org.vaescape.UserError;
import org.vaescape.study.DatabaseUrl;

/// A connection to a server that is made again when it breaks, and the locks that go with it.
///
/// The locks are the server's, which drops them with the connection, however that ends. Whoever
/// comes back takes his own again. So for a moment after a server was away nobody takes others: who
/// had them may be on the way.
final class PostgresSession implements AutoCloseable {
  private static final int CONNECT_SECONDS = 10;

  /// A server on the other side of a network that is gone never answers.
  private static final int SILENCE_SECONDS = 60;

  private static final int MILLIS_BETWEEN_TRIES = 250;
  private static final int MILLIS_BETWEEN_LOOKS = 1_000;
  private static final int MOST_CONFLICTS = 10;

  /// The server notices within about a minute that a machine with a connection is gone, and drops
  /// its locks; what it has said is stored is on its disk.
  private static final String OPTIONS =
      "-c tcp_keepalives_idle=30 -c tcp_keepalives_interval=10 -c tcp_keepalives_count=3 -c synchronous_commit=on -c client_min_messages=warning";

  private final DatabaseUrl url;
  private final String schema;
  private final Duration patience;
  private final Duration quiet;
  private final Map<String, Long> locks = new LinkedHashMap<>();

  /// Those of [#locks] that were not there when the connection was made again: the server may hold
  /// them for the broken one still, and they are asked for until it gives them.
  private final Set<String> missing = new HashSet<>();

  private final Thread watch;
  private @Nullable Connection connection;
  private long quietUntil = System.nanoTime();
  private boolean closed;

  /// Something to do in a transaction, which may have to be done again.
  @FunctionalInterface
  interface Work<T> {
    T in(Connection connection) throws SQLException;
  }

  /// @param patience how long to wait for a server that is away
  /// @param quiet how long nobody takes a new lock after it was
  private PostgresSession(DatabaseUrl url, String schema, Duration patience, Duration quiet) {
    this.url = url;
    this.schema = schema;
    this.patience = patience;
    this.quiet = quiet;
    this.watch = Thread.ofPlatform().name("store-watch").daemon().unstarted(this::keepLocks);
  }

  /// Connects at once or not at all; only a server that is starting is waited for.
  ///
  /// @throws UserError if the server cannot be reached, or lets nobody in
  static PostgresSession open(DatabaseUrl url, String schema, Duration patience, Duration quiet) {
    PostgresSession session = new PostgresSession(url, schema, patience, quiet);
    try {
      Connection first = session.connectOnceStarted();
      session.connection = first;
      Duration up = uptime(first);
      if (up.compareTo(quiet) < 0) {
        session.quietUntil = System.nanoTime() + quiet.minus(up).toNanos();
      }
    } catch (SQLException e) {
      session.drop();
      throw PostgresFailures.of(e, url);
    }
    session.watch.start();
    return session;
  }

  /// Does the work in a transaction of its own; again if it met another one, and on a new
  /// connection if the old one broke.
  ///
  /// @throws UserError if the server is away for too long, or refuses
  synchronized <T> T run(Work<T> work) {
    long end = System.nanoTime() + patience.toNanos();
    int conflicts = 0;
    while (true) {
      try {
        Connection now = connected();
        T result = work.in(now);
        now.commit();
        return result;
      } catch (SQLException e) {
        if (PostgresFailures.isLost(e)) {
          drop();
          if (System.nanoTime() > end) {
            throw PostgresFailures.away(e, url, patience.toSeconds());
          }
          pause(MILLIS_BETWEEN_TRIES);
        } else {
          rollBack(e);
          conflicts++;
          if (!PostgresFailures.isConflict(e) || conflicts > MOST_CONFLICTS) {
            throw PostgresFailures.of(e, url);
          }
        }
      } catch (RuntimeException e) {
        rollBack(e);
        throw e;
      }
    }
  }

  /// Takes a lock, unless this or another session has it.
  synchronized boolean lock(String name, long key) {
    Optional<Boolean> taken = Optional.empty();
    while (taken.isEmpty()) {
      while (isQuiet()) {
        pause(TimeUnit.NANOSECONDS.toMillis(quietUntil - System.nanoTime()) + 1);
      }
      // The server may go away and come back while it is asked. A session gets again what it has,
      // and another thread may have taken it while this one waited.
      taken =
          run(now ->
              isQuiet()
                  ? Optional.empty()
                  : Optional.of(!locks.containsKey(name) && isLocked(now, key)));
    }
    if (taken.get()) {
      locks.put(name, key);
    }
    return taken.get();
  }

  private boolean isQuiet() {
    return System.nanoTime() - quietUntil < 0;
  }

  /// Gives a lock back, if this session has it. Waits for no server that is away: with the
  /// connection the lock is gone.
  synchronized void unlock(String name) {
    Long key = locks.remove(name);
    boolean held = !missing.remove(name);
    if (key == null || connection == null || !held) {
      return;
    }
    try {
      ask(connection, "SELECT pg_advisory_unlock(?)", key);
      connection.commit();
    } catch (SQLException e) {
      drop();
    }
  }

  @Override
  public synchronized void close() {
    closed = true;
    watch.interrupt();
    drop();
  }

  private Connection connected() throws SQLException {
    if (closed) {
      throw new IllegalStateException("the store is closed");
    }
    if (connection == null) {
      Connection again = connect();
      connection = again;
      quietUntil = System.nanoTime() + quiet.toNanos();
      missing.addAll(locks.keySet());
      takeMissing(again);
      again.commit();
      return again;
    }
    return connection;
  }

  private synchronized Connection connectOnceStarted() throws SQLException {
    long end = System.nanoTime() + patience.toNanos();
    while (true) {
      try {
        return connect();
      } catch (SQLException e) {
        if (!PostgresFailures.isStarting(e) || System.nanoTime() > end) {
          throw e;
        }
        pause(MILLIS_BETWEEN_TRIES);
      }
    }
  }

  private void takeMissing(Connection now) throws SQLException {
    for (String name : List.copyOf(missing)) {
      if (isLocked(now, locks.getOrDefault(name, 0L))) {
        missing.remove(name);
      }
    }
  }

  private Connection connect() throws SQLException {
    Properties properties = new Properties();
    url.options()
        .forEach((name, value) -> {
          if (name.startsWith("ssl")) {
            properties.setProperty(name, value);
          }
        });
    String user = url.user().isEmpty() ? System.getenv("PGUSER") : url.user();
    properties.setProperty("user", user == null ? System.getProperty("user.name") : user);
    String password = System.getenv("PGPASSWORD"); // without it the driver looks into ~/.pgpass
    if (password != null) {
      properties.setProperty("password", password);
    }
    properties.setProperty("ApplicationName", "vaescape");
    properties.setProperty("connectTimeout", Integer.toString(CONNECT_SECONDS));
    properties.setProperty("loginTimeout", Integer.toString(CONNECT_SECONDS));
    properties.setProperty("socketTimeout", Integer.toString(SILENCE_SECONDS));
    properties.setProperty("tcpKeepAlive", "true");
    properties.setProperty("options", OPTIONS);
    // Numbers go both ways by their bits.
    properties.setProperty("prepareThreshold", "-1");
    Connection made =
        new Driver()
            .connect(
                "jdbc:postgresql://%s:%s/%s"
                    .formatted(
                        url.host(),
                        url.usedPort(),
                        // So that no name of a database brings options of the driver along.
                        URLEncoder.encode(url.database(), StandardCharsets.UTF_8)),
                properties);
    if (made == null) {
      throw new IllegalStateException("the driver knows no " + url.text());
    }
    made.setAutoCommit(false);
    try (Statement statement = made.createStatement()) {
      statement.execute("SET search_path TO " + quoted(schema));
    }
    made.commit();
    return made;
  }

  /// The name as SQL has it.
  static String quoted(String name) {
    return '"' + name.replace("\"", "\"\"") + '"';
  }

  private static Duration uptime(Connection now) throws SQLException {
    try (Statement statement = now.createStatement();
        ResultSet row =
            statement.executeQuery(
                "SELECT extract(epoch FROM clock_timestamp() - pg_postmaster_start_time())")) {
      row.next();
      Duration up = Duration.ofMillis((long) (1_000 * row.getDouble(1)));
      now.commit();
      return up;
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
  private void keepLocks() {
    try {
      while (true) {
        Thread.sleep(MILLIS_BETWEEN_LOOKS);
        synchronized (this) {
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
      run(now -> {
        takeMissing(now);
        try (Statement statement = now.createStatement()) {
          return statement.execute("SELECT 1");
        }
      });
    } catch (UserError | IllegalStateException e) {
      // It was closed meanwhile; or whoever needs the store next meets the same.
    }
  }

  private void pause(long millis) {
    long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
    try {
      for (long left = millis; left > 0; left = (end - System.nanoTime()) / 1_000_000) {
        wait(left); // others may use the session meanwhile
      }
    } catch (InterruptedException e) {
      // What has ended is stored first, as far as the server lets it; who interrupted is told
      // after.
      Thread.currentThread().interrupt();
      throw new UserError(url.text() + ": interrupted while the server was away", e);
    }
  }

  private void rollBack(Exception cause) {
    try {
      if (connection != null) {
        connection.rollback();
      }
    } catch (SQLException e) {
      cause.addSuppressed(e);
      drop();
    }
  }

  private void drop() {
    try {
      if (connection != null) {
        connection.close();
      }
    } catch (SQLException e) {
      // It is gone either way.
    }
    connection = null;
  }
}
