package org.vaescape.train;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// Tells the label of a point by the labels of the training points next to it.
///
/// Euclidean distance, one vote for each neighbour; of labels with equal votes the smallest in
/// string order wins, of neighbours at equal distance the one of smaller index is nearer (as in
/// scikit-learn). Training points without a label take no part; nor does one whose distance is not
/// finite.
///
/// @param neighbours how many vote, from 1
/// @param otherPatientsOnly whether neighbours of the query's own patient are left out; a point
///   then is no neighbour of itself either
public record NearestNeighbours(Points training, int neighbours, boolean otherPatientsOnly) {
  public NearestNeighbours {
    if (neighbours < 1) {
      throw new IllegalArgumentException("neighbours must be at least 1 but was " + neighbours);
    }
  }

  /// The label of every query, empty string where no training point may vote.
  public List<String> predict(Points queries) {
    return predict(voters(queries));
  }

  /// [#nearest] of every query.
  int[][] voters(Points queries) {
    training.requireSameSpace(queries);
    int[][] voters = new int[queries.size()][];
    Arrays.setAll(voters, query -> nearest(queries, query));
    return voters;
  }

  /// What these neighbours say of each query.
  List<String> predict(int[][] voters) {
    return Arrays.stream(voters).map(this::vote).toList();
  }

  /// Mean over the classes in `labels` of the share of the class that `predictions` tell right; a
  /// class that no prediction names counts 0. Places with an empty label are left out; NaN where
  /// all are.
  public static double balancedAccuracy(List<String> labels, List<String> predictions) {
    if (labels.size() != predictions.size()) {
      throw new IllegalArgumentException(
          "%d labels do not fit %d predictions".formatted(labels.size(), predictions.size()));
    }
    Map<String, int[]> rightAndAll = new TreeMap<>();
    for (int i = 0; i < labels.size(); i++) {
      String label = labels.get(i);
      if (!label.isEmpty()) {
        int[] counts = rightAndAll.computeIfAbsent(label, _ -> new int[2]);
        counts[0] += label.equals(predictions.get(i)) ? 1 : 0;
        counts[1]++;
      }
    }
    double sum = 0;
    for (int[] counts : rightAndAll.values()) {
      sum += (double) counts[0] / counts[1];
    }
    return sum / rightAndAll.size();
  }

  /// Indices of the nearest training points that may vote, nearest first.
  int[] nearest(Points queries, int query) {
    Nearest nearest = new Nearest(neighbours);
    for (int i = 0; i < training.size(); i++) {
      if (training.labels().get(i).isEmpty()
          || (otherPatientsOnly
              && training.patients().get(i).equals(queries.patients().get(query)))) {
        continue;
      }
      double distance = queries.squaredDistance(query, training, i);
      if (Double.isFinite(distance)) {
        nearest.see(i, distance);
      }
    }
    return nearest.indices();
  }

  private String vote(int[] voters) {
    Map<String, Integer> votes = new TreeMap<>();
    for (int voter : voters) {
      votes.merge(training.labels().get(voter), 1, Integer::sum);
    }
    String winner = "";
    int most = 0;
    for (Map.Entry<String, Integer> candidate : votes.entrySet()) {
      if (candidate.getValue() > most) {
        winner = candidate.getKey();
        most = candidate.getValue();
      }
    }
    return winner;
  }
}
