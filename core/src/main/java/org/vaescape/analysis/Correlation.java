package org.vaescape.analysis;

/// How far two series of numbers move together, and how surprising that is if they do not.
///
/// @param coefficient from -1 to 1; `NaN` where one of the series is constant
/// @param p of both sides, for independent pairs; `NaN` with the coefficient
public record Correlation(double coefficient, double p) {
  /// Below this many pairs no p is defined.
  private static final int FEWEST = 3;

  /// Pearson's r, and p by t = r sqrt((n - 2) / (1 - r^2)) with n - 2 degrees of freedom (Student
  /// 1908): exact for normal pairs.
  ///
  /// @param x at least 3 finite numbers
  /// @param y as many
  public static Correlation pearson(double[] x, double[] y) {
    check(x, y);
    return withT(coefficient(x, y), x.length);
  }

  /// Spearman's rho, the r of the ranks (ties share theirs), and p by t as for r (Kendall 1970,
  /// Rank Correlation Methods): fair from about 10 pairs on.
  ///
  /// @param x at least 3 finite numbers
  /// @param y as many
  public static Correlation spearman(double[] x, double[] y) {
    check(x, y);
    return withT(coefficient(Ranks.of(x), Ranks.of(y)), x.length);
  }

  /// Kendall's tau-b, (concordant - discordant pairs) / sqrt(pairs untied in x * pairs untied in
  /// y), and p by the normal distribution with the variance for ties (Kendall 1970, chapter 4).
  ///
  /// @param x at least 3 finite numbers
  /// @param y as many
  public static Correlation kendall(double[] x, double[] y) {
    check(x, y);
    Pairs pairs = Pairs.of(x, y);
    double n = x.length;
    double m = n * (n - 1);
    TieSums ofX = TieSums.of(x);
    TieSums ofY = TieSums.of(y);
    double variance =
        (m * (2 * n + 5) - ofX.fives - ofY.fives) / 18
            + 2 * ofX.pairs * ofY.pairs / m
            + ofX.triples * ofY.triples / (9 * m * (n - 2));
    double z = pairs.surplus() / Math.sqrt(variance);
    double tau = pairs.tau();
    return new Correlation(tau, Double.isNaN(tau) ? tau : Tails.normalBothSides(z));
  }

  /// Kendall's tau with the exact p, from the number of permutations with as few inversions
  /// (Kendall 1970, chapter 5).
  ///
  /// Time grows with the cube of the length.
  ///
  /// @param x at least 3 finite numbers, no two of them equal
  /// @param y as many, no two of them equal
  public static Correlation kendallExact(double[] x, double[] y) {
    check(x, y);
    Demand.that(
        Ranks.tieTerm(x) == 0 && Ranks.tieTerm(y) == 0,
        "the exact p of Kendall's tau takes numbers without ties");
    Pairs pairs = Pairs.of(x, y);
    int fewer = (int) Math.min(pairs.concordant, pairs.discordant);
    return new Correlation(pairs.tau(), Math.min(1, 2 * fewInversions(x.length, fewer)));
  }

  /// Probability that a random permutation has at most `most` inversions: the sum over its places
  /// of numbers evenly from 0 to the place.
  private static double fewInversions(int length, int most) {
    double[] probability = new double[most + 1];
    probability[0] = 1;
    for (int place = 1; place < length; place++) {
      double[] next = new double[most + 1];
      for (int inversions = 0; inversions <= most; inversions++) {
        double sum = 0;
        for (int i = Math.max(0, inversions - place); i <= inversions; i++) {
          sum += probability[i];
        }
        next[inversions] = sum / (place + 1);
      }
      probability = next;
    }
    double sum = 0;
    for (double value : probability) {
      sum += value;
    }
    return sum;
  }

  private record Pairs(long concordant, long discordant, long untiedInX, long untiedInY) {
    static Pairs of(double[] x, double[] y) {
      long concordant = 0;
      long discordant = 0;
      long untiedInX = 0;
      long untiedInY = 0;
      PairOrder order = new PairOrder(x, y);
      for (int i = 0; i < x.length; i++) {
        concordant += order.concordant(i);
        discordant += order.discordant(i);
        untiedInX += order.aboveInX(i);
        untiedInY += order.aboveInY(i);
      }
      return new Pairs(concordant / 2, discordant / 2, untiedInX, untiedInY);
    }

    double surplus() {
      return concordant - discordant;
    }

    double tau() {
      return surplus() / Math.sqrt((double) untiedInX * untiedInY);
    }
  }

  /// Sums over groups of t equal numbers: of t(t-1)/2, t(t-1)(t-2) and t(t-1)(2t+5).
  private record TieSums(double pairs, double triples, double fives) {
    static TieSums of(double[] values) {
      double pairs = 0;
      double triples = 0;
      double fives = 0;
      for (int t : Ranks.ties(values)) {
        double ordered = (double) t * (t - 1);
        pairs += ordered / 2;
        triples += ordered * (t - 2);
        fives += ordered * (2 * t + 5);
      }
      return new TieSums(pairs, triples, fives);
    }
  }

  private static Correlation withT(double r, int count) {
    double t = r * Math.sqrt((count - 2) / ((1 - r) * (1 + r)));
    return new Correlation(r, Tails.tBothSides(t, count - 2));
  }

  private static double coefficient(double[] x, double[] y) {
    double meanX = new Observations(x).mean();
    double meanY = new Observations(y).mean();
    double xx = 0;
    double yy = 0;
    double xy = 0;
    for (int i = 0; i < x.length; i++) {
      xx += (x[i] - meanX) * (x[i] - meanX);
      yy += (y[i] - meanY) * (y[i] - meanY);
      xy += (x[i] - meanX) * (y[i] - meanY);
    }
    double r = xy / xx * Math.sqrt(xx / yy); // exactly 1 for equal series, no product to overflow
    return Double.isNaN(r) ? r : Math.clamp(r, -1.0, 1.0);
  }

  private static void check(double[] x, double[] y) {
    Demand.that(
        x.length == y.length,
        "a correlation takes two series of one length but got " + x.length + " and " + y.length);
    Demand.that(
        x.length >= FEWEST,
        "a correlation takes at least " + FEWEST + " pairs but got " + x.length);
    Demand.finite(x, "x of a correlation");
    Demand.finite(y, "y of a correlation");
  }
}
