package org.vaescape.report;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.vaescape.analysis.advice.Advice;
import org.vaescape.analysis.claim.Claim;
import org.vaescape.analysis.claim.Words;

/// What a claim or advice comes to in a scope, in a few words. Scopes of which the same holds are
/// said at once.
///
/// @param what as short as it goes: `learning-rate`
/// @param number that carries it: `94 %`; empty if none does
/// @param claim that it rests on
record Gist(String scope, String what, String number, Optional<Claim> claim) {
  /// Scopes, and things that are said of some, which are named; more are counted.
  private static final int MOST_NAMED = 4;

  private static final String ONE_RUN =
      "one run a setting, so that interactions of three and more stand for noise";

  private static final String EVIDENCE = ": ";
  private static final String SENTENCE = ". ";

  /// What advice orders, which ends at the colon that its evidence follows, and the first sentence
  /// of the evidence for a number, without what stands in parentheses.
  ///
  /// @param opening words that the order begins with and that go without saying, as an expression
  static Gist of(Advice advice, String opening, Optional<Claim> claim) {
    String sentence = advice.sentence();
    int colon = sentence.indexOf(EVIDENCE);
    String order = colon < 0 ? sentence.replaceAll("\\.$", "") : sentence.substring(0, colon);
    String evidence = colon < 0 ? "" : sentence.substring(colon + EVIDENCE.length()) + " ";
    int end = evidence.indexOf(SENTENCE);
    return new Gist(
        advice.scope(),
        small(order.replaceFirst(opening, "")),
        (end < 0 ? evidence : evidence.substring(0, end)).replaceAll(" \\(.*\\)", "").strip(),
        claim);
  }

  /// With a small letter first.
  static String small(String order) {
    return order.substring(0, 1).toLowerCase(Locale.ROOT) + order.substring(1);
  }

  /// `Start from: ...`; none where there is nothing to say.
  ///
  /// @param scopes all of the study
  static List<String> sentence(String label, List<Gist> all, List<String> scopes) {
    if (all.isEmpty()) {
      return List.of();
    }
    SequencedMap<String, List<Gist>> same = new LinkedHashMap<>();
    all.forEach(one -> same.computeIfAbsent(one.what(), _ -> new ArrayList<>()).add(one));
    List<List<Gist>> groups =
        same.values().stream()
            .sorted(Comparator.comparingInt((List<Gist> group) -> group.size()).reversed())
            .toList();
    String common =
        all.stream().map(Gist::verdict).distinct().count() == 1 ? all.getFirst().verdict() : "";
    String said =
        groups.stream()
            .limit(MOST_NAMED)
            .map(group -> words(group, scopes, common.isEmpty()))
            .collect(Collectors.joining("; "));
    return List.of(
        label
            + ": "
            + said
            + (groups.size() > MOST_NAMED ? "; %s more".formatted(groups.size() - MOST_NAMED) : "")
            + "."
            + (common.isEmpty() ? "" : " " + Words.capital(common) + "."));
  }

  private static String words(List<Gist> group, List<String> scopes, boolean verdicts) {
    List<String> parts = new ArrayList<>();
    String numbers = numbers(group, scopes);
    if (!numbers.isEmpty()) {
      parts.add(numbers);
    }
    if (verdicts) {
      group.stream()
          .map(Gist::verdict)
          .filter(one -> !one.isEmpty())
          .distinct()
          .forEach(parts::add);
    }
    ways(group).ifPresent(parts::add);
    return group.getFirst().what() + (parts.isEmpty() ? "" : " (" + String.join("; ", parts) + ")");
  }

  /// `94 % in vae, 96 % in infovae`; no scope is named where all say the same.
  private static String numbers(List<Gist> group, List<String> scopes) {
    boolean everywhere = group.stream().map(Gist::scope).distinct().count() == scopes.size();
    List<String> numbers = group.stream().map(Gist::number).distinct().toList();
    if (numbers.size() == 1) {
      String number = numbers.getFirst();
      if (everywhere) {
        return number;
      }
      return (number.isEmpty() ? "" : number + " in ") + named(group, Gist::scope);
    }
    return named(group, one -> one.number() + " in " + one.scope());
  }

  /// Scopes of readings have commas in them.
  private static String named(List<Gist> group, Function<Gist, String> name) {
    String gap = group.stream().anyMatch(one -> one.scope().contains(", ")) ? "; " : ", ";
    List<String> all = group.stream().map(name).distinct().toList();
    return String.join(gap, all.subList(0, Math.min(MOST_NAMED, all.size())))
        + (all.size() > MOST_NAMED ? gap + "%s more".formatted(all.size() - MOST_NAMED) : "");
  }

  /// Empty of what is supported, or rests on no claim.
  private String verdict() {
    return claim
        .map(known ->
            switch (known.verdict()) {
              case SUPPORTED -> known.reason().startsWith("one run a setting") ? ONE_RUN : "";
              case CONTRADICTED -> "contradicted by these runs";
              case UNDECIDED ->
                  !known.reason().startsWith("one seed")
                      ? "undecided"
                      : known.interval().isEmpty()
                          ? "undecided: one seed, no interval"
                          : "undecided: one seed";
            })
        .orElse("");
  }

  /// In how many ways of looking the claims hold, of the one that holds in fewest, and what all
  /// hang on; empty where they hold in all.
  private static Optional<String> ways(List<Gist> group) {
    List<Claim> hanging =
        group.stream()
            .flatMap(one -> one.claim().stream())
            .filter(
                one -> one.robustness().filter(ways -> ways.agreeing() < ways.views()).isPresent())
            .sorted(Comparator.comparingDouble(Gist::agreeing))
            .toList();
    if (hanging.isEmpty()) {
      return Optional.empty();
    }
    Claim least = hanging.getFirst();
    List<String> levels =
        least.overturnedBy().stream()
            .filter(change -> !change.contains(", ")) // several at once are too long for this
            .filter(change -> hanging.stream().allMatch(one -> one.overturnedBy().contains(change)))
            .limit(2)
            .toList();
    int percent = (int) Math.floor(100 * agreeing(least));
    return Optional.of(
        (group.size() == 1
                ? "holds in %s of %s ways of looking"
                    .formatted(
                        least.robustness().orElseThrow().agreeing(),
                        least.robustness().orElseThrow().views())
                : "holds in %s %% or more of the ways of looking".formatted(percent))
            + (levels.isEmpty() ? "" : ", not " + String.join(", nor ", levels)));
  }

  private static double agreeing(Claim claim) {
    return claim.robustness().map(ways -> (double) ways.agreeing() / ways.views()).orElse(1.0);
  }
}
