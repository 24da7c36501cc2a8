package org.vaescape.report;

import java.util.List;

/// Where a trial whose weights are kept puts its samples, in a plane.
///
/// @param trial its id
/// @param labels what is known of samples: the name of each of a point's values
/// @param points a sample each
public record LatentMap(String trial, List<String> labels, List<Point> points) {
  public LatentMap {
    labels = List.copyOf(labels);
    points = List.copyOf(points);
    for (Point point : points) {
      if (point.values.size() != labels.size()) {
        throw new IllegalArgumentException(
            "a point must have %s values but had %s".formatted(labels.size(), point.values.size()));
      }
    }
  }

  /// A sample.
  ///
  /// @param part of the data that it is in: `train`, `validation`
  /// @param values one for each of the labels; an empty text where it is not known
  public record Point(float x, float y, String part, List<String> values) {
    public Point {
      values = List.copyOf(values);
    }
  }
}
