package org.vaescape.analysis.shares;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.vaescape.analysis.Interval;
import org.vaescape.analysis.runs.ReservedNames;
import org.vaescape.analysis.runs.Scale;

/// The share that a set of hyper-parameters has in the variation of an outcome.
///
/// @param factors one for a main effect, more for their interaction, or one of [#OF_NONE]
/// @param estimate from 0 to 1; `NaN` where there is none
/// @param interval empty where none holds
/// @param method which estimator: `components`, `components of one repeat`, `components of one run`
///   whose interactions stand for noise, [#FOREST], [#TOTAL] and [#SHAPLEY] for what a single
///   hyper-parameter has with all its interactions, [#FANOVA] for what the trees of a forest say,
///   [#PED_ANOVA] for what sets the best runs apart
/// @param reason why there is no interval or estimate, or what they hang on; else empty
public record EffectShare(
    String metric,
    Scale scale,
    String scope,
    List<String> factors,
    double estimate,
    Optional<Interval> interval,
    String method,
    String reason) {
  /// What a hyper-parameter does alone, or several together, on a fitted surface.
  public static final String FOREST = "forest";

  /// With all interactions that it takes part in.
  public static final String TOTAL = "forest total";

  /// With its part of each of them.
  public static final String SHAPLEY = "forest shapley";

  /// What one does alone, or two together, by [org.vaescape.analysis.FunctionalAnova]: what other
  /// programs print, before they make it sum to 1.
  public static final String FANOVA = "fanova";

  /// By what the best runs differ from all, as [BestRuns] has it.
  public static final String PED_ANOVA = "ped-anova";

  /// What stands for factors where none can be named; no hyper-parameter is called so.
  public static final Set<String> OF_NONE =
      Set.of(ReservedNames.NOISE, ReservedNames.REPEAT, ReservedNames.HIGHER_ORDER);

  private static final List<String> NOT_ALONE = List.of(TOTAL, SHAPLEY, FANOVA, PED_ANOVA);

  public EffectShare {
    factors = List.copyOf(factors);
  }

  /// Whether it is a part of the variation that no other one has a part of.
  public boolean isPart() {
    return !NOT_ALONE.contains(method);
  }

  /// Whether it is what a single hyper-parameter has alone.
  public boolean isMain() {
    return factors.size() == 1 && !OF_NONE.contains(factors.getFirst()) && isPart();
  }
}
