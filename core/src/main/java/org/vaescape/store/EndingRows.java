package org.vaescape.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import org.vaescape.study.FinishedTrial;
import org.vaescape.study.Status;

/// How trials ended, read without all else. The caller holds the transaction.
final class EndingRows {
  private EndingRows() {}

  /// As [StoreReader#endings].
  static SequencedMap<String, FinishedTrial> read(
      Connection connection, Map<String, FinishedTrial> known, List<String> metrics)
      throws SQLException {
    SequencedMap<String, FinishedTrial> endings = new LinkedHashMap<>();
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("SELECT * FROM trial ORDER BY id")) {
      while (row.next()) {
        FinishedTrial bare = ending(row, new LinkedHashMap<>());
        FinishedTrial before = known.get(bare.id());
        endings.put(
            bare.id(),
            before != null && isSame(before, bare)
                ? before
                : ending(row, metrics(connection, bare.id(), metrics)));
      }
    }
    return endings;
  }

  /// Two trainings never take the same time to the last bit.
  private static boolean isSame(FinishedTrial before, FinishedTrial now) {
    return before.status() == now.status()
        && before.epochs() == now.epochs()
        && Double.compare(before.seconds(), now.seconds()) == 0
        && before.message().equals(now.message());
  }

  private static SequencedMap<String, Double> metrics(
      Connection connection, String trial, List<String> names) throws SQLException {
    SequencedMap<String, Double> metrics = new LinkedHashMap<>();
    try (PreparedStatement query =
        connection.prepareStatement("SELECT name, value FROM metric WHERE trial = ?")) {
      TrialRows.bind(query, trial);
      try (ResultSet row = query.executeQuery()) {
        while (row.next()) {
          if (names.contains(row.getString(1))) {
            metrics.put(row.getString(1), ExactNumber.of(row.getObject(2)));
          }
        }
      }
    } catch (IllegalArgumentException e) {
      throw Failures.damage("trial %s: %s".formatted(trial, e.getMessage()));
    }
    return metrics;
  }

  private static FinishedTrial ending(ResultSet row, SequencedMap<String, Double> metrics)
      throws SQLException {
    String id = TrialRows.given(row.getString("id"));
    try {
      return new FinishedTrial(
          id,
          new LinkedHashMap<>(),
          row.getInt("repeat"),
          Status.of(TrialRows.given(row.getString("status"))),
          TrialRows.given(row.getString("verdict")),
          row.getInt("epochs"),
          metrics,
          new ArrayList<>(),
          new ArrayList<>(),
          ExactNumber.of(row.getObject("seconds")),
          ExactNumber.of(row.getObject("epoch_seconds")),
          TrialRows.given(row.getString("path")),
          TrialRows.given(row.getString("precision")),
          TrialRows.given(row.getString("data_hash")),
          TrialRows.given(row.getString("message")),
          new LinkedHashMap<>());
    } catch (IllegalArgumentException e) { // as for the whole trial
      throw Failures.damage("trial %s: %s".formatted(id, e.getMessage()));
    }
  }
}
