package org.vaescape.analysis.agreement;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.IntStream;
import org.vaescape.analysis.Interval;
import org.vaescape.analysis.RankCorrelation;
import org.vaescape.analysis.claim.Claim;
import org.vaescape.analysis.runs.CellOutcomes;
import org.vaescape.analysis.runs.Landscape;
import org.vaescape.analysis.runs.Role;
import org.vaescape.analysis.runs.RunSet;
import org.vaescape.analysis.runs.StopPoint;
import org.vaescape.analysis.runs.Variable;
import org.vaescape.analysis.runs.View;

/// Whether the settings that are good by one outcome are good by another.
///
/// Of settings of which a run learned, each outcome a mean over such runs. A correlation above 0
/// says that better goes with better, whichever end of an outcome is the good one.
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
      "one seed: the interval is over settings and does not hold what another seed would change";
  private static final String NO_PROBABILITY =
      "no probability: settings are chosen, not drawn at random";

  public MetricAgreement {
    overturnedBy = List.copyOf(overturnedBy);
  }

  /// A setting with both outcomes.
  private record Both(CellOutcomes.Cell one, CellOutcomes.Cell other) {
    OrderAgreement.Pair pair() {
      return new OrderAgreement.Pair(
          one.meanWhereLearned(), other.meanWhereLearned(), one.setting(Role.OPTIMIZER));
    }
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

  /// Empty where fewer than 3 settings have both outcomes, or all are equal in one of them.
  public static Optional<MetricAgreement> of(
      Landscape landscape, RunSet.Outcome metric, RunSet.Outcome other) {
    List<Both> cells = new ArrayList<>();
    List<CellOutcomes.Cell> ones = CellOutcomes.of(landscape, metric, StopPoint.STOP).cells();
    List<CellOutcomes.Cell> others = CellOutcomes.of(landscape, other, StopPoint.STOP).cells();
    int runs = 0;
    for (int i = 0; i < ones.size(); i++) {
      Both both = new Both(ones.get(i), others.get(i)); // both in the order of the runs
      if (!Double.isNaN(both.pair().one()) && !Double.isNaN(both.pair().other())) {
        cells.add(both);
        for (double loss : both.one().losses()) {
          runs += Double.isFinite(loss) ? 1 : 0;
        }
      }
    }
    OrderAgreement agreement = agreement(cells);
    if (agreement.overall().isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        new MetricAgreement(
            landscape.scope().text(),
            metric.metric(),
            other.metric(),
            landscape.repeats().size(),
            agreement,
            overturnedBy(landscape, cells, agreement),
            runs));
  }

  private static OrderAgreement agreement(List<Both> cells) {
    return OrderAgreement.of(cells.stream().map(Both::pair).toList());
  }

  private static List<String> overturnedBy(
      Landscape landscape, List<Both> cells, OrderAgreement agreement) {
    List<String> changes = new ArrayList<>();
    if (agreement.decisive().filter(OrderAgreement::clear).isEmpty()) {
      return changes; // there is no sign to overturn
    }
    if (agreement.reversed()) {
      changes.add("ranked over all optimizers");
    }
    double sign = sign(cells);
    for (Variable variable : landscape.variables()) {
      for (View.Level level : variable.levelsToLeaveOut()) {
        int left = variable.levels().indexOf(level.level());
        List<Both> rest =
            cells.stream().filter(both -> variable.level(both.one().run()) != left).toList();
        if (rest.size() < cells.size() && sign(rest) * sign < 0) {
          changes.add("without " + level.text());
        }
      }
    }
    return changes;
  }

  private static double sign(List<Both> cells) {
    return OrderAgreement.sign(cells.stream().map(Both::pair).toList());
  }

  /// That settings which are better by one are better by the other, within optimizers where there
  /// are several.
  public Claim claim() {
    Optional<RankCorrelation> decisive = agreement.decisive();
    Optional<Interval> interval = decisive.flatMap(RankCorrelation::interval);
    return new Claim(
            "metric-agreement/" + scope + "/" + metric + "/" + other,
            "%s: %s. Rank correlation %s.%s%s"
                .formatted(
                    scope,
                    order(interval),
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
