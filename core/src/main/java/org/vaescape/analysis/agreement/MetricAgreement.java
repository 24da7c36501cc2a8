package org.vaescape.analysis.agreement;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.IntStream;
import org.vaescape.analysis.Interval;
import org.vaescape.analysis.RankCorrelation;
import org.vaescape.analysis.TwoOutcomes;
import org.vaescape.analysis.claim.Claim;
import org.vaescape.analysis.runs.CellOutcomes;
import org.vaescape.analysis.runs.Fold;
import org.vaescape.analysis.runs.Landscape;
import org.vaescape.analysis.runs.Role;
import org.vaescape.analysis.runs.Run;
import org.vaescape.analysis.runs.RunSet;
import org.vaescape.analysis.runs.StopPoint;
import org.vaescape.analysis.runs.Variable;
import org.vaescape.analysis.runs.View;

/// Whether the settings that are good by one outcome are good by another.
///
/// Of settings of which a run learned, each outcome a mean over such runs; of several repeats over
/// different ones for the two outcomes, in all ways of [Fold#bothWays]. A correlation above 0 says
/// that better goes with better, whichever end of an outcome is the good one.
///
/// @param scope as [org.vaescape.analysis.runs.Scope#text]
/// @param metric one outcome
/// @param other another
/// @param repeats of each setting
/// @param overturnedBy changes after which the sign is another; none where it is not clear
/// @param runs behind the means
public record MetricAgreement(
    String scope,
    String metric,
    String other,
    int repeats,
    OrderAgreement agreement,
    List<String> overturnedBy,
    int runs) {
  private static final String ONE_REPEAT =
      "one seed: the interval is over settings and does not hold what another seed would change, and noise that both outcomes of a run share looks like agreement";
  private static final String NO_PROBABILITY =
      "no probability: settings are chosen, not drawn at random; each outcome is taken from repeats that the other is not taken from, which leaves out the noise that a run's outcomes share and brings the correlation nearer to 0";

  public MetricAgreement {
    overturnedBy = List.copyOf(overturnedBy);
  }

  /// The first outcome that this landscape may compare, and the first that models share, each with
  /// every later one.
  public static List<MetricAgreement> all(Landscape landscape, List<RunSet.Outcome> outcomes) {
    List<MetricAgreement> all = new ArrayList<>();
    List<RunSet.Outcome> own =
        outcomes.stream()
            .filter(outcome -> outcome.shared() || !landscape.scope().model().isEmpty())
            .toList();
    for (int i : first(own)) {
      for (RunSet.Outcome other : own.subList(i + 1, own.size())) {
        of(landscape, own.get(i), other).ifPresent(all::add);
      }
    }
    return all;
  }

  private static List<Integer> first(List<RunSet.Outcome> own) {
    return IntStream.range(0, own.size())
        .filter(i ->
            i == 0
                || (own.get(i).shared()
                    && own.subList(0, i).stream().noneMatch(RunSet.Outcome::shared)))
        .boxed()
        .toList();
  }

  /// Empty where fewer than 3 settings have both outcomes, in different repeats if there are
  /// several, or all are equal in one of them.
  public static Optional<MetricAgreement> of(
      Landscape landscape, RunSet.Outcome metric, RunSet.Outcome other) {
    List<CellOutcomes.Cell> ones = CellOutcomes.of(landscape, metric, StopPoint.STOP).cells();
    List<CellOutcomes.Cell> others = CellOutcomes.of(landscape, other, StopPoint.STOP).cells();
    OrderedSettings tried = apart(ones, others, landscape.repeats().size());
    int[] both = IntStream.range(0, ones.size()).filter(tried::both).toArray();
    OrderedSettings settings = tried.only(tried::both);
    OrderAgreement agreement = OrderAgreement.of(settings);
    if (agreement.overall().isEmpty()) {
      return Optional.empty();
    }
    int runs = 0;
    for (int i : both) {
      runs += (int) Arrays.stream(ones.get(i).losses()).filter(Double::isFinite).count();
    }
    return Optional.of(
        new MetricAgreement(
            landscape.scope().text(),
            metric.metric(),
            other.metric(),
            landscape.repeats().size(),
            agreement,
            overturnedBy(
                landscape,
                IntStream.of(both).mapToObj(i -> ones.get(i).run()).toList(),
                settings,
                agreement),
            runs));
  }

  /// The two outcomes of settings, each from repeats that the other is not from: what a run's noise
  /// does to both is no agreement of settings. A single repeat has both.
  ///
  /// @param others of the same settings, as both are in the order of the runs
  private static OrderedSettings apart(
      List<CellOutcomes.Cell> ones, List<CellOutcomes.Cell> others, int repeats) {
    List<TwoOutcomes> ways = new ArrayList<>();
    for (Fold fold : Fold.bothWays(repeats)) {
      ways.add(new TwoOutcomes(means(ones, fold.choosing()), means(others, fold.judging())));
    }
    return new OrderedSettings(
        ones.stream().map(cell -> cell.setting(Role.OPTIMIZER)).toList(), ways);
  }

  private static double[] means(List<CellOutcomes.Cell> cells, int[] places) {
    return cells.stream().mapToDouble(cell -> cell.learnedMean(places)).toArray();
  }

  /// @param ofSettings a run of each setting
  private static List<String> overturnedBy(
      Landscape landscape,
      List<Run> ofSettings,
      OrderedSettings settings,
      OrderAgreement agreement) {
    List<String> changes = new ArrayList<>();
    if (agreement.decisive().filter(OrderAgreement::clear).isEmpty()) {
      return changes; // there is no sign to overturn
    }
    if (agreement.reversed()) {
      changes.add("ranked over all optimizers");
    }
    double sign = OrderAgreement.sign(settings);
    for (Variable variable : landscape.variables()) {
      for (View.Level level : variable.levelsToLeaveOut()) {
        int left = variable.levels().indexOf(level.level());
        OrderedSettings rest = settings.only(i -> variable.level(ofSettings.get(i)) != left);
        if (rest.count() < settings.count() && OrderAgreement.sign(rest) * sign < 0) {
          changes.add("without " + level.text());
        }
      }
    }
    return changes;
  }

  /// That settings which are better by one are better by the other, within optimizers where there
  /// are several.
  public Claim claim() {
    Optional<RankCorrelation> decisive = agreement.decisive();
    Optional<Interval> interval = decisive.flatMap(RankCorrelation::interval);
    return new Claim(
            "metric-agreement/" + scope + "/" + metric + "/" + other,
            "%s: %s. Rank correlation%s %s.%s%s"
                .formatted(
                    scope,
                    order(interval),
                    repeats == 1 ? "" : " across repeats",
                    agreement.words(),
                    agreement.reversed()
                        ? " The order over all settings is that of the optimizers, and misleads within them."
                        : "",
                    overturnedBy.isEmpty()
                        ? ""
                        : " The sign is another " + String.join("; or ", overturnedBy) + "."),
            metric,
            scope,
            agreement.estimate(),
            interval,
            OptionalDouble.empty(),
            runs,
            repeats == 1 ? Claim.Verdict.UNDECIDED : agreement.verdict(),
            overturnedBy,
            repeats == 1 ? ONE_REPEAT : decisive.isEmpty() ? agreement.reason() : NO_PROBABILITY)
        .asFound();
  }

  private String order(Optional<Interval> interval) {
    return interval.filter(known -> !known.contains(0)).isPresent()
        ? "settings that are better by %s are %s by %s"
            .formatted(metric, interval.orElseThrow().low() > 0 ? "better" : "worse", other)
        : "whether settings that are better by %s are better by %s is not clear"
            .formatted(metric, other);
  }
}
