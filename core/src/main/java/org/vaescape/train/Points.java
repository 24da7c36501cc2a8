package org.vaescape.train;

import java.util.List;

/// Samples as points in a space, with what is known about each.
///
/// @param values points x dimensions, row by row; never written to
/// @param labels for each point its label, empty string where it has none
/// @param patients for each point who it comes from
public record Points(float[] values, int dimensions, List<String> labels, List<String> patients) {
  public Points {
    labels = List.copyOf(labels);
    patients = List.copyOf(patients);
    if (dimensions < 1
        || patients.size() != labels.size()
        || values.length != (long) labels.size() * dimensions) {
      throw new IllegalArgumentException(
          "%d values do not fit %d labels and %d patients in %d dimensions"
              .formatted(values.length, labels.size(), patients.size(), dimensions));
    }
  }

  public int size() {
    return labels.size();
  }

  /// Squared Euclidean distance from point `i` here to point `j` there.
  double squaredDistance(int i, Points others, int j) {
    float[] there = others.values;
    int a = i * dimensions;
    int b = j * dimensions;
    // Four sums, so that one addition need not wait for the one before; always in the same order.
    double sum0 = 0;
    double sum1 = 0;
    double sum2 = 0;
    double sum3 = 0;
    int d = 0;
    for (; d + 3 < dimensions; d += 4) {
      double difference0 = (double) values[a + d] - there[b + d];
      double difference1 = (double) values[a + d + 1] - there[b + d + 1];
      double difference2 = (double) values[a + d + 2] - there[b + d + 2];
      double difference3 = (double) values[a + d + 3] - there[b + d + 3];
      sum0 += difference0 * difference0;
      sum1 += difference1 * difference1;
      sum2 += difference2 * difference2;
      sum3 += difference3 * difference3;
    }
    for (; d < dimensions; d++) {
      double difference = (double) values[a + d] - there[b + d];
      sum0 += difference * difference;
    }
    return (sum0 + sum1) + (sum2 + sum3);
  }

  /// Refuses points of a space of other dimensions.
  void requireSameSpace(Points others) {
    if (others.dimensions != dimensions) {
      throw new IllegalArgumentException(
          "points must have %d dimensions but had %d".formatted(dimensions, others.dimensions));
    }
  }
}
