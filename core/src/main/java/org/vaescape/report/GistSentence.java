package org.vaescape.report;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.vaescape.analysis.claim.Claim;
import org.vaescape.analysis.claim.Words;

/// A label and what stands below it: scopes of which the same holds are said at once.
///
/// @param scopes how many the study has
/// @param common standing of all, which is said once at the end; empty if they differ
record GistSentence(String label, List<Gist> all, int scopes, String common) {
  /// Scopes, and things that are said of some, which are named; more are counted.
  private static final int MOST_NAMED = 4;

  private static final int MOST_CHANGES = 2;
  private static final String PART = "; ";

  /// What is said of most scopes first.
  static List<Gist> mostFirst(List<Gist> all) {
    return groups(all, Gist::what).stream()
        .sorted(Comparator.comparingInt((List<Gist> group) -> -group.size()))
        .flatMap(List::stream)
        .toList();
  }

  /// `Start from: ...`, in the order of the gists; empty where there is nothing to say.
  static Optional<String> of(String label, List<Gist> all, int scopes) {
    List<String> standings = all.stream().map(Gist::standing).distinct().toList();
    return standings.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new GistSentence(label, all, scopes, standings.size() == 1 ? standings.getFirst() : "")
                .text());
  }

  /// `vae, iwae, ae, infovae, 3 more`.
  static String named(String gap, Collection<String> names) {
    return names.stream().limit(MOST_NAMED).collect(Collectors.joining(gap))
        + more(gap, names.size());
  }

  private static String more(String gap, int names) {
    return names > MOST_NAMED ? gap + (names - MOST_NAMED) + " more" : "";
  }

  private String text() {
    return "%s: %s.%s"
        .formatted(
            label,
            named(PART, groups(all, Gist::what).stream().map(this::words).toList()),
            common.isEmpty() ? "" : " " + Words.capital(common) + ".");
  }

  private static List<List<Gist>> groups(List<Gist> all, Function<Gist, String> by) {
    SequencedMap<String, List<Gist>> groups = new LinkedHashMap<>();
    all.forEach(one -> groups.computeIfAbsent(by.apply(one), _ -> new ArrayList<>()).add(one));
    return List.copyOf(groups.values());
  }

  /// `optimizer (94 % in vae; 60 % in iwae, undecided; holds in ...)`.
  private String words(List<Gist> group) {
    List<String> parts = new ArrayList<>();
    for (List<Gist> alike : groups(group, Gist::standing)) {
      parts.add(
          Stream.of(numbers(alike), common.isEmpty() ? alike.getFirst().standing() : "")
              .filter(text -> !text.isEmpty())
              .collect(Collectors.joining(", ")));
    }
    for (List<Gist> alike : groups(group, Gist::doubt)) {
      String doubt = alike.getFirst().doubt();
      boolean some = alike.size() < group.size();
      parts.add(doubt.isEmpty() || !some ? doubt : doubt + " in " + scopes(alike, Gist::scope));
    }
    ways(group).ifPresent(parts::add);
    parts.removeIf(String::isEmpty);
    return group.getFirst().what() + (parts.isEmpty() ? "" : " (" + String.join(PART, parts) + ")");
  }

  /// `94 % in vae, 96 % in infovae`; no scope is named where all say the same.
  private String numbers(List<Gist> alike) {
    List<String> numbers = alike.stream().map(Gist::number).distinct().toList();
    if (numbers.size() > 1) {
      return scopes(alike, GistSentence::inScope);
    }
    String number = numbers.getFirst();
    boolean everywhere = alike.stream().map(Gist::scope).distinct().count() == scopes;
    return everywhere
        ? number
        : (number.isEmpty() ? "" : number + " in ") + scopes(alike, Gist::scope);
  }

  private static String inScope(Gist gist) {
    return gist.number().isEmpty() ? gist.scope() : gist.number() + " in " + gist.scope();
  }

  /// Scopes of readings have commas in them, and one without a number must not seem to share that
  /// of another.
  private static String scopes(List<Gist> alike, Function<Gist, String> name) {
    boolean numbers = alike.stream().map(Gist::number).distinct().count() > 1;
    boolean commas = alike.stream().anyMatch(one -> one.scope().contains(", "));
    boolean apart = commas || (numbers && alike.stream().anyMatch(one -> one.number().isEmpty()));
    return named(apart ? PART : ", ", alike.stream().map(name).distinct().toList());
  }

  /// In how many ways of looking the claims hold, of the one that holds in fewest, and what all
  /// hang on; empty where they hold in all.
  private static Optional<String> ways(List<Gist> group) {
    List<Claim> hanging =
        group.stream()
            .flatMap(one -> one.claim().stream())
            .filter(
                one -> one.robustness().filter(ways -> ways.agreeing() < ways.views()).isPresent())
            .sorted(Comparator.comparingDouble(GistSentence::agreeing))
            .toList();
    if (hanging.isEmpty()) {
      return Optional.empty();
    }
    Claim least = hanging.getFirst();
    List<String> changes =
        least.overturnedBy().stream()
            .filter(change -> !change.contains(", ")) // several at once are too long for this
            .filter(change -> hanging.stream().allMatch(one -> one.overturnedBy().contains(change)))
            .limit(MOST_CHANGES)
            .toList();
    int percent = (int) Math.floor(100 * agreeing(least));
    return Optional.of(
        (group.size() == 1
                ? "holds in %s of %s ways of looking"
                    .formatted(
                        least.robustness().orElseThrow().agreeing(),
                        least.robustness().orElseThrow().views())
                : "holds in %s %% or more of the ways of looking".formatted(percent))
            + (changes.isEmpty() ? "" : ", not " + String.join(", nor ", changes)));
  }

  private static double agreeing(Claim claim) {
    return claim.robustness().map(ways -> (double) ways.agreeing() / ways.views()).orElse(1.0);
  }
}
