package org.vaescape.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.SequencedMap;
import java.util.SequencedSet;
import org.vaescape.analysis.advice.Advice;
import org.vaescape.analysis.claim.Claim;
import org.vaescape.analysis.runs.Digits;

/// A sentence of a section, with why it may not hold.
///
/// @param scope whose runs it is of
/// @param reason clauses parted by `; `; empty if there is none
record ReasonedSentence(String scope, String sentence, String reason) {
  private static final String PART = "; ";
  private static final String ONE_SEED = "one seed";

  /// A reason that is part of the sentence is not said again, and a count needs none.
  static ReasonedSentence of(Claim claim) {
    return new ReasonedSentence(
        claim.scope(),
        "[%s] %s".formatted(claim.surety(), claim.words()),
        claim.sentence().contains(claim.reason())
                || (claim.measured() && claim.verdict() == Claim.Verdict.SUPPORTED)
            ? ""
            : claim.reason());
  }

  /// The verdict stands with the name of what the study claims, and the sentence says what came
  /// out, whichever that is.
  static ReasonedSentence published(String name, Claim claim) {
    return new ReasonedSentence(
        claim.scope(),
        "[%s: %s] %s%s".formatted(claim.verdict().text(), name, claim.sentence(), estimate(claim)),
        claim.sentence().contains(claim.reason()) ? "" : claim.reason());
  }

  /// ` Estimate 1.3 [1.1, 1.5], probability 0.998.`
  private static String estimate(Claim claim) {
    if (claim.estimate().isEmpty()) {
      return "";
    }
    return " Estimate %s%s%s."
        .formatted(
            Digits.three(claim.estimate().getAsDouble()),
            claim.interval().map(known -> " " + Digits.threes(known)).orElse(""),
            claim.probability().isPresent()
                ? ", probability " + Digits.three(claim.probability().getAsDouble())
                : "");
  }

  static ReasonedSentence of(Advice advice) {
    return new ReasonedSentence(
        advice.scope(), advice.scope() + ": " + advice.sentence(), advice.reason());
  }

  /// A section: each sentence with its reason, but for what that says of one seed. It is the same
  /// of all sentences of a scope, and so stands once below them, with the scopes where others have
  /// repeats.
  static List<String> section(List<ReasonedSentence> said) {
    List<String> lines = new ArrayList<>();
    SequencedMap<String, SequencedSet<String>> seeds = new LinkedHashMap<>();
    for (ReasonedSentence one : said) {
      List<String> own = one.ofOneSeed();
      if (!own.isEmpty()) {
        seeds.computeIfAbsent(String.join(PART, own), _ -> new LinkedHashSet<>()).add(one.scope);
      }
      List<String> others = new ArrayList<>(one.clauses());
      others.removeAll(own);
      lines.add(one.sentence + (others.isEmpty() ? "" : " (" + String.join(PART, others) + ".)"));
    }
    long scopes = said.stream().map(ReasonedSentence::scope).distinct().count();
    seeds.forEach((text, of) ->
        lines.add(
            of.size() == scopes
                ? "O" + text.substring(1) + "."
                : String.join(", ", of) + ": " + text + "."));
    return lines;
  }

  private List<String> clauses() {
    return reason.isEmpty() ? List.of() : List.of(reason.split(PART));
  }

  /// The clause that begins with it, and those that go on with `and`.
  private List<String> ofOneSeed() {
    List<String> own = new ArrayList<>();
    for (String clause : clauses()) {
      if (clause.startsWith(ONE_SEED) || (!own.isEmpty() && clause.startsWith("and "))) {
        own.add(clause);
      }
    }
    return own;
  }
}
