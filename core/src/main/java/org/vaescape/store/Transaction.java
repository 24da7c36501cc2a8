package org.vaescape.store;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;

/// Changes of a database that are made together or not at all.
@FunctionalInterface
interface Transaction {
  void run() throws SQLException;

  /// Runs `changes` as the only writer of the database, and takes them back if they fail.
  ///
  /// Waits for another writer before anything is read, so that what is read holds until the end.
  static void immediate(Connection connection, Transaction changes) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute("BEGIN IMMEDIATE");
      try {
        changes.run();
        statement.execute("COMMIT");
      } catch (SQLException | RuntimeException e) {
        rollBack(statement, e);
        throw e;
      }
    }
  }

  /// A full disk makes SQLite end the transaction by itself, and there is nothing to do; what is
  /// told is why it failed.
  private static void rollBack(Statement statement, Exception cause) {
    try {
      statement.execute("ROLLBACK");
    } catch (SQLException e) {
      cause.addSuppressed(e);
    }
  }
}
