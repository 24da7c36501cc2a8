package org.vaescape.analysis;

import java.util.Comparator;
import java.util.stream.IntStream;

/// Of each pair of numbers (x, y) how many others lie above it in x, in y, in both, or tie with it:
/// all that rank correlations are made of, and those without any one pair.
///
/// Counted in O(n log n), from the highest x down, by sums over places in y that can be grown one
/// by one (Knight 1966, Journal of the American Statistical Association 61:436, for tau; Fenwick
/// 1994, Software: Practice and Experience 24:327, for the sums).
final class PairOrder {
  private final int[] aboveInX;
  private final int[] aboveInY;
  private final int[] tiesInX;
  private final int[] tiesInY;
  private final int[] aboveInBoth;

  /// Others with a higher x and the same y.
  private final int[] aboveInXOnly;

  /// Others with the same x and a higher y.
  private final int[] aboveInYOnly;

  private final int[] same;

  /// @param x numbers; -0 equals 0
  /// @param y as many
  PairOrder(double[] x, double[] y) {
    int n = x.length;
    aboveInX = new int[n];
    aboveInY = new int[n];
    tiesInX = new int[n];
    tiesInY = new int[n];
    aboveInBoth = new int[n];
    aboveInXOnly = new int[n];
    aboveInYOnly = new int[n];
    same = new int[n];
    countTogether(countAlone(x, aboveInX, tiesInX), countAlone(y, aboveInY, tiesInY));
  }

  int count() {
    return same.length;
  }

  int aboveInX(int i) {
    return aboveInX[i];
  }

  int aboveInY(int i) {
    return aboveInY[i];
  }

  /// Others with the same x.
  int tiesInX(int i) {
    return tiesInX[i];
  }

  /// Others with the same y.
  int tiesInY(int i) {
    return tiesInY[i];
  }

  /// Others that lie on the same side of this pair in x and in y.
  int concordant(int i) {
    int belowInXOnly = tiesInY[i] - aboveInXOnly[i] - same[i];
    int belowInBoth = count() - 1 - aboveInX[i] - tiesInX[i] - aboveInYBelowInX(i) - belowInXOnly;
    return aboveInBoth[i] + belowInBoth;
  }

  /// Others that lie on different sides.
  int discordant(int i) {
    return aboveInX[i] - aboveInBoth[i] - aboveInXOnly[i] + aboveInYBelowInX(i);
  }

  private int aboveInYBelowInX(int i) {
    return aboveInY[i] - aboveInBoth[i] - aboveInYOnly[i];
  }

  /// Sum over all others of how far their ranks fall, in x times in y, when this pair is left out:
  /// by 1 above it, by 1/2 where they tie. Four times that, which is a whole number.
  long fourFalls(int i) {
    return 4L * aboveInBoth[i] + 2L * (aboveInXOnly[i] + aboveInYOnly[i]) + same[i];
  }

  /// Fills in the counts of one series and gives the place of each number among the different ones,
  /// from 0 for the highest.
  private static int[] countAlone(double[] values, int[] above, int[] ties) {
    int n = values.length;
    int[] descending =
        IntStream.range(0, n)
            .boxed()
            .sorted(Comparator.comparingDouble(i -> -(values[i] + 0.0))) // -0 equals 0
            .mapToInt(i -> i)
            .toArray();
    int[] places = new int[n];
    int place = 0;
    for (int from = 0, to = 0; from < n; from = to, place++) {
      while (to < n && values[descending[to]] == values[descending[from]]) {
        to++;
      }
      for (int k = from; k < to; k++) {
        above[descending[k]] = from;
        ties[descending[k]] = to - from - 1;
        places[descending[k]] = place;
      }
    }
    return places;
  }

  private void countTogether(int[] placesInX, int[] placesInY) {
    int n = count();
    int[] order =
        IntStream.range(0, n)
            .boxed()
            .sorted(
                Comparator.<Integer>comparingInt(i -> placesInX[i])
                    .thenComparingInt(i -> placesInY[i]))
            .mapToInt(i -> i)
            .toArray();
    int[] sums = new int[n + 1];
    for (int from = 0, to = 0; from < n; from = to) {
      while (to < n && placesInX[order[to]] == placesInX[order[from]]) {
        to++;
      }
      for (int first = from, end = from; first < to; first = end) {
        int place = placesInY[order[first]];
        while (end < to && placesInY[order[end]] == place) {
          end++;
        }
        int above = upTo(sums, place - 1);
        int level = upTo(sums, place) - above;
        for (int k = first; k < end; k++) {
          aboveInBoth[order[k]] = above;
          aboveInXOnly[order[k]] = level;
          aboveInYOnly[order[k]] = first - from;
          same[order[k]] = end - first - 1;
        }
      }
      for (int k = from; k < to; k++) {
        add(sums, placesInY[order[k]]);
      }
    }
  }

  /// How many were added at this place or before.
  private static int upTo(int[] sums, int place) {
    int sum = 0;
    for (int i = place + 1; i > 0; i -= i & -i) {
      sum += sums[i];
    }
    return sum;
  }

  private static void add(int[] sums, int place) {
    for (int i = place + 1; i < sums.length; i += i & -i) {
      sums[i]++;
    }
  }
}
