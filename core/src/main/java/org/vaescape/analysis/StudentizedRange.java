package org.vaescape.analysis;

/// The range of k independent normal numbers of unit variance: Tukey's studentized range with
/// infinitely many degrees of freedom.
///
/// P(range <= q) = k integral of phi(z) (Phi(z) - Phi(z - q))^(k-1) dz, by the trapezoidal rule,
/// whose error falls exponentially for such functions (Trefethen and Weideman 2014, SIAM Review
/// 56:385). No library for Java that we know has it.
///
/// @param groups k, at least 2
record StudentizedRange(int groups) {
  /// Halving it changes no digit of a double at up to a hundred groups.
  private static final double STEP = 1.0 / 32;

  /// Beyond this distance phi is below 1e-18 of its peak.
  private static final double FAR = 9;

  StudentizedRange {
    Demand.that(groups >= 2, "a range takes at least 2 groups but got " + groups);
  }

  /// P(range > q), with all its digits also where it is tiny; 1 at 0.
  ///
  /// @param q at least 0
  double upperTail(double q) {
    Demand.that(q >= 0, "a range must be at least 0 but is " + q);
    // k phi(z) Phi(z)^(k-1) integrates to 1, and what is left of it is a difference of powers:
    // a^m - b^m = (a - b) (a^(m-1) + a^(m-2) b + ... + b^(m-1)) with a - b = Phi(z - q).
    double sum = 0;
    long steps = (long) Math.ceil((q + 2 * FAR) / STEP);
    for (long i = 0; i <= steps; i++) {
      double z = -FAR + i * STEP;
      double all = Tails.NORMAL.cumulativeProbability(z);
      double below = Tails.NORMAL.cumulativeProbability(z - q);
      sum += Tails.NORMAL.density(z) * below * powers(all, all - below);
    }
    return Math.min(1, groups * sum * STEP);
  }

  /// a^(m-1) + a^(m-2) b + ... + b^(m-1) for m = k - 1.
  private double powers(double a, double b) {
    double sum = 0;
    double power = 1;
    for (int i = 0; i < groups - 1; i++) {
      sum = sum * a + power;
      power *= b;
    }
    return sum;
  }

  /// The q that the range exceeds with this probability.
  ///
  /// @param probability between 0 and 1
  double upperQuantile(double probability) {
    Demand.between0And1(probability, "a probability");
    double low = 0;
    double high = 1;
    while (upperTail(high) > probability) {
      high *= 2;
    }
    while (true) {
      double middle = (low + high) / 2;
      if (middle <= low || middle >= high) {
        return middle;
      }
      if (upperTail(middle) > probability) {
        low = middle;
      } else {
        high = middle;
      }
    }
  }
}
