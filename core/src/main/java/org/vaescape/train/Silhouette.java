package org.vaescape.train;

import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.IntStream;

/// How much nearer points lie to their own class than to the next one, between -1 and 1 (Rousseeuw
/// 1987).
///
/// It depends on the scale of the axes, which models without a prior do not fix.
public final class Silhouette {
  private Silhouette() {}

  /// Mean over the points that have a label; a point that is alone in its class counts 0. NaN where
  /// there are fewer than two classes.
  public static double mean(Points points) {
    double[] each = ofLabelled(points);
    double sum = 0;
    for (double one : each) {
      sum += one;
    }
    return sum / each.length;
  }

  /// Of each point that has a label, in their order; empty where there are fewer than two classes.
  static double[] ofLabelled(Points points) {
    int[] labelled =
        IntStream.range(0, points.size()).filter(i -> !points.labels().get(i).isEmpty()).toArray();
    List<String> classes =
        List.copyOf(
            new TreeSet<>(points.labels().stream().filter(label -> !label.isEmpty()).toList()));
    if (classes.size() < 2) {
      return new double[0];
    }
    int[] classOf = new int[labelled.length];
    int[] sizes = new int[classes.size()];
    for (int i = 0; i < labelled.length; i++) {
      classOf[i] = classes.indexOf(points.labels().get(labelled[i]));
      sizes[classOf[i]]++;
    }
    double[] each = new double[labelled.length];
    double[] distances = new double[classes.size()];
    for (int i = 0; i < labelled.length; i++) {
      Arrays.fill(distances, 0);
      for (int j = 0; j < labelled.length; j++) {
        distances[classOf[j]] +=
            Math.sqrt(points.squaredDistance(labelled[i], points, labelled[j]));
      }
      each[i] = ofPoint(classOf[i], distances, sizes);
    }
    return each;
  }

  /// @param distances sums of distances to each class; the point's own adds 0
  private static double ofPoint(int own, double[] distances, int[] sizes) {
    if (sizes[own] == 1) {
      return 0;
    }
    double within = distances[own] / (sizes[own] - 1);
    double between = Double.POSITIVE_INFINITY;
    for (int other = 0; other < sizes.length; other++) {
      if (other != own) {
        between = Math.min(between, distances[other] / sizes[other]);
      }
    }
    double larger = Math.max(within, between);
    // All points in one place: neither nearer nor farther.
    return larger == 0 ? 0 : (between - within) / larger;
  }
}
