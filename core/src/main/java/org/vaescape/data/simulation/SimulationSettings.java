package org.vaescape.data.simulation;

import org.vaescape.UserError;

/// How a model is fitted. What the defaults were picked by is in `docs/simulate.md`.
///
/// @param rank factors within classes, at least 0; fewer where samples tell no more
/// @param kappa samples that a class's own mean is worth less: it counts n / (n + kappa), at least
///   0
/// @param share of each gene's variance that classes and factors carry together, in [0, 1)
public record SimulationSettings(int rank, double kappa, double share) {
  public SimulationSettings {
    if (rank < 0) {
      throw new UserError("--rank must be at least 0 but was " + rank);
    }
    if (!(kappa >= 0 && kappa < Double.POSITIVE_INFINITY)) {
      throw new UserError("--kappa must be a number of at least 0 but was " + kappa);
    }
    if (!(share >= 0 && share < 1)) {
      throw new UserError("--share must be a number in [0, 1) but was " + share);
    }
  }

  public static SimulationSettings defaults() {
    return new SimulationSettings(100, 0.5, 0.88);
  }
}
