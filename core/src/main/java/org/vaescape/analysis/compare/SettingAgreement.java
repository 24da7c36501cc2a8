package org.vaescape.analysis.compare;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.SequencedMap;
import org.vaescape.analysis.Correlation;
import org.vaescape.analysis.Interval;
import org.vaescape.analysis.RankCorrelation;
import org.vaescape.analysis.agreement.OrderAgreement;
import org.vaescape.analysis.claim.Claim;
import org.vaescape.analysis.runs.CellOutcomes;
import org.vaescape.analysis.runs.Digits;
import org.vaescape.analysis.runs.Landscape;
import org.vaescape.analysis.runs.Role;
import org.vaescape.analysis.runs.StopPoint;

/// Whether two studies find the same settings good.
///
/// @param one name of a study
/// @param other name of another
/// @param scope of the first, as [org.vaescape.analysis.runs.Scope#text]
/// @param learnedInBoth settings that are ordered
/// @param learnedInOne settings that both tried, of which a run learned in the first study only
/// @param learnedInOther the same in the other study only
/// @param onlyInOne settings that only the first study tried
/// @param onlyInOther settings that only the other one tried
/// @param averaged keys of which means over their values are compared
/// @param swapped what the correlation over all settings would be with two optimizers exchanged in
///   the other study: a yardstick of how little a high one says; empty where none can be exchanged
/// @param transfers what each study's best setting is worth in the other
/// @param runs of both studies
public record SettingAgreement(
    String one,
    String other,
    String scope,
    String metric,
    int learnedInBoth,
    int learnedInOne,
    int learnedInOther,
    int onlyInOne,
    int onlyInOther,
    List<String> averaged,
    OrderAgreement agreement,
    Optional<Swap> swapped,
    List<Transfer> transfers,
    int runs) {
  private static final int FEWEST = 3;
  private static final String NO_PROBABILITY =
      "no probability: settings are chosen, not drawn at random";
  private static final String ONE_REPEAT =
      "one seed in a study: the interval is over settings and does not hold what another seed would change";

  /// The known agreement between two data sets; of effects on clusters, not of errors.
  public static final String YARDSTICK =
      "For comparison: hyper-parameter effects on clustering agreed by 0.7 between TCGA and GTEx (Eltager et al. 2023).";

  public SettingAgreement {
    averaged = List.copyOf(averaged);
    transfers = List.copyOf(transfers);
  }

  /// Spearman's rho over all settings with these two optimizers exchanged.
  public record Swap(String optimizer, String with, double correlation) {}

  static SettingAgreement of(
      ComparedStudy one, ComparedStudy other, Landscape ofOne, Landscape ofOther, String metric) {
    CellOutcomes first = CellOutcomes.of(ofOne, one.outcome(metric).orElseThrow(), StopPoint.STOP);
    CellOutcomes second =
        CellOutcomes.of(ofOther, other.outcome(metric).orElseThrow(), StopPoint.STOP);
    MatchedCells matched = MatchedCells.of(first, second);
    SequencedMap<SequencedMap<String, String>, OrderAgreement.Pair> both = new LinkedHashMap<>();
    int inOne = 0;
    int inOther = 0;
    for (MatchedCells.Pair pair : matched.pairs()) {
      double here = MatchedCells.mean(pair.one());
      double there = MatchedCells.mean(pair.other());
      if (!Double.isNaN(here) && !Double.isNaN(there)) {
        both.put(
            pair.settings(), new OrderAgreement.Pair(here, there, pair.setting(Role.OPTIMIZER)));
      } else {
        inOne += Double.isNaN(here) ? 0 : 1;
        inOther += Double.isNaN(there) ? 0 : 1;
      }
    }
    return new SettingAgreement(
        one.name(),
        other.name(),
        ofOne.scope().text(),
        metric,
        both.size(),
        inOne,
        inOther,
        matched.onlyInOne(),
        matched.onlyInOther(),
        new ArrayList<>(matched.averaged()),
        OrderAgreement.of(new ArrayList<>(both.values())),
        swapped(both),
        List.of(
            Transfer.of(one.name(), other.name(), matched, second, false),
            Transfer.of(other.name(), one.name(), matched, first, true)),
        ofOne.runs().size() + ofOther.runs().size());
  }

  /// The exchange after which the correlation is highest.
  private static Optional<Swap> swapped(
      SequencedMap<SequencedMap<String, String>, OrderAgreement.Pair> both) {
    List<String> optimizers =
        both.values().stream().map(OrderAgreement.Pair::optimizer).distinct().toList();
    Optional<Swap> highest = Optional.empty();
    for (int i = 0; i < optimizers.size(); i++) {
      for (String with : optimizers.subList(i + 1, optimizers.size())) {
        double found = swapped(both, optimizers.get(i), with);
        if (!Double.isNaN(found) && (highest.isEmpty() || found > highest.get().correlation())) {
          highest = Optional.of(new Swap(optimizers.get(i), with, found));
        }
      }
    }
    return highest;
  }

  /// `NaN` where too few settings have a counterpart.
  private static double swapped(
      SequencedMap<SequencedMap<String, String>, OrderAgreement.Pair> both,
      String optimizer,
      String with) {
    List<Double> here = new ArrayList<>();
    List<Double> there = new ArrayList<>();
    int exchanged = 0;
    for (Map.Entry<SequencedMap<String, String>, OrderAgreement.Pair> each : both.entrySet()) {
      String own = each.getValue().optimizer();
      SequencedMap<String, String> counterpart = new LinkedHashMap<>(each.getKey());
      if (own.equals(optimizer) || own.equals(with)) {
        String key = Role.OPTIMIZER.among(counterpart.keySet()).orElseThrow(); // it has a value
        counterpart.put(key, own.equals(with) ? optimizer : with);
      }
      if (both.containsKey(counterpart)) {
        exchanged += own.equals(optimizer) ? 1 : 0;
        here.add(each.getValue().one());
        there.add(both.get(counterpart).other());
      }
    }
    return exchanged == 0 || here.size() < FEWEST
        ? Double.NaN
        : Correlation.spearman(array(here), array(there)).coefficient();
  }

  private static double[] array(List<Double> values) {
    return values.stream().mapToDouble(Double::doubleValue).toArray();
  }

  /// Whether there are enough settings to have an order.
  boolean ordered() {
    return agreement.overall().isPresent();
  }

  /// Its numbers in a line: correlations, the same with optimizers exchanged, transfers.
  public String brief() {
    List<String> parts = new ArrayList<>();
    parts.add(agreement.words());
    swapped.ifPresent(swap ->
        parts.add(
            "%s with %s and %s exchanged"
                .formatted(Digits.two(swap.correlation()), swap.optimizer(), swap.with())));
    if (transfers.stream().allMatch(Transfer::best)) {
      parts.add("same best setting (" + Digits.settings(transfers.getFirst().settings()) + ")");
    } else {
      transfers.stream().map(Transfer::brief).filter(words -> !words.isEmpty()).forEach(parts::add);
    }
    if (onlyInOne + onlyInOther > 0) {
      parts.add(
          "%s settings only in %s, %s only in %s".formatted(onlyInOne, one, onlyInOther, other));
    }
    return String.join("; ", parts);
  }

  /// That settings which are better in one study are better in the other, within optimizers where
  /// there are several.
  public Claim claim() {
    Optional<RankCorrelation> decisive = agreement.decisive();
    Optional<Interval> interval = decisive.flatMap(RankCorrelation::interval);
    boolean oneRepeat = transfers.stream().anyMatch(Transfer::oneRepeat);
    return new Claim(
        "setting-agreement/%s/%s/%s/%s".formatted(one, other, scope, metric),
        sentence(decisive, interval),
        metric,
        scope,
        agreement.estimate(),
        interval,
        OptionalDouble.empty(),
        runs,
        oneRepeat ? Claim.Verdict.UNDECIDED : agreement.verdict(),
        agreement.reversed() ? List.of("ranked over all optimizers") : List.of(),
        decisive.isEmpty() ? agreement.reason() : oneRepeat ? ONE_REPEAT : NO_PROBABILITY);
  }

  private String sentence(Optional<RankCorrelation> decisive, Optional<Interval> interval) {
    StringBuilder text = new StringBuilder();
    text.append("%s: %s and %s ".formatted(scope, one, other));
    if (decisive.isEmpty()) {
      text.append("cannot be compared by the order of their settings in %s.".formatted(metric));
    } else {
      text.append(
          "%s by %s. Rank correlation %s. %s"
              .formatted(
                  interval.isEmpty() || interval.get().contains(0)
                      ? "do not clearly find the same settings better"
                      : interval.get().low() > 0
                          ? "find the same settings better"
                          : "find opposite settings better",
                  metric,
                  agreement.words(),
                  YARDSTICK));
      text.append(" A high correlation does not show that a landscape is right");
      text.append(
          swapped
              .map(swap ->
                  ": with %s and %s exchanged in %s it would be %s over all settings."
                      .formatted(
                          swap.optimizer(), swap.with(), other, Digits.two(swap.correlation())))
              .orElse(": any two that share what learns and what does not have one."));
    }
    if (learnedInOne + learnedInOther > 0) {
      text.append(
          " Of the settings that both tried, %s learned in %s only and %s in %s only."
              .formatted(learnedInOne, one, learnedInOther, other));
    }
    if (!averaged.isEmpty()) {
      text.append(" Means over %s were compared.".formatted(String.join(", ", averaged)));
    }
    for (Transfer transfer : transfers) {
      text.append(transfer.words());
    }
    return text.toString();
  }
}
