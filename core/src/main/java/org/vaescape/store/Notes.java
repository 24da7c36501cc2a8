package org.vaescape.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;

/// Texts that a study keeps beside its trials.
final class Notes {
  private Notes() {}

  static Optional<String> read(Connection connection, String key) throws SQLException {
    try (PreparedStatement query =
        connection.prepareStatement("SELECT text FROM note WHERE name = ?")) {
      query.setString(1, key);
      try (ResultSet row = query.executeQuery()) {
        return row.next() ? Optional.of(row.getString("text")) : Optional.empty();
      }
    }
  }

  static void write(Connection connection, String key, String text) throws SQLException {
    try (PreparedStatement insert =
        connection.prepareStatement(
            "INSERT INTO note (name, text) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET text = excluded.text")) {
      insert.setString(1, key);
      insert.setString(2, text);
      insert.executeUpdate();
    }
  }
}
