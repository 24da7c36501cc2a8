package org.vaescape.analysis;

import java.util.ArrayList;
import java.util.List;

/// Exact power of Welch's t-test, whose degrees of freedom vary with the two estimates of noise.
///
/// Let f V / a and g U / b be the estimated variances of two means in units of the true ones, a and
/// b: chi-squared with f and g degrees. Their sum W and the share B = (f V / a) / W are
/// independent, chi-squared with f + g degrees and beta with f / 2 and g / 2. Given B, Welch's
/// degrees, their critical value c and k = (V + U) / (a + b) / W are fixed, and the test finds a
/// difference where |noncentral t| with f + g degrees is above c sqrt((f + g) k). The mean over B
/// is taken by the trapezoidal rule in its logit. To take Welch's degrees for the true noise, as is
/// common, promises a power of .8 that is .48 with two repeats.
final class WelchPower {
  /// More degrees than these are known noise.
  private static final double MOST = 1e8;

  /// Weights below this share of the largest do not count.
  private static final double TINY = 1e-12;

  private final double degrees;
  private final double[] weights;
  private final double[] thresholds;

  /// A test.
  ///
  /// @param share of the first mean in the true variance of the difference, a / (a + b)
  /// @param ofOne degrees of freedom of the first noise, f
  /// @param ofOther of the other, g
  WelchPower(double share, double ofOne, double ofOther, double level) {
    double f = Math.min(ofOne, MOST);
    double g = Math.min(ofOther, MOST);
    this.degrees = f + g;
    double center = Math.log(f / g);
    double step = Math.min(0.25, Math.sqrt(2 / f + 2 / g) / 4);
    double peak = logWeight(center, f, g);
    List<double[]> nodes = new ArrayList<>(); // weight and threshold
    double sum = 0;
    for (int direction = -1; direction <= 1; direction += 2) {
      double weight = 1;
      for (int i = direction < 0 ? 1 : 0; weight > TINY; i++) { // the center counts once
        double u = center + direction * i * step;
        weight = Math.exp(logWeight(u, f, g) - peak);
        double one = share / (1 + Math.exp(-u)) / f; // V / (a + b) / W
        double other = (1 - share) / (1 + Math.exp(u)) / g;
        double welch = (one + other) * (one + other) / (one * one / f + other * other / g);
        double critical = Tails.tQuantileBothSides(1 - level, welch);
        nodes.add(new double[] {weight, critical * Math.sqrt((f + g) * (one + other))});
        sum += weight;
      }
    }
    this.weights = new double[nodes.size()];
    this.thresholds = new double[nodes.size()];
    for (int i = 0; i < weights.length; i++) {
      weights[i] = nodes.get(i)[0] / sum;
      thresholds[i] = nodes.get(i)[1];
    }
  }

  private static double logWeight(double u, double f, double g) {
    return -f / 2 * Math.log1p(Math.exp(-u)) - g / 2 * Math.log1p(Math.exp(u));
  }

  /// Probability that the test finds a difference of so many true standard errors; at 0, of a false
  /// alarm.
  double at(double noncentrality) {
    NoncentralT t = new NoncentralT(degrees, noncentrality);
    double power = 0;
    for (int i = 0; i < thresholds.length; i++) {
      power += weights[i] * (t.upperTail(thresholds[i]) + t.lowerTail(-thresholds[i]));
    }
    return power;
  }
}
