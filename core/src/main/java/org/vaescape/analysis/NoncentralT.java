package org.vaescape.analysis;

/// Student's t of a normal number that has a mean: (Z + noncentrality) / sqrt(chi-squared /
/// degrees). The statistic of a t-test follows it where there is a difference, and the
/// noncentrality is that difference in standard errors.
///
/// P(T <= t) is the mean of Phi(t s - noncentrality) over s = sqrt(chi-squared / degrees) (Johnson,
/// Kotz and Balakrishnan 1995, Continuous Univariate Distributions 2, equation 31.12). In w = log s
/// the density of s is proportional to exp(degrees (w - (exp(2 w) - 1) / 2)), and the trapezoidal
/// rule converges exponentially (Trefethen and Weideman 2014, SIAM Review 56:385). Unlike the
/// series of Lenth 1989 (Applied Statistics 38:185, algorithm AS 243) it needs no gamma function
/// and adds positive numbers only. Absolute error below 1e-12.
///
/// @param degrees above 0, whole or not; infinite for a normal number of unit variance
/// @param noncentrality finite, of either sign
record NoncentralT(double degrees, double noncentrality) {
  /// Weights below this share of the largest change no digit that is kept.
  private static final double TINY = 1e-18;

  NoncentralT {
    Demand.that(degrees > 0, "degrees of freedom must be above 0 but are " + degrees);
    Demand.that(
        Double.isFinite(noncentrality), "noncentrality must be finite but is " + noncentrality);
  }

  /// P(T <= t).
  double lowerTail(double t) {
    Demand.that(Double.isFinite(t), "t must be finite but is " + t);
    if (Double.isInfinite(degrees)) {
      return Tails.NORMAL.cumulativeProbability(t - noncentrality);
    }
    double size = Math.abs(noncentrality);
    double toward = noncentrality > 0 ? t : -t;
    // What takes many steps to find out: T would need an s of 10, below 1e-22, or be on the other
    // side of 0, below 1e-18.
    if (size > 9 && (toward <= 0 || (degrees >= 1 && size > 10 * (toward + 4)))) {
      return noncentrality > 0 ? 0 : 1;
    }
    // The error is the larger of exp(-2 pi^2 / step^2 / (noncentrality^2 + 2 degrees)) and
    // exp(-pi^2 / 2 / step): the integrand grows beyond pi / 4 from the real line.
    double step = 1 / (8 + 2 * Math.sqrt(degrees) + 1.5 * size);
    double weights = 0;
    double sum = 0;
    for (int direction = -1; direction <= 1; direction += 2) {
      double weight = 1;
      for (long i = direction < 0 ? 1 : 0; weight > TINY; i++) { // 0 is counted once
        double w = direction * i * step;
        weight = Math.exp(degrees * (w - Math.expm1(2 * w) / 2));
        weights += weight;
        sum += weight * Tails.NORMAL.cumulativeProbability(t * Math.exp(w) - noncentrality);
      }
    }
    return Math.min(1, sum / weights);
  }

  /// P(T > t).
  double upperTail(double t) {
    return new NoncentralT(degrees, -noncentrality).lowerTail(-t);
  }
}
