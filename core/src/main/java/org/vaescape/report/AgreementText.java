package org.vaescape.report;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.vaescape.analysis.claim.Claim;
import org.vaescape.analysis.compare.ClaimAcross;
import org.vaescape.analysis.compare.ModelsAcross;
import org.vaescape.analysis.compare.SettingAgreement;
import org.vaescape.analysis.compare.StudyAgreement;
import org.vaescape.analysis.compare.Transfer;

/// Which conclusions of studies agree, in sentences. Outcomes that settings are not chosen by are
/// counted, and lists end after some lines: all of it is in the JSON.
///
/// @param studies in the order of the agreement
/// @param outcomes that settings are chosen by
public record AgreementText(
    List<StudyFacts> studies, List<String> outcomes, StudyAgreement agreement) {
  private static final int MOST_COMPARISONS = 12;
  private static final int MOST_HOLDING = 10;
  private static final int MOST_FAILING = 5;
  private static final int MOST_FLIPPING = 8;
  private static final int MOST_DIFFERENT = 5;
  private static final int MOST_MEASURED = 5;
  private static final int MOST_UNMATCHED = 5;

  public AgreementText {
    studies = List.copyOf(studies);
    outcomes = List.copyOf(outcomes);
  }

  /// A comparison of two studies in one scope and outcome.
  private record Comparison(Claim claim, String one, String other, String text) {}

  /// One a line.
  public List<String> sentences() {
    List<String> all = new ArrayList<>();
    studies.forEach(study -> all.add(study.sentence()));
    all.add(StudyFacts.differences(studies));
    if (!StudyFacts.ofOneData(studies)) {
      all.add(ComparedMap.OTHER_DATA);
    }
    all.addAll(unfinished());
    all.addAll(settings());
    all.addAll(effects());
    all.addAll(models());
    all.addAll(claims());
    return all;
  }

  private List<String> unfinished() {
    List<String> names =
        studies.stream().filter(study -> !study.finished()).map(StudyFacts::name).toList();
    return names.isEmpty()
        ? List.of()
        : List.of(
            "Not finished: %s. Settings and repeats that are not complete are left out, and claims can flip for that alone."
                .formatted(String.join(", ", names)));
  }

  private List<String> settings() {
    List<String> all = new ArrayList<>();
    all.add("");
    all.add(
        "Are the same settings good? Rank correlation [95 % interval] of settings that learned in both; that within optimizers decides where there are several. "
            + SettingAgreement.YARDSTICK);
    List<SettingAgreement> ordered =
        agreement.settings().stream().filter(one -> one.agreement().overall().isPresent()).toList();
    all.addAll(
        lines(
            ordered.stream()
                .map(one -> new Comparison(one.claim(), one.one(), one.other(), one.brief()))
                .toList()));
    if (ordered.stream().flatMap(one -> one.transfers().stream()).anyMatch(Transfer::oneRepeat)) {
      all.add(
          "One seed in a study: what another seed would change is in no interval, so nothing is decided.");
    }
    agreement.unmatched().stream()
        .limit(MOST_UNMATCHED)
        .forEach(sentence -> all.add("Not compared: " + sentence + "."));
    int left = agreement.unmatched().size() - MOST_UNMATCHED;
    if (left > 0) {
      all.add("Not compared: %s.".formatted(Numbers.count(left, "more scope")));
    }
    return all;
  }

  private List<String> effects() {
    List<String> all = new ArrayList<>();
    all.add("");
    all.add("Do the same hyper-parameters matter? Shares of the variation of each outcome.");
    if (agreement.effects().isEmpty()) {
      all.add("Not known: no scope is a grid in two studies.");
    }
    all.addAll(
        lines(
            agreement.effects().stream()
                .map(one -> new Comparison(one.claim(), one.one(), one.other(), one.brief()))
                .toList()));
    return all;
  }

  private List<String> models() {
    List<String> all = new ArrayList<>();
    for (ModelsAcross one : agreement.models()) {
      if (outcomes.contains(one.metric())) {
        all.add("");
        all.add(
            "[%s] %s (%s.)"
                .formatted(one.claim().surety(), one.claim().words(), one.claim().reason()));
      }
    }
    return all;
  }

  /// A line each; of many, those that are not supported. Other outcomes are counted.
  private List<String> lines(List<Comparison> comparisons) {
    List<Comparison> own =
        comparisons.stream().filter(one -> outcomes.contains(one.claim().metric())).toList();
    List<Comparison> named =
        own.size() <= MOST_COMPARISONS
            ? own
            : own.stream()
                .filter(one -> one.claim().verdict() != Claim.Verdict.SUPPORTED)
                .limit(MOST_COMPARISONS)
                .toList();
    List<String> all = new ArrayList<>();
    named.forEach(one -> all.add(line(one)));
    if (named.size() < own.size()) {
      all.add(
          "All %s of these outcomes: %s."
              .formatted(Numbers.count(own.size(), "comparison"), verdicts(own)));
    }
    List<Comparison> others =
        comparisons.stream().filter(one -> !outcomes.contains(one.claim().metric())).toList();
    if (!others.isEmpty()) {
      long metrics = others.stream().map(one -> one.claim().metric()).distinct().count();
      all.add(
          "By %s, %s: %s."
              .formatted(
                  Numbers.count(metrics, "other outcome"),
                  Numbers.count(others.size(), "comparison"),
                  verdicts(others)));
    }
    return all;
  }

  /// `[supported] vae by val_mse: ...`, with the pair where there are several.
  private String line(Comparison one) {
    return "[%s] %s%s by %s: %s."
        .formatted(
            one.claim().verdict().text(),
            studies.size() > 2 ? one.one() + " and " + one.other() + ", " : "",
            one.claim().scope(),
            one.claim().metric(),
            one.text());
  }

  private static String verdicts(List<Comparison> comparisons) {
    Map<Claim.Verdict, Integer> counts = new EnumMap<>(Claim.Verdict.class);
    comparisons.forEach(one -> counts.merge(one.claim().verdict(), 1, Integer::sum));
    return counts.entrySet().stream()
        .map(count -> count.getValue() + " " + count.getKey().text())
        .collect(Collectors.joining(", "));
  }

  private List<String> claims() {
    List<String> all = new ArrayList<>();
    long partly = of(ClaimAcross.Outcome.OPEN).filter(claim -> !claim.lacking().isEmpty()).count();
    all.add("");
    all.add(
        "Of %s %s in all, %s in all, %s, %s open%s."
            .formatted(
                Numbers.count(
                    agreement.claims().stream().filter(ClaimAcross::conclusion).count(), "claim"),
                count(ClaimAcross.Outcome.HOLDS, "holds", "hold"),
                count(ClaimAcross.Outcome.FAILS, "is contradicted", "are contradicted"),
                count(ClaimAcross.Outcome.FLIPS, "flips", "flip"),
                count(ClaimAcross.Outcome.OPEN, "stays", "stay"),
                partly == 0 ? "" : " (%s of them not made by every study)".formatted(partly)));
    all.addAll(
        section(
            "Hold in all (1..7: lowest and highest number of these models, outcomes and studies):",
            ClaimAcross.Outcome.HOLDS,
            MOST_HOLDING));
    all.addAll(
        section(
            "Contradicted in all (in the words of the claim, or as the runs have it instead):",
            ClaimAcross.Outcome.FAILS,
            MOST_FAILING));
    all.addAll(section("Flip:", ClaimAcross.Outcome.FLIPS, MOST_FLIPPING));
    all.addAll(
        section(
            "Open, as studies name different settings, each of which may be good in all of them:",
            agreement.claims().stream().filter(ClaimAcross::differs).toList(),
            MOST_DIFFERENT));
    all.addAll(
        section(
            "Measured, which neither hold nor flip (1..7: lowest and highest number):",
            ClaimAcross.Outcome.MEASURED,
            MOST_MEASURED));
    return all;
  }

  private String count(ClaimAcross.Outcome outcome, String singular, String plural) {
    long count = of(outcome).count();
    return count + " " + (count == 1 ? singular : plural);
  }

  private Stream<ClaimAcross> of(ClaimAcross.Outcome outcome) {
    return agreement.claims().stream().filter(claim -> claim.outcome() == outcome);
  }

  private List<String> section(String title, ClaimAcross.Outcome outcome, int most) {
    return section(title, of(outcome).toList(), most);
  }

  private List<String> section(String title, List<ClaimAcross> claims, int most) {
    if (claims.isEmpty()) {
      return List.of();
    }
    Predicate<ClaimAcross> named =
        claim -> claim.metric().isEmpty() || outcomes.contains(claim.metric());
    List<ClaimGroup> groups = ClaimGroup.of(claims.stream().filter(named).toList());
    List<String> all = new ArrayList<>(List.of("", title));
    groups.stream().limit(most).forEach(group -> all.add("  " + group.line()));
    int left = groups.stream().skip(most).mapToInt(group -> group.claims().size()).sum();
    long others = claims.stream().filter(named.negate()).count();
    if (left + others > 0) {
      all.add(
          "  and %s%s, which --json has"
              .formatted(
                  Numbers.count(left + others, groups.isEmpty() ? "claim" : "more claim"),
                  others > 0 ? " (%s of other outcomes)".formatted(others) : ""));
    }
    return all;
  }
}
