package org.vaescape.analysis;

/// Nemenyi's comparison of all pairs of treatments by their average ranks, as Demsar 2006 (Journal
/// of Machine Learning Research 7:1, section 3.2.2) has it.
///
/// @param blocks how many independent blocks the ranks are averaged over, N
/// @param averageRanks of the k treatments
public record Nemenyi(int blocks, double[] averageRanks) {
  public Nemenyi {
    averageRanks = averageRanks.clone();
    Demand.that(blocks >= 1, "there must be at least 1 block but are " + blocks);
    Demand.that(
        averageRanks.length >= 2,
        "there must be at least 2 treatments but are " + averageRanks.length);
    Demand.finite(averageRanks, "average ranks");
  }

  /// A copy, as the constructor's was copied.
  @Override
  public double[] averageRanks() {
    return averageRanks.clone();
  }

  /// q: the upper quantile of the studentized range of k groups over sqrt(2).
  ///
  /// @param significance between 0 and 1: 0.05
  double criticalValue(double significance) {
    return new StudentizedRange(averageRanks.length).upperQuantile(significance) / Math.sqrt(2);
  }

  /// The smallest difference of average ranks that counts: q sqrt(k (k + 1) / (6 N)).
  ///
  /// @param significance between 0 and 1: 0.05
  double criticalDifference(double significance) {
    return criticalValue(significance) * unit();
  }

  /// Probability of so large a difference between any two treatments where none differ.
  ///
  /// @param one place of a treatment, from 0
  /// @param other place of another; 1 for a treatment and itself
  double p(int one, int other) {
    double difference = Math.abs(averageRanks[one] - averageRanks[other]);
    return new StudentizedRange(averageRanks.length).upperTail(difference / unit() * Math.sqrt(2));
  }

  private double unit() {
    double k = averageRanks.length;
    return Math.sqrt(k * (k + 1) / (6.0 * blocks));
  }
}
