package org.vaescape.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.function.DoubleFunction;
import org.jspecify.annotations.Nullable;
import org.vaescape.study.FinishedTrial;
import org.vaescape.study.FinishedTrial.Checkpoint;
import org.vaescape.study.FinishedTrial.Epoch;
import org.vaescape.study.Status;
import org.vaescape.study.StoredTrial;
import org.vaescape.study.TrialDigest;

/// A trial as rows of the tables, and back. The caller holds the transaction.
final class TrialRows {
  private static final String INSERT_TRIAL =
      """
      INSERT INTO trial (id, repeat, status, verdict, epochs, seconds, epoch_seconds, path,
                         precision, data_hash, message, digest)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
      """;

  /// Tables with rows of a trial, those first that refer to others.
  private static final List<String> PARTS =
      List.of("checkpoint_metric", "checkpoint", "epoch_term", "metric", "provenance", "setting");

  /// Rows that a server sends before it is asked for more; of a long study there are millions.
  private static final int ROWS_AT_ONCE = 10_000;

  private TrialRows() {}

  /// Writes every row of a trial, in place of those of an earlier result of its id.
  ///
  /// @param stored what the database keeps of a number
  static void write(Connection connection, FinishedTrial trial, DoubleFunction<Object> stored)
      throws SQLException {
    // By hand too, since who deletes a trial with another program may leave its rows.
    for (String table : PARTS) {
      execute(connection, "DELETE FROM %s WHERE trial = ?".formatted(table), trial.id());
    }
    execute(connection, "DELETE FROM trial WHERE id = ?", trial.id());
    execute(
        connection,
        INSERT_TRIAL,
        trial.id(),
        trial.repeat(),
        trial.status().text(),
        trial.verdict(),
        trial.epochs(),
        stored.apply(trial.seconds()),
        stored.apply(trial.epochSeconds()),
        trial.path(),
        trial.precision(),
        trial.dataHash(),
        trial.message(),
        TrialDigest.of(trial));
    insertEntries(connection, "setting", trial.id(), trial.settings());
    insertEntries(connection, "provenance", trial.id(), trial.provenance());
    insertEntries(connection, "metric", trial.id(), stored(trial.metrics(), stored));
    CheckpointRows.write(connection, trial.id(), trial.checkpoints(), stored);
    try (PreparedStatement insert =
        connection.prepareStatement(
            "INSERT INTO epoch_term (trial, epoch, place, name, value) VALUES (?, ?, ?, ?, ?)")) {
      for (Epoch epoch : trial.curve()) {
        int place = 0;
        for (Map.Entry<String, Object> term : stored(epoch.terms(), stored).entrySet()) {
          bind(insert, trial.id(), epoch.number(), place++, term.getKey(), term.getValue());
          insert.addBatch();
        }
      }
      insert.executeBatch();
    }
  }

  /// Every trial, ordered by id.
  static List<StoredTrial> read(Connection connection) throws SQLException {
    return read(connection, Optional.empty());
  }

  /// The trial of this id.
  static Optional<StoredTrial> read(Connection connection, String id) throws SQLException {
    return read(connection, Optional.of(id)).stream().findFirst();
  }

  private static List<StoredTrial> read(Connection connection, Optional<String> only)
      throws SQLException {
    List<StoredTrial> trials = new ArrayList<>();
    try (PreparedStatement query = select(connection, "* FROM trial", "id", only, "id");
        ResultSet row = query.executeQuery()) {
      if (!row.next()) {
        return trials;
      }
      Map<String, SequencedMap<String, Object>> settings = entries(connection, "setting", only);
      Map<String, SequencedMap<String, Object>> provenance =
          entries(connection, "provenance", only);
      Map<String, SequencedMap<String, Object>> metrics = entries(connection, "metric", only);
      Map<String, List<Checkpoint>> checkpoints = CheckpointRows.read(connection, only);
      try (PreparedStatement curve =
          connection.prepareStatement(
              "SELECT epoch, name, value FROM epoch_term WHERE trial = ? ORDER BY epoch, place")) {
        do {
          String id = given(row.getString("id"));
          try {
            FinishedTrial trial =
                new FinishedTrial(
                    id,
                    texts(settings.getOrDefault(id, new LinkedHashMap<>())),
                    row.getInt("repeat"),
                    Status.of(given(row.getString("status"))),
                    given(row.getString("verdict")),
                    row.getInt("epochs"),
                    numbers(metrics.getOrDefault(id, new LinkedHashMap<>())),
                    checkpoints.getOrDefault(id, List.of()),
                    curve(curve, id),
                    ExactNumber.of(row.getObject("seconds")),
                    ExactNumber.of(row.getObject("epoch_seconds")),
                    given(row.getString("path")),
                    given(row.getString("precision")),
                    given(row.getString("data_hash")),
                    given(row.getString("message")),
                    texts(provenance.getOrDefault(id, new LinkedHashMap<>())));
            trials.add(new StoredTrial(trial, given(row.getString("digest"))));
          } catch (IllegalArgumentException e) { // numbers and words that no trial has
            throw Failures.damage("trial %s: %s".formatted(id, e.getMessage()));
          }
        } while (row.next());
      }
    }
    return trials;
  }

