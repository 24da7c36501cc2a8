package org.vaescape.analysis.rates;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import org.vaescape.analysis.runs.Fate;
import org.vaescape.analysis.runs.Landscape;
import org.vaescape.analysis.runs.Role;
import org.vaescape.analysis.runs.Run;
import org.vaescape.analysis.runs.RunSet;
import org.vaescape.analysis.runs.StopPoint;

/// The best learning rate of each optimizer, in terms that can be compared between optimizers,
/// schedules and losses.
///
/// @param scope as [org.vaescape.analysis.runs.Scope#text]
/// @param genes that the loss is a mean over; empty if not known, or if it is no mean
public record LearningRates(String scope, String metric, OptionalInt genes, List<Row> rows) {
  private static final String BUDGET = "learning_rate_budget";
  private static final String UPDATE = "relative_update";

  public LearningRates {
    rows = List.copyOf(rows);
  }

  /// One optimizer.
  ///
  /// @param budget sum of the learning rate over steps, mean over the runs at the best rate that
  ///   learned; empty if none has it
  /// @param relativeUpdate norm of a step over norm of the weights, mean over the same runs
  /// @param learned those runs
  /// @param summedLossRate rate that takes the same steps where the loss is summed over genes;
  ///   empty where there is none or it is not known
  /// @param summedLossReason why that rate, or why none
  /// @param reason what limits the best rate: `one seed`, an edge, never learned; empty if nothing
  public record Row(
      BestRate best,
      OptionalDouble budget,
      OptionalDouble relativeUpdate,
      int learned,
      OptionalDouble summedLossRate,
      String summedLossReason,
      String reason) {}

  /// The rates of a landscape whose variables include an `optimizer` and a numeric `learning-rate`;
  /// empty of any other.
  public static Optional<LearningRates> of(
      Landscape landscape, RunSet.Outcome outcome, OptionalInt genes) {
    List<TriedRates> tried = TriedRates.of(landscape, outcome);
    List<Row> rows = new ArrayList<>();
    for (TriedRates one : tried) {
      rows.add(row(one, landscape.repeats(), genes));
    }
    return tried.isEmpty()
        ? Optional.empty()
        : Optional.of(new LearningRates(landscape.scope().text(), outcome.metric(), genes, rows));
  }

  private static Row row(TriedRates tried, List<Integer> repeats, OptionalInt genes) {
    BestRate best = tried.best(repeats);
    List<Run> learned =
        best.rate().isEmpty()
            ? List.of()
            : tried.at(best.rate().getAsDouble()).stream()
                .filter(run -> run.fate() == Fate.LEARNED)
                .toList();
    String name = tried.all().getFirst().setting(Role.OPTIMIZER);
    Optional<LossScale> scale = LossScale.of(name);
    String unknown =
        scale
            .filter(found -> found.kind() == LossScale.Kind.PROPORTIONAL && genes.isEmpty())
            .map(_ -> "; the number of genes is not known")
            .orElse("");
    return new Row(
        best,
        mean(learned, BUDGET),
        mean(learned, UPDATE),
        learned.size(),
        best.rate().isPresent() && scale.isPresent()
            ? summed(best.rate().getAsDouble(), scale.get().kind(), genes)
            : OptionalDouble.empty(),
        scale
            .map(found -> found.reason() + unknown)
            .orElse("no optimizer of this name is known: " + name),
        reason(best, repeats.size()));
  }

  private static OptionalDouble mean(List<Run> runs, String metric) {
    return runs.stream()
        .mapToDouble(run -> run.outcome(metric, StopPoint.STOP))
        .filter(Double::isFinite)
        .average();
  }

  private static OptionalDouble summed(double rate, LossScale.Kind kind, OptionalInt genes) {
    return switch (kind) {
      case PROPORTIONAL ->
          genes.isPresent() ? OptionalDouble.of(rate / genes.getAsInt()) : OptionalDouble.empty();
      case SCALE_FREE -> OptionalDouble.of(rate);
      case MIXED -> OptionalDouble.empty();
    };
  }

  private static String reason(BestRate best, int repeats) {
    List<String> reasons = new ArrayList<>();
    if (repeats < 2 && best.learned() > 0) {
      reasons.add("one seed: chosen on the same run");
    }
    if (!best.note().isEmpty()) {
      reasons.add(best.note());
    }
    return String.join("; ", reasons);
  }
}
