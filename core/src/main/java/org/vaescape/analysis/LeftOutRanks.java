package org.vaescape.analysis;

/// Products of the ranks of pairs, and of the same pairs without any one of them.
///
/// Leaving a pair out lowers each rank above it by 1 and each that ties with it by 1/2, so that all
/// sums without one pair follow from those of all pairs, and take O(n log n) together. They are
/// whole numbers of quarters, of which rounding takes nothing.
final class LeftOutRanks implements LeftOutProducts {
  private final PairOrder order;

  /// Sums over groups of t equal numbers of (t^3 - t) / 3.
  private final long tiesInX;

  private final long tiesInY;

  /// Four times the sum of rank in x times rank in y, not centred.
  private final long products;

  /// The same without each pair.
  private final long[] without;

  /// @param x numbers; -0 equals 0
  /// @param y as many, up to a million
  LeftOutRanks(double[] x, double[] y) {
    order = new PairOrder(x, y);
    int n = x.length;
    long[] twiceInX = new long[n];
    long[] twiceInY = new long[n];
    long inX = 0;
    long inY = 0;
    long sum = 0;
    for (int i = 0; i < n; i++) {
      twiceInX[i] = 2L * (n - order.aboveInX(i)) - order.tiesInX(i);
      twiceInY[i] = 2L * (n - order.aboveInY(i)) - order.tiesInY(i);
      inX += order.tiesInX(i) * (order.tiesInX(i) + 2L); // t^2 - 1 for each of t equal numbers
      inY += order.tiesInY(i) * (order.tiesInY(i) + 2L);
      sum += twiceInX[i] * twiceInY[i];
    }
    tiesInX = inX / 3;
    tiesInY = inY / 3;
    products = sum;
    without = new long[n];
    long[] aboveInY = new long[n];
    long[] aboveInX = new long[n];
    long[] besideInY = new long[n];
    long[] besideInX = new long[n];
    for (int i = 0; i < n; i++) {
      besideInY[order.aboveInY(i)] += twiceInX[i];
      besideInX[order.aboveInX(i)] += twiceInY[i];
    }
    for (int place = 1; place < n; place++) {
      aboveInY[place] = aboveInY[place - 1] + besideInY[place - 1];
      aboveInX[place] = aboveInX[place - 1] + besideInX[place - 1];
    }
    for (int i = 0; i < n; i++) {
      int inYPlace = order.aboveInY(i);
      int inXPlace = order.aboveInX(i);
      without[i] =
          sum
              - twiceInX[i] * twiceInY[i]
              - (2 * aboveInY[inYPlace] + besideInY[inYPlace] - twiceInX[i])
              - (2 * aboveInX[inXPlace] + besideInX[inXPlace] - twiceInY[i])
              + order.fourFalls(i);
    }
  }

  @Override
  public int count() {
    return order.count();
  }

  @Override
  public RankProducts all() {
    return centred(count(), tiesInX, tiesInY, products);
  }

  @Override
  public RankProducts without(int left) {
    long x = order.tiesInX(left);
    long y = order.tiesInY(left);
    return centred(count() - 1L, tiesInX - x * (x + 1), tiesInY - y * (y + 1), without[left]);
  }

  /// Of ranks over n + 1, which are from -1/2 to 1/2 about their mean.
  @Override
  public double unit(int count) {
    return (count + 1.0) * (count + 1.0);
  }

  private static RankProducts centred(long count, long inX, long inY, long products) {
    long squares = (count * count * count - count) / 3;
    return new RankProducts(
            squares - inX, squares - inY, products - count * (count + 1) * (count + 1))
        .over(4);
  }
}
