package org.vaescape.train;

import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;

/// How far two ways to sort the same samples agree.
///
/// @param randIndex Rand's index adjusted for chance (Hubert and Arabie 1985): 1 for the same
///   groups, 0 on average for groups by chance
/// @param mutualInformation in nats
/// @param entropy of the first way, in nats
/// @param otherEntropy of the second
record Agreement(double randIndex, double mutualInformation, double entropy, double otherEntropy) {

  /// Compares labels with clusters; samples without a label are left out. All NaN where fewer than
  /// two have one.
  static Agreement of(List<String> labels, int[] clusters) {
    List<String> classes =
        List.copyOf(new TreeSet<>(labels.stream().filter(label -> !label.isEmpty()).toList()));
    int most = Arrays.stream(clusters).max().orElse(0) + 1;
    long[][] counts = new long[classes.size()][most];
    long samples = 0;
    for (int i = 0; i < clusters.length; i++) {
      if (!labels.get(i).isEmpty()) {
        counts[classes.indexOf(labels.get(i))][clusters[i]]++;
        samples++;
      }
    }
    return samples < 2
        ? new Agreement(Double.NaN, Double.NaN, Double.NaN, Double.NaN)
        : of(counts, samples);
  }

  private static Agreement of(long[][] counts, long samples) {
    long[] rows = new long[counts.length];
    long[] columns = new long[counts[0].length];
    double pairs = 0;
    for (int i = 0; i < rows.length; i++) {
      for (int j = 0; j < columns.length; j++) {
        rows[i] += counts[i][j];
        columns[j] += counts[i][j];
        pairs += pairs(counts[i][j]);
      }
    }
    double information = 0;
    for (int i = 0; i < rows.length; i++) {
      for (int j = 0; j < columns.length; j++) {
        if (counts[i][j] > 0) {
          double share = (double) counts[i][j] / samples;
          information += share * StrictMath.log(share * samples / rows[i] * samples / columns[j]);
        }
      }
    }
    double pairsOfRows = Arrays.stream(rows).mapToDouble(Agreement::pairs).sum();
    double pairsOfColumns = Arrays.stream(columns).mapToDouble(Agreement::pairs).sum();
    double expected = pairsOfRows * pairsOfColumns / pairs(samples);
    double largest = (pairsOfRows + pairsOfColumns) / 2;
    return new Agreement(
        largest == expected ? 1 : (pairs - expected) / (largest - expected),
        Math.max(0, information),
        entropy(rows, samples),
        entropy(columns, samples));
  }

  /// Mutual information over the mean of both entropies: 1 for the same groups, 0 for independent
  /// ones. 1 if both ways know one group only.
  double normalizedInformation() {
    double mean = (entropy + otherEntropy) / 2;
    return mean == 0 ? 1 : mutualInformation / mean;
  }

  private static double pairs(long count) {
    return count * (count - 1) / 2.0;
  }

  private static double entropy(long[] counts, long samples) {
    double sum = 0;
    for (long count : counts) {
      if (count > 0) {
        double share = (double) count / samples;
        sum -= share * StrictMath.log(share);
      }
    }
    return sum;
  }
}
