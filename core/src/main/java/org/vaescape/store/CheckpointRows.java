package org.vaescape.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.function.DoubleFunction;
import org.vaescape.study.FinishedTrial.Checkpoint;

/// A trial's checkpoints as rows of the tables, and back. The caller holds the transaction.
final class CheckpointRows {
  private CheckpointRows() {}

  static void write(
      Connection connection,
      String trial,
      List<Checkpoint> checkpoints,
      DoubleFunction<Object> stored)
      throws SQLException {
    try (PreparedStatement insert =
            connection.prepareStatement(
                "INSERT INTO checkpoint (trial, place, name, epoch, verdict) VALUES (?, ?, ?, ?, ?)");
        PreparedStatement insertMetric =
            connection.prepareStatement(
                "INSERT INTO checkpoint_metric (trial, checkpoint, place, name, value) VALUES (?, ?, ?, ?, ?)")) {
      for (int number = 0; number < checkpoints.size(); number++) {
        Checkpoint checkpoint = checkpoints.get(number);
        TrialRows.bind(
            insert, trial, number, checkpoint.name(), checkpoint.epoch(), checkpoint.verdict());
        insert.executeUpdate();
        int place = 0;
        for (Map.Entry<String, Double> metric : checkpoint.metrics().entrySet()) {
          Object value = stored.apply(metric.getValue());
          TrialRows.bind(insertMetric, trial, number, place++, metric.getKey(), value);
          insertMetric.addBatch();
        }
      }
      insertMetric.executeBatch();
    }
  }

  /// Checkpoints of every trial that has some, by its id.
  ///
  /// @param only this trial alone
  static Map<String, List<Checkpoint>> read(Connection connection, Optional<String> only)
      throws SQLException {
    Map<String, SequencedMap<Integer, SequencedMap<String, Double>>> metrics =
        metrics(connection, only);
    Map<String, List<Checkpoint>> byTrial = new LinkedHashMap<>();
    try (PreparedStatement query =
            TrialRows.select(connection, "* FROM checkpoint", "trial", only, "trial, place");
        ResultSet row = query.executeQuery()) {
      while (row.next()) {
        String trial = TrialRows.given(row.getString("trial"));
        SequencedMap<String, Double> ofThis =
            metrics
                .getOrDefault(trial, new LinkedHashMap<>())
                .getOrDefault(row.getInt("place"), new LinkedHashMap<>());
        byTrial
            .computeIfAbsent(trial, _ -> new ArrayList<>())
            .add(
                new Checkpoint(
                    TrialRows.given(row.getString("name")),
                    row.getInt("epoch"),
                    TrialRows.given(row.getString("verdict")),
                    ofThis));
      }
    }
    return byTrial;
  }

  private static Map<String, SequencedMap<Integer, SequencedMap<String, Double>>> metrics(
      Connection connection, Optional<String> only) throws SQLException {
    Map<String, SequencedMap<Integer, SequencedMap<String, Double>>> byTrial =
        new LinkedHashMap<>();
    try (PreparedStatement query =
            TrialRows.select(
                connection,
                "trial, checkpoint, name, value FROM checkpoint_metric",
                "trial",
                only,
                "trial, checkpoint, place");
        ResultSet row = query.executeQuery()) {
      while (row.next()) {
        byTrial
            .computeIfAbsent(TrialRows.given(row.getString(1)), _ -> new LinkedHashMap<>())
            .computeIfAbsent(row.getInt(2), _ -> new LinkedHashMap<>())
            .put(TrialRows.shared(row.getString(3)), ExactNumber.of(row.getObject(4)));
      }
    } catch (IllegalArgumentException e) {
      throw Failures.damage("checkpoints: " + e.getMessage());
    }
    return byTrial;
  }
}
