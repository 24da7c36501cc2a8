package org.vaescape.analysis;

/// Sums of products of centred ranks, or of orders of pairs of pairs, of one series of pairs or of
/// several together.
///
/// @param xx of ranks in x with themselves
/// @param yy of ranks in y
/// @param xy of one with the other
record RankProducts(double xx, double yy, double xy) {
  static final RankProducts NONE = new RankProducts(0, 0, 0);

  RankProducts plus(RankProducts other) {
    return new RankProducts(xx + other.xx, yy + other.yy, xy + other.xy);
  }

  RankProducts less(RankProducts other) {
    return new RankProducts(xx - other.xx, yy - other.yy, xy - other.xy);
  }

  RankProducts over(double number) {
    return new RankProducts(xx / number, yy / number, xy / number);
  }

  /// Exactly 1 for equal series; `NaN` where one of them is constant.
  double correlation() {
    double r = xy / xx * Math.sqrt(xx / yy);
    return Double.isNaN(r) ? r : Math.clamp(r, -1.0, 1.0);
  }
}
