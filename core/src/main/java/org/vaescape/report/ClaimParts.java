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

/// The sentences of a study by the question that they answer: each claim is in one part.
///
/// @param chosenBy outcomes that settings are chosen by: what moves others stands by itself
/// @param kept which of the claims are said
/// @param whole whether advice is said as well, what is no claim, and each claim of a published
///   study
record ClaimParts(Sensitivity found, Set<String> chosenBy, Predicate<Claim> kept, boolean whole) {
  private static final String USER = "user/";
  private static final List<String> OF_DEFAULT =
      List.of("default", "tunability", "several-at-defaults");

  /// What claims answer.
  private enum Question {
    MATTERS("What matters"),
    FAILS("What fails"),
    MEETS("What a user meets"),
    STARTS("Where to start"),
    APART("What can be told apart"),
    AGREES("Whether what is good by one outcome is good by another"),
    PUBLISHED("What the study of the preset korkic2021 claims"),
    OTHERS("What moves outcomes that no setting is chosen by");

    private final String heading;

    Question(String heading) {
      this.heading = heading;
    }

    /// A kind that is not known here is among the others, so that no claim gets lost.
    static Question of(Claim claim) {
      return switch (claim.id().substring(0, claim.id().indexOf('/'))) {
        case "importance", "negligible", "fair-range" -> MATTERS;
        case "failures", "unlearned" -> FAILS;
        case "user", "safe-region", "smallest-latent" -> MEETS;
        case "start", "first-settings" -> STARTS;
        case "best-model", "best-setting", "seed-noise" -> APART;
        case "metric-agreement" -> AGREES;
        case "korkic2021" -> PUBLISHED;
        default -> OTHERS;
      };
    }
  }

  static ClaimParts whole(Sensitivity found, Set<String> chosenBy) {
    return new ClaimParts(found, chosenBy, _ -> true, true);
  }

  static ClaimParts decided(Sensitivity found, Set<String> chosenBy, Predicate<Claim> kept) {
    return new ClaimParts(found, chosenBy, kept.and(ClaimParts::brief), false);
  }

  /// Not of a short text: where to start, which it says beforehand, and counts of settings and of
  /// trials and agreements of outcomes, which have tables.
  private static boolean brief(Claim claim) {
    return switch (Question.of(claim)) {
      case MATTERS, FAILS, APART -> true;
      case MEETS -> !claim.id().startsWith(USER) || isLeastSensitive(claim) || isOfDefault(claim);
      case STARTS, AGREES, PUBLISHED, OTHERS -> false;
    };
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
        part(Question.STARTS),
        part(Question.APART),
        part(Question.AGREES),
        part(Question.OTHERS),
        new SensitivityText.Part(Question.PUBLISHED.heading, byVerdict())
            .and(part(Question.PUBLISHED).sentences()),
        new SensitivityText.Part("Across readings", readings()));
  }

  /// How many statements there are: claims, and what is said beside them; neither advice nor a line
  /// that says no more than claims do.
  int statements() {
    return (int) claims().count() + only().size() + rules().size() + readings().size();
  }

  /// How many of these no run decides.
  int undecided() {
    return (int) claims().filter(claim -> claim.verdict() == Claim.Verdict.UNDECIDED).count();
  }

  private Stream<Claim> claims() {
    return found.claims().stream().filter(kept);
  }

  private Stream<Claim> claims(Question question) {
    return claims().filter(claim -> question(claim) == question);
  }

  private Question question(Claim claim) {
    Question asked = Question.of(claim);
    return asked == Question.MATTERS && !chosenBy.contains(claim.metric())
        ? Question.OTHERS
        : asked;
  }

  private SensitivityText.Part part(Question question) {
    return new SensitivityText.Part(
        question.heading,
        ReasonedSentence.section(
            claims(question)
                .map(claim ->
                    question == Question.PUBLISHED
                        ? ReasonedSentence.published(name(claim), claim)
                        : ReasonedSentence.of(claim))
                .toList()));
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

  /// Where a claim speaks of the default.
  private List<String> byDefault() {
    return claims(Question.MEETS).anyMatch(ClaimParts::isOfDefault)
        ? List.of("The default is what nobody has tuned: " + UserSensitivity.DEFAULT + ".")
        : List.of();
  }

  /// Which scopes support each claim of a published study, in a line each:
  /// `best-learning-rate-0.001: supported by vae; contradicted by iwae, infovae; undecided by ...`.
  /// Without those that none decides, where these are not said.
  private List<String> byVerdict() {
    SequencedMap<String, SequencedMap<String, List<String>>> scopes = new LinkedHashMap<>();
    found.claims().stream()
        .filter(claim -> Question.of(claim) == Question.PUBLISHED)
        .forEach(claim ->
            scopes
                .computeIfAbsent(name(claim), _ -> new TreeMap<>())
                .computeIfAbsent(claim.verdict().text(), _ -> new ArrayList<>())
                .add(claim.scope()));
    Set<String> open = Set.of(Claim.Verdict.UNDECIDED.text());
    return scopes.entrySet().stream()
        .filter(one -> whole || !one.getValue().keySet().equals(open))
        .map(one ->
            one.getValue().entrySet().stream()
                .map(own -> own.getKey() + " by " + String.join(", ", own.getValue()))
                .collect(Collectors.joining("; ", one.getKey() + ": ", "")))
        .toList();
  }

  /// `best-learning-rate-0.001`, of a claim of a published study.
  private static String name(Claim claim) {
    return claim.id().split("/", -1)[1];
  }

  /// Whether it says with which optimizer one has to know least.
  static boolean isLeastSensitive(Claim claim) {
    return claim.id().startsWith(USER) && claim.id().endsWith("/least-sensitive");
  }

  /// Whether it speaks of the default, or of what it costs to leave it.
  private static boolean isOfDefault(Claim claim) {
    return claim.id().startsWith(USER)
        && OF_DEFAULT.stream().anyMatch(name -> claim.id().endsWith("/" + name));
  }
}
