package org.vaescape.train;

import java.util.Arrays;
import java.util.SplittableRandom;

/// Clusters around means (Lloyd 1982).
///
/// @param assignments cluster of each point, from 0
/// @param centres clusters x dimensions
/// @param inertia sum of squared distances to the own centre
record KMeans(int[] assignments, double[] centres, double inertia) {
  /// Starts, of which the one with the least inertia is kept.
  private static final int STARTS = 5;

  private static final int MOST_ROUNDS = 300;
  private static final long SEED = 20210625;

  /// The best of several k-means++ starts (Arthur and Vassilvitskii 2007); of equals the first. The
  /// starts are the same for every trial.
  static KMeans fit(Points points, int clusters) {
    KMeans best = null;
    for (int start = 0; start < STARTS; start++) {
      KMeans found = from(points, spread(points, clusters, new SplittableRandom(SEED + start)));
      if (best == null || found.inertia < best.inertia) {
        best = found;
      }
    }
    if (best == null) {
      throw new IllegalStateException("no start");
    }
    return best;
  }

  /// Moves centres to the means of their points until no point changes its cluster. A point that is
  /// as near to two centres belongs to the first; a centre without points stays.
  ///
  /// @param initial clusters x dimensions
  static KMeans from(Points points, double[] initial) {
    int dimensions = points.dimensions();
    int clusters = initial.length / dimensions;
    double[] centres = initial.clone();
    int[] assignments = new int[points.size()];
    Arrays.fill(assignments, -1);
    for (int round = 0; ; round++) {
      double inertia = 0;
      boolean moved = false;
      for (int i = 0; i < assignments.length; i++) {
        int nearest = 0;
        double least = Double.POSITIVE_INFINITY;
        for (int c = 0; c < clusters; c++) {
          double distance = squaredDistance(points, i, centres, c);
          if (distance < least) {
            least = distance;
            nearest = c;
          }
        }
        moved |= assignments[i] != nearest;
        assignments[i] = nearest;
        inertia += least;
      }
      if (!moved || round == MOST_ROUNDS) {
        return new KMeans(assignments, centres, inertia);
      }
      move(points, assignments, centres);
    }
  }

  private static void move(Points points, int[] assignments, double[] centres) {
    int dimensions = points.dimensions();
    double[] sums = new double[centres.length];
    int[] counts = new int[centres.length / dimensions];
    for (int i = 0; i < assignments.length; i++) {
      counts[assignments[i]]++;
      for (int d = 0; d < dimensions; d++) {
        sums[assignments[i] * dimensions + d] += points.values()[i * dimensions + d];
      }
    }
    for (int j = 0; j < centres.length; j++) {
      int count = counts[j / dimensions];
      centres[j] = count == 0 ? centres[j] : sums[j] / count;
    }
  }

  /// Points as first centres, each drawn with a probability in proportion to its squared distance
  /// from those before it.
  private static double[] spread(Points points, int clusters, SplittableRandom random) {
    int dimensions = points.dimensions();
    double[] centres = new double[clusters * dimensions];
    double[] distances = new double[points.size()];
    Arrays.fill(distances, Double.POSITIVE_INFINITY);
    int chosen = random.nextInt(points.size());
    for (int c = 0; c < clusters; c++) {
      for (int d = 0; d < dimensions; d++) {
        centres[c * dimensions + d] = points.values()[chosen * dimensions + d];
      }
      double total = 0;
      for (int i = 0; i < distances.length; i++) {
        distances[i] = Math.min(distances[i], squaredDistance(points, i, centres, c));
        total += distances[i];
      }
      double left = random.nextDouble() * total;
      chosen = 0;
      for (int i = 0; i < distances.length && left >= 0; i++) {
        chosen = distances[i] > 0 ? i : chosen;
        left -= distances[i];
      }
    }
    return centres;
  }

  /// Not [Points#squaredDistance]: centres are no floats, and sums in another order would be other
  /// bits.
  private static double squaredDistance(Points points, int point, double[] centres, int centre) {
    int dimensions = points.dimensions();
    int a = point * dimensions;
    int b = centre * dimensions;
    double sum0 = 0;
    double sum1 = 0;
    int d = 0;
    for (; d + 1 < dimensions; d += 2) {
      double difference0 = points.values()[a + d] - centres[b + d];
      double difference1 = points.values()[a + d + 1] - centres[b + d + 1];
      sum0 += difference0 * difference0;
      sum1 += difference1 * difference1;
    }
    if (d < dimensions) {
      double difference = points.values()[a + d] - centres[b + d];
      sum0 += difference * difference;
    }
    return sum0 + sum1;
  }
}
