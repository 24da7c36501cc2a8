package org.vaescape.store;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.vaescape.UserError;
import org.vaescape.study.DatabaseUrl;

/// The tables of a study on a server, in the schema that the connection is set to; as [Schema].
final class PostgresSchema {
  private PostgresSchema() {}

  /// Makes the tables, or brings those of an older version up to date.
  ///
  /// @param lock key of the lock that keeps others from doing the same
  /// @throws UserError if the user may not use the schema, it belongs to another program, or the
  ///   store to a newer version
  static void update(Connection connection, DatabaseUrl url, String schema, long lock)
      throws SQLException {
    try (Statement statement = connection.createStatement()) {
      // Two processes may open a new store at once; ends with the transaction.
      statement.execute("SELECT pg_advisory_xact_lock(%s)".formatted(lock));
      refuseClosed(statement, url, schema);
      if (!isThere(statement, "pg_namespace WHERE nspname = current_schema()")) {
        statement.execute("CREATE SCHEMA " + PostgresSession.quoted(schema));
      }
      if (refuse(statement, url, schema) < Schema.VERSION) {
        // Servers are known since version 3, so that there is nothing older yet.
        statement.execute(Schema.script("postgres-3.sql"));
        statement.execute("INSERT INTO version (number) VALUES (%s)".formatted(Schema.VERSION));
      }
    }
  }

  /// The version of a store that is only read; 0 if it has no tables.
  ///
  /// @throws UserError as [#update]
  static int version(Connection connection, DatabaseUrl url, String schema) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      refuseClosed(statement, url, schema);
      return refuse(statement, url, schema);
    }
  }

  /// The server shows a schema that a user may not use as if there were none.
  private static void refuseClosed(Statement statement, DatabaseUrl url, String schema)
      throws SQLException {
    String closed =
        "pg_namespace WHERE nspname = '%s' AND NOT has_schema_privilege(oid, 'USAGE')"
            .formatted(schema.replace("'", "''"));
    if (isThere(statement, closed)) {
      String quoted = PostgresSession.quoted(schema);
      throw new UserError(
          "%s: the user may not look into the schema %s; its owner can let him: GRANT USAGE ON SCHEMA %s TO ...; GRANT SELECT ON ALL TABLES IN SCHEMA %s TO ..."
              .formatted(url.text(), schema, quoted, quoted));
    }
  }

  private static int refuse(Statement statement, DatabaseUrl url, String schema)
      throws SQLException {
    boolean ours = exists(statement);
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
    return version;
  }

  private static boolean exists(Statement statement) throws SQLException {
    return isThere(
        statement,
        "pg_tables WHERE schemaname = current_schema() AND tablename = 'checkpoint_metric'");
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
}
