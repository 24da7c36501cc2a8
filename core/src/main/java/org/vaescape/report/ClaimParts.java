package org.vaescape.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.vaescape.analysis.claim.Claim;
import org.vaescape.analysis.korkic2021.Multiverse;
import org.vaescape.analysis.sensitivity.Sensitivity;
import org.vaescape.analysis.shares.EffectShare;
import org.vaescape.analysis.shares.RuleEffects;
import org.vaescape.analysis.user.UserSensitivity;

/// The sentences of a study by the question that they answer.
///
/// @param chosenBy outcomes that settings are chosen by: claims about others are in no part
/// @param kept which of the claims are said
record ClaimParts(Sensitivity found, Set<String> chosenBy, Predicate<Claim> kept) {
  private static final String PUBLISHED = "korkic2021/";
  private static final String LEAST = "/least-sensitive";
  private static final List<String> OF_DEFAULT =
      List.of("default", "tunability", "several-at-defaults");

  private static final String MATTERS = "What matters";
  private static final String FAILS = "What fails";
  private static final String MEETS = "What a user meets";
  private static final String APART = "What can be told apart";

  /// In reading order; some may be empty.
  List<SensitivityText.Part> all() {
    return List.of(
        part(MATTERS).and(only().map(OnlyVariable::sentence).toList()),
        new SensitivityText.Part(
            "Advice",
            ReasonedSentence.section(found.advice().stream().map(ReasonedSentence::of).toList())),
        part(FAILS).and(rules()),
        part(MEETS).and(byDefault()),
        part(APART),
        new SensitivityText.Part("What the study of the preset korkic2021 claims", published(true)),
        new SensitivityText.Part("Across readings", readings()));
  }

  /// The same without advice, and without what is no claim.
  List<SensitivityText.Part> decided() {
    return List.of(
        part(MATTERS),
        part(FAILS),
        part(MEETS).and(byDefault()),
        part(APART),
        new SensitivityText.Part(
            "What the study of the preset korkic2021 claims", published(false)));
  }

  /// Those that are said, apart from claims of a published study.
  List<Claim> claims() {
    return Stream.of(MATTERS, FAILS, MEETS, APART).flatMap(this::claims).toList();
  }

  /// How many statements there are: claims, and what is said beside them.
  int sentences() {
    return claims().size() + (int) only().count() + rules().size() + readings().size();
  }

  private Stream<Claim> claims(String heading) {
    Predicate<Claim> which = which(heading);
    return found.claims().stream().filter(which).filter(kept);
  }

  private Predicate<Claim> which(String heading) {
    return switch (heading) {
      case MATTERS -> chosen(chosenBy, "importance/", "negligible/", "fair-range/");
      case FAILS ->
          claim -> claim.id().startsWith("failures/") || claim.id().startsWith("unlearned/");
      case MEETS ->
          chosen(chosenBy, "safe-region/", "smallest-latent/")
              .or(leastSensitive(chosenBy))
              .or(ofDefault());
      case APART -> chosen(chosenBy, "best-model/", "best-setting/", "seed-noise/");
      default -> throw new IllegalArgumentException("no part of claims is called " + heading);
    };
  }

  private SensitivityText.Part part(String heading) {
    return new SensitivityText.Part(
        heading, ReasonedSentence.section(claims(heading).map(ReasonedSentence::of).toList()));
  }

  private Stream<EffectShare> only() {
    return OnlyVariable.shares(found, chosenBy);
  }

  private List<String> rules() {
    return RuleTables.first(found).stream().map(RuleEffects::sentence).toList();
  }

  private List<String> readings() {
    return found.multiverse().stream().map(Multiverse::sentences).flatMap(List::stream).toList();
  }

  /// Claims on the default and what it costs to leave it, of the first outcome of each scope.
  private Predicate<Claim> ofDefault() {
    Set<String> first =
        SensitivityTables.firsts(found.userSensitivity(), UserSensitivity::scope).stream()
            .map(felt -> "user/%s/%s/".formatted(felt.scope(), felt.metric()))
            .collect(Collectors.toSet());
    return claim ->
        OF_DEFAULT.stream().anyMatch(name -> claim.id().endsWith("/" + name))
            && first.stream().anyMatch(claim.id()::startsWith);
  }

  /// Where a claim speaks of the default.
  private List<String> byDefault() {
    return claims(MEETS).anyMatch(ofDefault())
        ? List.of("The default is what nobody has tuned: " + UserSensitivity.DEFAULT + ".")
        : List.of();
  }

  /// `best-learning-rate-0.001: supported by vae; contradicted by iwae, infovae; undecided by ...`.
  ///
  /// @param open whether those are said of which nothing is decided
  private List<String> published(boolean open) {
    SequencedMap<String, SequencedMap<String, List<String>>> scopes = new LinkedHashMap<>();
    for (Claim claim : found.claims()) {
      if (claim.id().startsWith(PUBLISHED)) {
        String name =
            claim.id().substring(PUBLISHED.length(), claim.id().indexOf('/', PUBLISHED.length()));
        scopes
            .computeIfAbsent(name, _ -> new TreeMap<>())
            .computeIfAbsent(claim.verdict().text(), _ -> new ArrayList<>())
            .add(claim.scope());
      }
    }
    return scopes.entrySet().stream()
        .filter(claim ->
            open || !claim.getValue().keySet().equals(Set.of(Claim.Verdict.UNDECIDED.text())))
        .map(claim ->
            claim.getKey()
                + ": "
                + claim.getValue().entrySet().stream()
                    .map(one -> one.getKey() + " by " + String.join(", ", one.getValue()))
                    .collect(Collectors.joining("; ")))
        .toList();
  }

  static Predicate<Claim> chosen(Set<String> metrics, String... kinds) {
    return claim ->
        metrics.contains(claim.metric()) && Stream.of(kinds).anyMatch(claim.id()::startsWith);
  }

  static Predicate<Claim> leastSensitive(Set<String> metrics) {
    return chosen(metrics, "user/").and(claim -> claim.id().endsWith(LEAST));
  }
}
