package org.vaescape.analysis;

import java.util.SplittableRandom;

/// A true variance, drawn as far as its estimate leaves it open: the posterior of normal outcomes
/// with a flat prior for the logarithm of the variance (Gelman and others 2013, Bayesian Data
/// Analysis, section 3.2).
final class DrawnVariance {
  private DrawnVariance() {}

  /// A true variance over its estimate: f / chi-squared with f degrees of freedom.
  static double factor(double degrees, SplittableRandom random) {
    return Double.isInfinite(degrees) ? 1 : degrees / (2 * gamma(degrees / 2, random));
  }

  /// Gamma of scale 1 by rejection: Marsaglia and Tsang 2000, ACM Transactions on Mathematical
  /// Software 26:363.
  private static double gamma(double shape, SplittableRandom random) {
    if (shape < 1) {
      double uniform = 1 - random.nextDouble(); // above 0
      return gamma(shape + 1, random) * Math.pow(uniform, 1 / shape);
    }
    double d = shape - 1 / 3.0;
    double c = 1 / Math.sqrt(9 * d);
    while (true) {
      double normal = random.nextGaussian();
      double root = 1 + c * normal;
      double cube = root * root * root;
      double limit = 0.5 * normal * normal + d - d * cube + d * Math.log(cube);
      if (root > 0 && Math.log(1 - random.nextDouble()) < limit) {
        return d * cube;
      }
    }
  }
}
