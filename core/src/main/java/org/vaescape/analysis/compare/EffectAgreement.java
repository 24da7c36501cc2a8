package org.vaescape.analysis.compare;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.vaescape.analysis.ImportanceAgreement;
import org.vaescape.analysis.Interval;
import org.vaescape.analysis.RankCorrelation;
import org.vaescape.analysis.claim.Claim;
import org.vaescape.analysis.claim.Words;
import org.vaescape.analysis.korkic2021.StudyLevels;
import org.vaescape.analysis.runs.Digits;
import org.vaescape.analysis.runs.Landscape;
import org.vaescape.analysis.runs.Scale;
import org.vaescape.analysis.shares.EffectShare;

/// Whether two studies find the same hyper-parameters important.
///
/// @param one name of a study
/// @param other name of another
/// @param scope of the first, as [org.vaescape.analysis.runs.Scope#text]
/// @param scale log where both have shares on it, otherwise raw
/// @param effects that both have, main effects and interactions
/// @param agreement of their shares; empty with fewer than 3 effects
/// @param first main effect of the largest share in one study
/// @param firstOfOther the same in the other
/// @param sure whether both studies by themselves support that this effect is the largest of all
///   that they varied
/// @param onlyInOne hyper-parameters that the other did not vary, largest main effect first
/// @param onlyInOther the same of the other
/// @param runs of both studies
public record EffectAgreement(
    String one,
    String other,
    String scope,
    String metric,
    Scale scale,
    int effects,
    Optional<ImportanceAgreement> agreement,
    EffectShare first,
    EffectShare firstOfOther,
    boolean sure,
    List<String> onlyInOne,
    List<String> onlyInOther,
    int runs) {
  private static final int FEWEST = 3;

  public EffectAgreement {
    onlyInOne = List.copyOf(onlyInOne);
    onlyInOther = List.copyOf(onlyInOther);
  }

  /// Empty where a study has no shares of this outcome, or the two have fewer than two
  /// hyper-parameters in common.
  static Optional<EffectAgreement> of(
      ComparedStudy one, ComparedStudy other, Landscape ofOne, Landscape ofOther, String metric) {
    for (Scale scale : List.of(Scale.LOG, Scale.RAW)) {
      List<EffectShare> here = shares(one, ofOne.scope().text(), metric, scale);
      List<EffectShare> there = shares(other, ofOther.scope().text(), metric, scale);
      List<EffectShare> common = new ArrayList<>();
      List<EffectShare> counterparts = new ArrayList<>();
      for (EffectShare share : here) {
        there.stream()
            .filter(candidate -> sorted(candidate).equals(sorted(share)))
            .findFirst()
            .ifPresent(counterpart -> {
              common.add(share);
              counterparts.add(counterpart);
            });
      }
      if (common.stream().filter(EffectAgreement::main).count() >= 2) {
        return Optional.of(
            new EffectAgreement(
                one.name(),
                other.name(),
                ofOne.scope().text(),
                metric,
                scale,
                common.size(),
                common.size() < FEWEST
                    ? Optional.empty()
                    : Optional.of(
                        ImportanceAgreement.of(
                            estimates(common), estimates(counterparts), Claim.CONFIDENCE)),
                largest(common),
                largest(counterparts),
                supported(one, ofOne, metric)
                    && supported(other, ofOther, metric)
                    && largest(here).equals(largest(common))
                    && largest(there).equals(largest(counterparts)),
                lacking(here, common),
                lacking(there, counterparts),
                ofOne.runs().size() + ofOther.runs().size()));
      }
    }
    return Optional.empty();
  }

  /// Those of the estimator that comes first: its effects are all of one kind.
  private static List<EffectShare> shares(
      ComparedStudy study, String scope, String metric, Scale scale) {
    List<EffectShare> all =
        study.sensitivity().effects().stream()
            .filter(share ->
                share.scope().equals(scope)
                    && share.metric().equals(metric)
                    && share.scale() == scale
                    && Double.isFinite(share.estimate())
                    && !share.method().equals(EffectShare.PED_ANOVA)
                    && !EffectShare.OF_NONE.contains(share.factors().getFirst()))
            .toList();
    return all.stream().filter(share -> share.method().equals(all.getFirst().method())).toList();
  }

  private static boolean supported(ComparedStudy study, Landscape landscape, String metric) {
    return study
        .claim("importance/" + landscape.scope().text() + "/" + metric)
        .filter(claim -> claim.verdict() == Claim.Verdict.SUPPORTED)
        .isPresent();
  }

  private static List<String> sorted(EffectShare share) {
    return share.factors().stream().sorted().toList();
  }

  private static boolean main(EffectShare share) {
    return share.factors().size() == 1;
  }

  private static double[] estimates(List<EffectShare> shares) {
    return shares.stream().mapToDouble(EffectShare::estimate).toArray();
  }

  private static EffectShare largest(List<EffectShare> shares) {
    return shares.stream()
        .filter(EffectAgreement::main)
        .max(Comparator.comparingDouble(EffectShare::estimate))
        .orElseThrow();
  }

  /// Main effects that are not among those that both have.
  private static List<String> lacking(List<EffectShare> all, List<EffectShare> common) {
    return all.stream()
        .filter(share -> main(share) && !common.contains(share))
        .sorted(Comparator.comparingDouble(EffectShare::estimate).reversed())
        .map(share -> share.factors().getFirst())
        .toList();
  }

  boolean sameFirst() {
    return first.factors().equals(firstOfOther.factors());
  }

  /// Of all shares; empty where a study has the same share of all.
  private Optional<RankCorrelation> order() {
    return agreement
        .filter(found -> Double.isFinite(found.topDown()))
        .map(found -> found.ranks().spearman());
  }

  /// Its numbers in a line: the largest effects, how far all shares agree.
  public String brief() {
    String largest =
        sameFirst()
            ? "%s is the largest main effect in both (%s in %s, %s in %s)"
                .formatted(
                    first.factors().getFirst(),
                    Words.percent(first.estimate()),
                    one,
                    Words.percent(firstOfOther.estimate()),
                    other)
            : "%s is the largest main effect in %s (%s), %s in %s (%s)"
                .formatted(
                    first.factors().getFirst(),
                    one,
                    Words.percent(first.estimate()),
                    firstOfOther.factors().getFirst(),
                    other,
                    Words.percent(firstOfOther.estimate()));
    return largest
        + order()
            .map(found ->
                "; shares of %s effects %s%s, %s with weight on the largest"
                    .formatted(
                        effects,
                        Digits.two(found.coefficient()),
                        found.interval().map(known -> " " + Digits.twos(known)).orElse(""),
                        Digits.two(agreement.orElseThrow().topDown())))
            .orElse("")
        + notShared("; ");
  }

  /// `; only one study varied depth`; empty where both varied the same.
  private String notShared(String before) {
    List<String> only = new ArrayList<>();
    if (!onlyInOne.isEmpty()) {
      only.add("only %s varied %s".formatted(one, StudyLevels.and(onlyInOne)));
    }
    if (!onlyInOther.isEmpty()) {
      only.add("only %s varied %s".formatted(other, StudyLevels.and(onlyInOther)));
    }
    return only.isEmpty() ? "" : before + String.join(", ", only);
  }

  /// That the largest main effect is the same.
  public Claim claim() {
    Optional<RankCorrelation> order = order();
    Optional<Interval> interval = order.flatMap(RankCorrelation::interval);
    String largest =
        sameFirst()
            ? "the same main effect is the largest on %s%s: %s, %s in %s and %s in %s"
                .formatted(
                    scale == Scale.LOG ? "log " : "",
                    metric,
                    first.factors().getFirst(),
                    Words.percent(first.estimate()),
                    one,
                    Words.percent(firstOfOther.estimate()),
                    other)
            : "another main effect is the largest on %s%s: %s in %s (%s), %s in %s (%s)"
                .formatted(
                    scale == Scale.LOG ? "log " : "",
                    metric,
                    first.factors().getFirst(),
                    one,
                    Words.percent(first.estimate()),
                    firstOfOther.factors().getFirst(),
                    other,
                    Words.percent(firstOfOther.estimate()));
    String ranks =
        order
            .map(found ->
                " Shares of the %s effects that both have: rank correlation %s%s, %s with weight on the largest."
                    .formatted(
                        effects,
                        Digits.two(found.coefficient()),
                        interval.map(known -> " " + Digits.twos(known)).orElse(""),
                        Digits.two(agreement.orElseThrow().topDown())))
            .orElse("");
    return new Claim(
        "effect-agreement/%s/%s/%s/%s".formatted(one, other, scope, metric),
        "%s: in %s and %s %s%s.%s"
            .formatted(
                scope,
                one,
                other,
                largest,
                onlyInOne.isEmpty() && onlyInOther.isEmpty()
                    ? ""
                    : " (of what both varied" + notShared("; ") + ")",
                ranks),
        metric,
        scope,
        order.map(found -> OptionalDouble.of(found.coefficient())).orElse(OptionalDouble.empty()),
        interval,
        OptionalDouble.empty(),
        runs,
        !sure
            ? Claim.Verdict.UNDECIDED
            : sameFirst() ? Claim.Verdict.SUPPORTED : Claim.Verdict.CONTRADICTED,
        List.of(),
        sure
            ? "each study supports its own largest effect; there is no joint probability"
            : "a study leaves open which of its effects is the largest"
                + (onlyInOne.isEmpty() && onlyInOther.isEmpty()
                    ? ""
                    : ", or it is one that the other did not vary"));
  }
}
