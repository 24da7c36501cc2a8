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
import org.vaescape.analysis.advice.Advice;
import org.vaescape.analysis.claim.Claim;
import org.vaescape.analysis.korkic2021.Multiverse;
import org.vaescape.analysis.sensitivity.Sensitivity;
import org.vaescape.analysis.shares.RuleEffects;
import org.vaescape.analysis.user.UserSensitivity;

/// The sentences of a study by the question that they answer.
///
/// @param chosenBy outcomes that settings are chosen by: claims about others are in no part
/// @param kept which of the claims are said
/// @param whole whether advice is said as well, what is no claim, and which claims of a published
///   study no model decides
record ClaimParts(Sensitivity found, Set<String> chosenBy, Predicate<Claim> kept, boolean whole) {
  private static final String PUBLISHED = "korkic2021/";
  private static final String LEAST = "/least-sensitive";
  private static final List<String> OF_DEFAULT =
      List.of("default", "tunability", "several-at-defaults");

  /// What claims answer, apart from those of a published study.
  private enum Question {
    MATTERS("What matters"),
    FAILS("What fails"),
    MEETS("What a user meets"),
    APART("What can be told apart");

    private final String heading;

    Question(String heading) {
      this.heading = heading;
    }
  }

  static ClaimParts whole(Sensitivity found, Set<String> chosenBy) {
    return new ClaimParts(found, chosenBy, _ -> true, true);
  }

  static ClaimParts decided(Sensitivity found, Set<String> chosenBy, Predicate<Claim> kept) {
    return new ClaimParts(found, chosenBy, kept, false);
  }

  /// In reading order; some may be empty.
  List<SensitivityText.Part> all() {
    List<Advice> advice = whole ? found.advice() : List.of();
    return List.of(
        part(Question.MATTERS).and(only()),
        new SensitivityText.Part(
            "Advice", ReasonedSentence.section(advice.stream().map(ReasonedSentence::of).toList())),
        part(Question.FAILS).and(rules()),
        part(Question.MEETS).and(byDefault()),
        part(Question.APART),
        new SensitivityText.Part(
            "What the study of the preset korkic2021 claims",
            published().entrySet().stream()
                .map(claim -> published(claim.getKey(), claim.getValue()))
                .toList()),
        new SensitivityText.Part("Across readings", readings()));
  }

  /// How many statements there are: claims, and what is said beside them; not advice.
  int statements() {
    return (int) claims().count()
        + published().size()
        + only().size()
        + rules().size()
        + readings().size();
  }

  /// How many of these no run decides.
  int undecided() {
    return (int)
        (claims().filter(claim -> claim.verdict() == Claim.Verdict.UNDECIDED).count()
            + published().values().stream().filter(ClaimParts::undecided).count());
  }

  private Stream<Claim> claims() {
    return Stream.of(Question.values()).flatMap(this::claims);
  }

  private Stream<Claim> claims(Question question) {
    return found.claims().stream().filter(which(question)).filter(kept);
  }

  private Predicate<Claim> which(Question question) {
    return switch (question) {
      case MATTERS -> chosen(chosenBy, "importance/", "negligible/", "fair-range/");
      case FAILS ->
          claim -> claim.id().startsWith("failures/") || claim.id().startsWith("unlearned/");
      case MEETS ->
          chosen(chosenBy, "safe-region/", "smallest-latent/")
              .or(leastSensitive(chosenBy))
              .or(ofDefault());
      case APART -> chosen(chosenBy, "best-model/", "best-setting/", "seed-noise/");
    };
  }

  private SensitivityText.Part part(Question question) {
    return new SensitivityText.Part(
        question.heading,
        ReasonedSentence.section(claims(question).map(ReasonedSentence::of).toList()));
  }

  private List<String> only() {
    return whole
        ? OnlyVariable.shares(found, chosenBy).map(OnlyVariable::sentence).toList()
        : List.of();
  }

  private List<String> rules() {
    return whole ? RuleTables.first(found).stream().map(RuleEffects::sentence).toList() : List.of();
  }

  private List<String> readings() {
    return whole
        ? found.multiverse().stream().map(Multiverse::sentences).flatMap(List::stream).toList()
        : List.of();
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
    return claims(Question.MEETS).anyMatch(ofDefault())
        ? List.of("The default is what nobody has tuned: " + UserSensitivity.DEFAULT + ".")
        : List.of();
  }

  /// Scopes by verdict of each claim of a published study that is said.
  private SequencedMap<String, SequencedMap<String, List<String>>> published() {
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
    if (!whole) {
      scopes.values().removeIf(ClaimParts::undecided);
    }
    return scopes;
  }

  private static boolean undecided(SequencedMap<String, List<String>> scopes) {
    return scopes.keySet().equals(Set.of(Claim.Verdict.UNDECIDED.text()));
  }

  /// `best-learning-rate-0.001: supported by vae; contradicted by iwae, infovae; undecided by ...`.
  private static String published(String name, SequencedMap<String, List<String>> scopes) {
    return scopes.entrySet().stream()
        .map(one -> one.getKey() + " by " + String.join(", ", one.getValue()))
        .collect(Collectors.joining("; ", name + ": ", ""));
  }

  static Predicate<Claim> chosen(Set<String> metrics, String... kinds) {
    return claim ->
        metrics.contains(claim.metric()) && Stream.of(kinds).anyMatch(claim.id()::startsWith);
  }

  static Predicate<Claim> leastSensitive(Set<String> metrics) {
    return chosen(metrics, "user/").and(claim -> claim.id().endsWith(LEAST));
  }
}
