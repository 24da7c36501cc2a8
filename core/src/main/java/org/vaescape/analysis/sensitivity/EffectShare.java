package org.vaescape.analysis.sensitivity;

import java.util.List;
import java.util.Optional;
import org.vaescape.analysis.Interval;

/// The share that a set of hyper-parameters has in the variation of an outcome.
///
/// @param factors one for a main effect, more for their interaction; `repeat` for what all runs of
///   a repeat share, `noise` for what repeats of one setting differ by, `higher-order` for the
///   interactions of more than three
/// @param estimate from 0 to 1; `NaN` where there is none
/// @param interval empty where none holds
/// @param method which estimator: `components`, `components of one repeat`, `forest`, and [#TOTAL]
///   and [#SHAPLEY] for what a single hyper-parameter has with all its interactions
/// @param reason why there is no interval or estimate; empty if there is
public record EffectShare(
    String metric,
    Scale scale,
    String scope,
    List<String> factors,
    double estimate,
    Optional<Interval> interval,
    String method,
    String reason) {
  /// With all interactions that it takes part in.
  static final String TOTAL = "forest total";

  /// With its part of each of them.
  static final String SHAPLEY = "forest shapley";

  public EffectShare {
    factors = List.copyOf(factors);
  }

  /// Whether it is what a single hyper-parameter has alone.
  boolean isMain() {
    return factors.size() == 1 && !method.equals(TOTAL) && !method.equals(SHAPLEY);
  }
}
