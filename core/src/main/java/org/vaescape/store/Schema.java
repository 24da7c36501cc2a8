package org.vaescape.store;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Objects;
import org.vaescape.UserError;

/// The tables of a store, made and brought up to date by numbered scripts.
///
/// Script `schema-N.sql` takes a database from version N - 1 to N; scripts that have been released
/// never change.
final class Schema {
  static final int VERSION = 3;

  /// The version that gave trials their digests.
  private static final int DIGESTS = 3;

  /// "vaes" in ASCII: marks the files that are ours.
  private static final int APPLICATION = 0x76616573;

  private Schema() {}

  /// Makes the tables in an empty database, or brings those of an older version up to date.
  ///
  /// @throws UserError if the database belongs to another program or a newer version
  static void update(Connection connection, Path file) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      // Two processes may open a new store at once.
      Transaction.immediate(connection, () -> update(statement, file));
    }
  }

  /// Shows a connection that only reads a database of an older version, or one without tables, as
  /// if it were up to date: what it lacks is temporary, which is the connection's own and in no
  /// file of the user's.
  ///
  /// @throws UserError as [#update]
  static void complete(Connection connection, Path file) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      int version = number(statement, "PRAGMA user_version");
      refuse(statement, version, file);
      for (int next = version + 1; next <= VERSION; next++) {
        boolean addsToTableThere = next == DIGESTS && version > 0;
        statement.executeUpdate(
            addsToTableThere
                ? "CREATE TEMP VIEW trial AS SELECT *, '' AS digest FROM main.trial"
                : script("schema-%s.sql".formatted(next))
                    .replace("CREATE TABLE", "CREATE TEMP TABLE"));
      }
    }
  }

  private static void update(Statement statement, Path file) throws SQLException {
    int version = number(statement, "PRAGMA user_version");
    refuse(statement, version, file);
    for (int next = version + 1; next <= VERSION; next++) {
      statement.executeUpdate(script("schema-%s.sql".formatted(next)));
      statement.execute("PRAGMA user_version = " + next);
      statement.execute("PRAGMA application_id = " + APPLICATION);
    }
  }

  private static void refuse(Statement statement, int version, Path file) throws SQLException {
    boolean ours = number(statement, "PRAGMA application_id") == APPLICATION;
    boolean empty = version == 0 && number(statement, "SELECT count(*) FROM sqlite_schema") == 0;
    if (!ours && !empty) {
      throw new UserError(
          "%s is a database of another program; choose another folder by --out".formatted(file));
    }
    if (version > VERSION) {
      throw new UserError(
          "%s was written by a newer vaescape (store version %s, this one knows up to %s); use that one, or another folder by --out"
              .formatted(file, version, VERSION));
    }
  }

  private static int number(Statement statement, String query) throws SQLException {
    try (ResultSet row = statement.executeQuery(query)) {
      return row.getInt(1);
    }
  }

  /// The text of a numbered script.
  ///
  /// @param name `schema-N.sql`, or `postgres-N.sql` for a server
  static String script(String name) {
    try (InputStream stream = Objects.requireNonNull(Schema.class.getResourceAsStream(name))) {
      return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
