package org.vaescape.model;

import org.vaescape.engine.Tensor;

/// A source of random numbers for one batch.
///
/// Two calls with different purposes are independent; what a call returns must not depend on which
/// other purposes were asked for before.
@FunctionalInterface
public interface Noise {
  /// Purpose of the noise of the reparameterisation z = mu + sigma eps.
  String EPSILON = "eps";

  /// Purpose of draws from the prior.
  String PRIOR = "prior_z";

  /// Independent draws from N(0, 1), of the type and on the device that the networks compute with.
  Tensor normal(String purpose, long... shape);

  /// Independent draws, uniform in [0, 1]: the distribution function of [#normal] draws.
  default Tensor uniform(String purpose, long... shape) {
    try (Tensor normal = normal(purpose, shape)) {
      return normal.normalDistribution();
    }
  }

  /// Independent unit vectors, uniform on the sphere: normal draws divided by their lengths.
  ///
  /// @return (count, units)
  default Tensor directions(String purpose, long count, long units) {
    Tensor drawn = normal(purpose, count, units);
    return drawn.over(drawn.square().sum(1).sqrt().unsqueeze(1));
  }
}
