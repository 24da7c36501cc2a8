package org.vaescape.analysis.agreement;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.IntStream;
import org.vaescape.analysis.Interval;
import org.vaescape.analysis.PartialRankCorrelation;
import org.vaescape.analysis.RankAgreement;
import org.vaescape.analysis.RankCorrelation;
import org.vaescape.analysis.Ranks;
import org.vaescape.analysis.TwoOutcomes;
import org.vaescape.analysis.claim.Claim;
import org.vaescape.analysis.runs.Digits;

/// Whether two outcomes order the same settings alike: over all of them, and within each optimizer.
///
/// The first is high wherever the optimizers lie far apart in both, whatever else they do.
///
/// @param settings that have both
/// @param overall empty with fewer than 3 settings
/// @param within optimizers, all together; empty where there are fewer than two optimizers, or too
///   few settings of each
/// @param optimizers each by itself, in the order of the settings
/// @param reason why something is empty; empty if nothing is
public record OrderAgreement(
    int settings,
    Optional<RankAgreement> overall,
    Optional<PartialRankCorrelation> within,
    List<OfOptimizer> optimizers,
    String reason) {
  private static final int FEWEST = 3;

  public OrderAgreement {
    optimizers = List.copyOf(optimizers);
  }

  /// The settings of one optimizer; no agreement with fewer than 3.
  public record OfOptimizer(String optimizer, int settings, Optional<RankAgreement> agreement) {}

  /// Two outcomes of a setting, lower is better in both.
  public record Pair(double one, double other, String optimizer) {}

  /// The agreement over these settings, whose outcomes are both turned so that lower is better;
  /// correlations are empty where fewer than 3 settings have both.
  public static OrderAgreement of(List<Pair> pairs) {
    return of(
        new OrderedSettings(
            pairs.stream().map(Pair::optimizer).toList(),
            List.of(
                new TwoOutcomes(
                    pairs.stream().mapToDouble(Pair::one).toArray(),
                    pairs.stream().mapToDouble(Pair::other).toArray()))));
  }

  /// @param settings all of which have both outcomes in some way
  static OrderAgreement of(OrderedSettings settings) {
    List<String> names = settings.names();
    List<OfOptimizer> optimizers = new ArrayList<>();
    for (String name : names) {
      OrderedSettings own = settings.of(name);
      optimizers.add(new OfOptimizer(name, own.count(), overall(own)));
    }
    Optional<RankAgreement> overall = overall(settings);
    Optional<PartialRankCorrelation> within =
        names.size() < 2
            ? Optional.empty()
            : Optional.of(
                    PartialRankCorrelation.of(settings.ways(), settings.strata(), Claim.CONFIDENCE))
                .filter(found -> !Double.isNaN(found.correlation().coefficient()));
    String reason =
        overall.isEmpty()
            ? "fewer than 3 different settings learned in both"
            : names.size() < 2
                ? "one optimizer"
                : within.isEmpty() ? "no optimizer has settings to order" : "";
    return new OrderAgreement(settings.count(), overall, within, optimizers, reason);
  }

  /// Of settings that are ordered at all.
  private static Optional<RankAgreement> overall(OrderedSettings settings) {
    return settings.count() < FEWEST
        ? Optional.empty()
        : Optional.of(RankAgreement.of(settings.ways(), Claim.CONFIDENCE))
            .filter(found -> !Double.isNaN(found.spearman().coefficient()));
  }

  /// What to go by: within optimizers where there are several.
  public Optional<RankCorrelation> decisive() {
    return optimizers.size() > 1
        ? within.map(PartialRankCorrelation::correlation)
        : overall.map(RankAgreement::spearman);
  }

  /// The decisive correlation; empty where there is none.
  public OptionalDouble estimate() {
    return decisive()
        .map(found -> OptionalDouble.of(found.coefficient()))
        .orElse(OptionalDouble.empty());
  }

  /// Whether better goes with better, by the interval of the decisive correlation.
  public Claim.Verdict verdict() {
    Optional<Interval> interval = decisive().flatMap(RankCorrelation::interval);
    if (interval.isEmpty() || interval.get().contains(0)) {
      return Claim.Verdict.UNDECIDED;
    }
    return interval.get().low() > 0 ? Claim.Verdict.SUPPORTED : Claim.Verdict.CONTRADICTED;
  }

  /// Sign of the decisive correlation, without what it takes to know how far it is known.
  static double sign(OrderedSettings settings) {
    double sum = 0;
    for (String name : settings.names()) {
      for (TwoOutcomes way : settings.of(name).ways()) {
        sum += product(way);
      }
    }
    return Math.abs(sum) < 1e-12 ? 0 : Math.signum(sum);
  }

  /// As [PartialRankCorrelation] has it.
  private static double product(TwoOutcomes way) {
    int[] both =
        IntStream.range(0, way.x().length)
            .filter(i -> !Double.isNaN(way.x()[i]) && !Double.isNaN(way.y()[i]))
            .toArray();
    double[] one = Ranks.of(IntStream.of(both).mapToDouble(i -> way.x()[i]).toArray());
    double[] other = Ranks.of(IntStream.of(both).mapToDouble(i -> way.y()[i]).toArray());
    double middle = (both.length + 1) / 2.0;
    double sum = 0;
    for (int i = 0; i < both.length; i++) {
      sum += (one[i] - middle) * (other[i] - middle);
    }
    return sum / ((both.length + 1.0) * (both.length + 1));
  }

  /// Whether the order over all settings is clear, and against that within optimizers.
  public boolean reversed() {
    return optimizers.size() > 1
        && overall.isPresent()
        && within.isPresent()
        && clear(overall.get().spearman())
        && overall.get().spearman().coefficient() * within.get().correlation().coefficient() < 0;
  }

  /// Whether the interval lies on one side of 0.
  static boolean clear(RankCorrelation found) {
    return found.interval().filter(known -> !known.contains(0)).isPresent();
  }

  /// `0.93 [0.9, 0.95] over all 54 settings, 0.2 [-0.1, 0.46] within optimizers (adam 0.3, sgd
  /// 0.1)`.
  public String words() {
    if (overall.isEmpty()) {
      return reason;
    }
    String all = words(overall.get().spearman()) + " over all " + Digits.count(settings, "setting");
    if (optimizers.size() < 2) {
      return all;
    }
    List<String> each = new ArrayList<>();
    for (OfOptimizer one : optimizers) {
      each.add(
          one.optimizer()
              + " "
              + one.agreement()
                  .map(found -> Digits.two(found.spearman().coefficient()))
                  .orElse("unknown"));
    }
    return all
        + within
            .map(found -> ", " + words(found.correlation()) + " within optimizers")
            .orElse(", unknown within optimizers")
        + " ("
        + String.join(", ", each)
        + ")";
  }

  private static String words(RankCorrelation found) {
    return Digits.two(found.coefficient())
        + found.interval().map(known -> " " + Digits.twos(known)).orElse("");
  }
}
