package org.vaescape.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.SequencedMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.vaescape.analysis.claim.Claim;
import org.vaescape.analysis.korkic2021.Multiverse;
import org.vaescape.analysis.noise.SeedNoise;
import org.vaescape.analysis.runs.Design;
import org.vaescape.analysis.sensitivity.Sensitivity;
import org.vaescape.analysis.shares.RuleEffects;
import org.vaescape.analysis.user.UserSensitivity;

/// What a study says of its hyper-parameters, in sentences for a terminal or a page: those about
/// the outcomes that settings are chosen by, and of the claims of a published study only which
/// models support which. All of them, with their numbers, are in `sensitivity.json`.
public final class SensitivityText {
  private static final String PUBLISHED = "korkic2021/";
  private static final String LEAST = "/least-sensitive";
  private static final List<String> OF_DEFAULT =
      List.of("default", "tunability", "several-at-defaults");

  private SensitivityText() {}

  /// A heading, its sentences, and the tables that stand below these.
  public record Part(String heading, List<String> sentences, List<TextTable> tables) {
    public Part {
      sentences = List.copyOf(sentences);
      tables = List.copyOf(tables);
    }

    public Part(String heading, List<String> sentences) {
      this(heading, sentences, List.of());
    }

    private Part and(List<String> further) {
      return new Part(
          heading, Stream.concat(sentences.stream(), further.stream()).toList(), tables);
    }
  }

  /// The parts in reading order, sentences first, those that are empty left out.
  public static List<Part> parts(Sensitivity sensitivity) {
    Set<String> chosenBy =
        sensitivity.noise().stream()
            .map(SeedNoise::metric)
            .collect(Collectors.toCollection(LinkedHashSet::new));
    return Stream.concat(
            said(sensitivity, chosenBy), SensitivityTables.of(sensitivity, chosenBy).stream())
        .filter(part -> !part.sentences().isEmpty() || !part.tables().isEmpty())
        .toList();
  }

  private static Stream<Part> said(Sensitivity sensitivity, Set<String> chosenBy) {
    return Stream.of(
        new Part(
            "What was tried",
            sensitivity.designs().stream().map(SensitivityText::sentence).toList()),
        part(
                "What matters",
                sensitivity,
                chosen(chosenBy, "importance/", "negligible/", "fair-range/"))
            .and(OnlyVariable.sentences(sensitivity, chosenBy)),
        new Part(
            "Advice",
            ReasonedSentence.section(
                sensitivity.advice().stream().map(ReasonedSentence::of).toList())),
        part(
                "What fails",
                sensitivity,
                claim -> claim.id().startsWith("failures/") || claim.id().startsWith("unlearned/"))
            .and(RuleTables.first(sensitivity).stream().map(RuleEffects::sentence).toList()),
        part(
                "What a user meets",
                sensitivity,
                chosen(chosenBy, "safe-region/", "smallest-latent/")
                    .or(leastSensitive(chosenBy))
                    .or(first(sensitivity)))
            .and(byDefault(sensitivity)),
        part(
            "What can be told apart",
            sensitivity,
            chosen(chosenBy, "best-model/", "best-setting/", "seed-noise/")),
        new Part("What the study of the preset korkic2021 claims", published(sensitivity)),
        new Part(
            "Across readings",
            sensitivity.multiverse().stream()
                .map(Multiverse::sentences)
                .flatMap(List::stream)
                .toList()));
  }

  /// Claims on the default and what it costs to leave it, of the first outcome of each scope.
  private static Predicate<Claim> first(Sensitivity sensitivity) {
    Set<String> first =
        SensitivityTables.firsts(sensitivity.userSensitivity(), UserSensitivity::scope).stream()
            .map(felt -> "user/%s/%s/".formatted(felt.scope(), felt.metric()))
            .collect(Collectors.toSet());
    return claim ->
        OF_DEFAULT.stream().anyMatch(name -> claim.id().endsWith("/" + name))
            && first.stream().anyMatch(claim.id()::startsWith);
  }

  private static List<String> byDefault(Sensitivity sensitivity) {
    return sensitivity.userSensitivity().stream().anyMatch(felt -> !felt.defaults().isEmpty())
        ? List.of("The default is what nobody has tuned: " + UserSensitivity.DEFAULT + ".")
        : List.of();
  }

  /// All parts as lines.
  public static List<String> lines(Sensitivity sensitivity) {
    List<String> lines = new ArrayList<>();
    for (Part part : parts(sensitivity)) {
      lines.add("");
      lines.add(part.heading());
      part.sentences().forEach(sentence -> lines.add("  " + sentence));
      part.tables().forEach(table -> table.lines().forEach(line -> lines.add("  " + line)));
    }
    return lines.isEmpty() ? List.of("No run has ended yet.") : lines.subList(1, lines.size());
  }

  /// `best-learning-rate-0.001: supported by vae; contradicted by iwae, infovae; undecided by ...`.
  private static List<String> published(Sensitivity sensitivity) {
    SequencedMap<String, SequencedMap<String, List<String>>> scopes = new LinkedHashMap<>();
    for (Claim claim : sensitivity.claims()) {
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

  private static Part part(String heading, Sensitivity sensitivity, Predicate<Claim> which) {
    return new Part(
        heading,
        ReasonedSentence.section(
            sensitivity.claims().stream().filter(which).map(ReasonedSentence::of).toList()));
  }

  private static String sentence(Design design) {
    return "%s: %s%s, %s%s%s.%s"
        .formatted(
            design.scope(),
            Numbers.count(design.runs(), "run"),
            design.variables().isEmpty() ? "; nothing varied" : varied(design),
            design.repeats() == 1 ? "one seed" : design.repeats() + " repeats",
            design.failed() + design.unlearned() == 0
                ? ""
                : "; %s failed, %s learned nothing".formatted(design.failed(), design.unlearned()),
            leftOut(design),
            design.untold().stream()
                    .map(one -> " " + one.key() + " " + one.reason() + ".")
                    .collect(Collectors.joining())
                + (design.reason().isEmpty() ? "" : " " + design.reason() + "."));
  }

  private static String varied(Design design) {
    return " of %s; %s"
        .formatted(
            design.variables().stream()
                .map(variable -> variable.name() + " (" + variable.levels().size() + ")")
                .collect(Collectors.joining(" x ")),
            design.complete() ? "a complete grid" : "no complete grid");
  }

  private static String leftOut(Design design) {
    if (design.leftOut() == 0) {
      return "";
    }
    return "; %s of %s %s left out of all but counts and forests: %s"
        .formatted(
            design.leftOut(),
            Numbers.count(design.runs(), "run"),
            design.leftOut() == 1 ? "is" : "are",
            design.lacking() == 0
                ? "repeats that only some settings have"
                : "settings differ in their repeats, and %s of %s lack some of those that count"
                    .formatted(design.lacking(), design.cells()));
  }
}
