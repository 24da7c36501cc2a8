package org.vaescape.analysis.user;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.SequencedMap;
import org.vaescape.analysis.claim.Claim;
import org.vaescape.analysis.noise.RepeatPairs;
import org.vaescape.analysis.noise.Yardstick;
import org.vaescape.analysis.runs.DefaultSetting;
import org.vaescape.analysis.runs.Landscape;
import org.vaescape.analysis.runs.Losses;
import org.vaescape.analysis.runs.RunSet;
import org.vaescape.analysis.runs.Scale;
import org.vaescape.analysis.runs.TriedLosses;

/// Sensitivity as somebody feels it who has to choose settings: how many do well, what the default
/// and chance lose, what trying costs, and what tuning gains.
///
/// All of it is held against the best setting, never a spread: a model that does not learn has the
/// smallest spread. Best settings are chosen on all repeats but one and judged on the one left,
/// each in turn. A run that failed or learned nothing counts as the loss of the mean predictor, or
/// of the worst run of its repeat that learned if that is higher.
///
/// @param scope as [org.vaescape.analysis.runs.Scope#text]
/// @param cells settings, all of which were tried in every repeat
/// @param leftOut settings that were not, or for which the outcome has no meaning
/// @param ratio whether closeness is a ratio to the best, or else a share of its gain over the
///   reference
/// @param reference what needs no tuning, in words
/// @param referenceOutcome its outcome
/// @param best outcome of the best setting
/// @param bestSettings those that all repeats together choose
/// @param defaults by variable; empty where there is no default setting
/// @param defaultOutcome of the default setting; empty where there is none
/// @param defaultRegret what the default loses against the best, as a share of what the best gains
///   over the reference: 0 is as good as the best, 1 as good as the reference
/// @param randomRegret the same of a setting at random; empty where the best gains nothing
/// @param costs of all settings, then of those of each optimizer
/// @param gainScale of the gains of tuning
/// @param tunability gains over the default; none where there is no default
/// @param several empty where no two optimizers were tried at their default
/// @param claims what can be said of it
/// @param reason why there is no default or no regret; empty if there is
public record UserSensitivity(
    String scope,
    String metric,
    int cells,
    int leftOut,
    int repeats,
    boolean ratio,
    String reference,
    double referenceOutcome,
    double best,
    SequencedMap<String, String> bestSettings,
    SequencedMap<String, String> defaults,
    OptionalDouble defaultOutcome,
    OptionalDouble defaultRegret,
    OptionalDouble randomRegret,
    List<TuningCost> costs,
    Scale gainScale,
    List<TunedGain> tunability,
    Optional<SeveralDefaults> several,
    List<Claim> claims,
    String reason) {
  /// What counts as the default, and what it is held against: sentences whose start is `The default
  /// is what nobody has tuned: `, without the last point.
  public static final String DEFAULT =
      DefaultSetting.RULE
          + ". What is given up is counted in what the best setting gains over a reference that needs no tuning: of an MSE PCA with as many components as the middle latent, or else the mean predictor, where runs have it and a setting beats it; of all else the worst run that learned in each repeat";

  public UserSensitivity {
    costs = List.copyOf(costs);
    tunability = List.copyOf(tunability);
    claims = List.copyOf(claims);
  }

  /// Empty where the landscape is no grid, or no setting learned in every repeat.
  public static Optional<UserSensitivity> of(Landscape landscape, RunSet.Outcome outcome) {
    return Losses.of(landscape, outcome)
        .flatMap(TriedLosses::of)
        .filter(tried -> tried.size() > 1)
        .map(UserSensitivity::of);
  }

  private static UserSensitivity of(TriedLosses tried) {
    UserStatistics statistics = UserStatistics.of(tried);
    Yardstick yardstick = statistics.yardstick();
    Losses losses = tried.losses();
    Optional<double[]> defaults = statistics.defaultLosses();
    List<TuningCost> costs = costs(statistics);
    return new UserSensitivity(
        losses.landscape().scope().text(),
        losses.outcome().metric(),
        tried.size(),
        tried.leftOut(),
        tried.repeats(),
        yardstick.ratio(),
        yardstick.name(),
        losses.measured(yardstick.reference()),
        losses.measured(statistics.best()),
        tried.settings(tried.lowest(tried.all())),
        statistics.defaults().settings(),
        defaults.isPresent()
            ? OptionalDouble.of(losses.measured(RepeatPairs.mean(defaults.get())))
            : OptionalDouble.empty(),
        defaults.isPresent() ? statistics.regret(defaults.get()) : OptionalDouble.empty(),
        statistics.regret(statistics.randomLosses()),
        costs,
        statistics.scale(),
        statistics.gains().map(TunedGain.Judged::all).orElse(List.of()),
        statistics.several(),
        UserClaims.of(statistics, costs),
        statistics.gain() > 0
            ? statistics.defaults().reason()
            : "the best gains nothing over " + yardstick.name());
  }

  private static List<TuningCost> costs(UserStatistics statistics) {
    List<TuningCost> costs = new ArrayList<>();
    for (UserStatistics.Group group : statistics.groups()) {
      costs.add(
          TuningCost.of(
              statistics.tried(),
              statistics.yardstick(),
              group.optimizer(),
              group.settings(),
              group.curve(),
              statistics.best()));
    }
    return costs;
  }
}
