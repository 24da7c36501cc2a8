package org.vaescape.analysis;

/// Concordant less discordant pairs of pairs, beside those untied in x and untied in y: all that
/// Kendall's tau-b is made of, and the same without any one pair.
final class LeftOutOrders implements LeftOutProducts {
  private final PairOrder order;
  private final RankProducts all;

  /// @param x numbers; -0 equals 0
  /// @param y as many
  LeftOutOrders(double[] x, double[] y) {
    order = new PairOrder(x, y);
    RankProducts twice = RankProducts.NONE; // as each pair of pairs is counted from both ends
    for (int i = 0; i < x.length; i++) {
      twice = twice.plus(part(i));
    }
    all = twice.over(2);
  }

  /// Pairs of pairs that one takes part in.
  private RankProducts part(int i) {
    int others = count() - 1;
    return new RankProducts(
        others - order.tiesInX(i),
        others - order.tiesInY(i),
        order.concordant(i) - order.discordant(i));
  }

  @Override
  public int count() {
    return order.count();
  }

  @Override
  public RankProducts all() {
    return all;
  }

  @Override
  public RankProducts without(int left) {
    return all.less(part(left));
  }

  @Override
  public double unit(int count) {
    return count;
  }
}
