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
import org.vaescape.analysis.sensitivity.Advice;
import org.vaescape.analysis.sensitivity.Claim;
import org.vaescape.analysis.sensitivity.Design;
import org.vaescape.analysis.sensitivity.Multiverse;
import org.vaescape.analysis.sensitivity.RuleEffects;
import org.vaescape.analysis.sensitivity.SeedNoise;
import org.vaescape.analysis.sensitivity.Sensitivity;

/// What a study says of its hyper-parameters, in sentences for a terminal or a page: those about
/// the outcomes that settings are chosen by, and of the claims of a published study only which
/// models support which. All of them, with their numbers, are in `sensitivity.json`.
public final class SensitivityText {
  private static final String PUBLISHED = "korkic2021/";
  private static final String LEAST = "/least-sensitive";

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

    private Part with(List<TextTable> own) {
      return new Part(heading, sentences, own);
    }
  }

  /// The parts in reading order, those without a sentence left out.
  public static List<Part> parts(Sensitivity sensitivity) {
    Set<String> chosenBy =
        sensitivity.noise().stream()
            .map(SeedNoise::metric)
            .collect(Collectors.toCollection(LinkedHashSet::new));
    return Stream.of(
            new Part(
                "What was tried",
                sensitivity.designs().stream().map(SensitivityText::sentence).toList()),
            part("What matters", sensitivity, chosen(chosenBy, "importance/", "fair-range/"))
                .with(EffectTables.of(sensitivity, chosenBy)),
            new Part(
                "Advice", sensitivity.advice().stream().map(SensitivityText::sentence).toList()),
            part(
                    "What fails",
                    sensitivity,
                    claim ->
                        claim.id().startsWith("failures/") || claim.id().startsWith("unlearned/"))
                .and(RuleTables.first(sensitivity).stream().map(RuleEffects::sentence).toList())
                .with(RuleTables.of(sensitivity)),
            part(
                "What a user meets",
                sensitivity,
                chosen(chosenBy, "user/", "safe-region/", "smallest-latent/")
                    .and(claim -> !claim.id().startsWith("user/") || claim.id().endsWith(LEAST))),
            part(
                "What can be told apart",
                sensitivity,
                chosen(chosenBy, "best-model/", "best-setting/", "seed-noise/")),
            new Part(
                "Whether claims survive other ways of looking",
                List.of(),
                RobustnessTables.of(
                    sensitivity.claims().stream()
                        .filter(chosen(chosenBy, "importance/").or(leastSensitive(chosenBy)))
                        .toList())),
            new Part("What the study of the preset korkic2021 claims", published(sensitivity)),
            new Part(
                "Across readings",
                sensitivity.multiverse().stream()
                    .map(Multiverse::sentences)
                    .flatMap(List::stream)
                    .toList()))
        .filter(part -> !part.sentences().isEmpty() || !part.tables().isEmpty())
        .toList();
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

  private static Predicate<Claim> chosen(Set<String> metrics, String... kinds) {
    return claim ->
        metrics.contains(claim.metric()) && Stream.of(kinds).anyMatch(claim.id()::startsWith);
  }

  private static Predicate<Claim> leastSensitive(Set<String> metrics) {
    return chosen(metrics, "user/").and(claim -> claim.id().endsWith(LEAST));
  }

  private static Part part(String heading, Sensitivity sensitivity, Predicate<Claim> which) {
    return new Part(
        heading,
        sensitivity.claims().stream().filter(which).map(SensitivityText::sentence).toList());
  }

  private static String sentence(Design design) {
    return "%s: %s of %s; %s, %s%s."
        .formatted(
            design.scope(),
            Numbers.count(design.runs(), "run"),
            design.variables().stream()
                .map(variable -> variable.name() + " (" + variable.levels().size() + ")")
                .collect(Collectors.joining(" x ")),
            design.complete() ? "a complete grid" : "no complete grid",
            design.repeats() == 1 ? "one seed" : design.repeats() + " repeats",
            design.failed() + design.unlearned() == 0
                ? ""
                : "; %d failed, %d learned nothing".formatted(design.failed(), design.unlearned()));
  }

  private static String sentence(Advice advice) {
    return advice.scope()
        + ": "
        + advice.sentence()
        + (advice.reason().isEmpty() ? "" : " (" + advice.reason() + ".)");
  }

  private static String sentence(Claim claim) {
    return "[%s] %s%s"
        .formatted(
            claim.verdict().text(),
            claim.sentence(),
            claim.reason().isEmpty() ? "" : " (" + claim.reason() + ".)");
  }
}
