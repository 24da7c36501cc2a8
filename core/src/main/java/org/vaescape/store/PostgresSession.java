package org.vaescape.store;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.postgresql.Driver;
import org.vaescape.UserError;
import org.vaescape.study.DatabaseUrl;

/// A connection to a server that is made again when it breaks. One thread uses it at a time; while
/// it waits for a server that is away, others may go first.
final class PostgresSession implements AutoCloseable {
  /// For connections that may be asked for much.
  static final Duration SILENCE = Duration.ofMinutes(1);

  private static final int CONNECT_SECONDS = 10;
  private static final int MILLIS_BETWEEN_TRIES = 250;
  private static final int MOST_CONFLICTS = 10;

  /// The server notices within about a minute that a machine with a connection is gone, and drops
  /// its locks; what it has said is stored is on its disk.
  private static final String OPTIONS =
      "-c tcp_keepalives_idle=30 -c tcp_keepalives_interval=10 -c tcp_keepalives_count=3 -c synchronous_commit=on -c client_min_messages=warning";

  private final DatabaseUrl url;
  private final String schema;
  private final Duration patience;
  private final Duration silence;
  private @Nullable Connection connection;
  private boolean closed;

  /// Something to do in a transaction, which may have to be done again.
  @FunctionalInterface
  interface Work<T> {
    T in(Connection connection) throws SQLException;
  }

  private PostgresSession(DatabaseUrl url, String schema, Duration patience, Duration silence) {
    this.url = url;
    this.schema = schema;
    this.patience = patience;
    this.silence = silence;
  }

  /// Connects at once or not at all; only a server that is starting is waited for.
  ///
  /// @param patience how long to wait for a server that is away
  /// @param silence in whole seconds, after which a connection counts as broken on which the server
  ///   says nothing though it was asked: it may be on the other side of a network that is gone
  /// @throws UserError if the server cannot be reached, or lets nobody in
  static PostgresSession open(DatabaseUrl url, String schema, Duration patience, Duration silence) {
    PostgresSession session = new PostgresSession(url, schema, patience, silence);
    try {
      session.connection = session.connectOnceStarted();
    } catch (SQLException e) {
      throw PostgresFailures.of(e, url);
    }
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

  /// Reads in one transaction, so that all tables are as of the same moment.
  ///
  /// @throws UserError as [#run]
  <T> T read(Work<T> query) {
    return run(now -> {
      try (Statement statement = now.createStatement()) {
        statement.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY");
      }
      return query.in(now);
    });
  }

  /// As [#run], once, and only if there is a connection: waits for no server that is away.
  synchronized void attempt(Work<?> work) {
    if (connection == null) {
      return;
    }
    try {
      work.in(connection);
      connection.commit();
    } catch (SQLException e) {
      drop();
    }
  }

  @Override
  public synchronized void close() {
    closed = true;
    drop();
  }

  private Connection connected() throws SQLException {
    if (closed) {
      throw new IllegalStateException("the store is closed");
    }
    if (connection == null) {
      connection = connect();
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
    properties.setProperty("socketTimeout", Long.toString(silence.toSeconds()));
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

  /// Lets others use the session meanwhile.
  ///
  /// @throws UserError if the thread is interrupted, and stays so
  synchronized void pause(long millis) {
    long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
    try {
      for (long left = millis; left > 0; left = (end - System.nanoTime()) / 1_000_000) {
        wait(left);
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