  /// Digests of all trials by their ids.
  static Map<String, String> digests(Connection connection) throws SQLException {
    Map<String, String> digests = new HashMap<>();
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("SELECT id, digest FROM trial")) {
      while (row.next()) {
        digests.put(given(row.getString(1)), given(row.getString(2)));
      }
    }
    return digests;
  }

  /// Rows of all trials, or of this one alone.
  ///
  /// @param what columns and table
  /// @param trial the column with the id of the trial
  static PreparedStatement select(
      Connection connection, String what, String trial, Optional<String> only, String order)
      throws SQLException {
    PreparedStatement query =
        connection.prepareStatement(
            "SELECT %s%s ORDER BY %s"
                .formatted(what, only.isPresent() ? " WHERE " + trial + " = ?" : "", order));
    query.setFetchSize(ROWS_AT_ONCE);
    if (only.isPresent()) {
      bind(query, only.get());
    }
    return query;
  }

  private static void insertEntries(
      Connection connection, String table, String trial, SequencedMap<String, ?> entries)
      throws SQLException {
    try (PreparedStatement insert =
        connection.prepareStatement(
            "INSERT INTO " + table + " (trial, place, name, value) VALUES (?, ?, ?, ?)")) {
      int place = 0;
      for (Map.Entry<String, ?> entry : entries.entrySet()) {
        bind(insert, trial, place++, entry.getKey(), entry.getValue());
        insert.addBatch();
      }
      insert.executeBatch();
    }
  }

  private static Map<String, SequencedMap<String, Object>> entries(
      Connection connection, String table, Optional<String> only) throws SQLException {
    Map<String, SequencedMap<String, Object>> byTrial = new LinkedHashMap<>();
    try (PreparedStatement query =
            select(connection, "trial, name, value FROM " + table, "trial", only, "trial, place");
        ResultSet row = query.executeQuery()) {
      while (row.next()) {
        byTrial
            .computeIfAbsent(row.getString(1), _ -> new LinkedHashMap<>())
            .put(
                shared(row.getString(2)),
                row.getObject(3) instanceof String text ? shared(text) : given(row.getObject(3)));
      }
    }
    return byTrial;
  }

  /// The curve of a trial; asked for one by one, so that none is held in another form than its own.
  private static List<Epoch> curve(PreparedStatement query, String trial) throws SQLException {
    bind(query, trial);
    SequencedMap<Integer, SequencedMap<String, Double>> epochs = new LinkedHashMap<>();
    try (ResultSet row = query.executeQuery()) {
      while (row.next()) {
        epochs
            .computeIfAbsent(row.getInt(1), _ -> new LinkedHashMap<>())
            .put(shared(row.getString(2)), ExactNumber.of(row.getObject(3)));
      }
    }
    return epochs.entrySet().stream()
        .map(epoch -> new Epoch(epoch.getKey(), epoch.getValue()))
        .toList();
  }

  /// The same text as one object, wherever it is read: names are few, and each trial has hundreds.
  static String shared(@Nullable String text) throws SQLException {
    return given(text).intern();
  }

  /// What a store never leaves out.
  static <T> T given(@Nullable T value) throws SQLException {
    if (value == null) {
      throw Failures.damage("a value is missing");
    }
    return value;
  }

  private static void execute(Connection connection, String sql, Object... values)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      bind(statement, values);
      statement.executeUpdate();
    }
  }

  static void bind(PreparedStatement statement, Object... values) throws SQLException {
    for (int i = 0; i < values.length; i++) {
      statement.setObject(i + 1, values[i]);
    }
  }

  private static SequencedMap<String, Object> stored(
      SequencedMap<String, Double> numbers, DoubleFunction<Object> stored) {
    SequencedMap<String, Object> values = new LinkedHashMap<>();
    numbers.forEach((name, value) -> values.put(name, stored.apply(value)));
    return values;
  }

  private static SequencedMap<String, Double> numbers(SequencedMap<String, Object> stored) {
    SequencedMap<String, Double> numbers = new LinkedHashMap<>();
    stored.forEach((name, value) -> numbers.put(name, ExactNumber.of(value)));
    return numbers;
  }

  private static SequencedMap<String, String> texts(SequencedMap<String, Object> stored) {
    SequencedMap<String, String> texts = new LinkedHashMap<>();
    stored.forEach((name, value) -> texts.put(name, value.toString()));
    return texts;
  }
}
