package org.vaescape.report;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.vaescape.analysis.claim.Claim;
import org.vaescape.analysis.compare.ClaimAcross;

/// Claims that say the same of several models or outcomes, and of which the same becomes across
/// studies: one line.
///
/// @param kind what the ids of the claims have in common
record ClaimGroup(String kind, List<ClaimAcross> claims) {
  /// Stands for the name of the outcome while claims are compared; no sentence has it.
  private static final String OUTCOME = "\u0001";

  private static final String NUMBER = "#";

  ClaimGroup {
    claims = List.copyOf(claims);
  }

  /// What a study says, apart from scope, outcome and numbers.
  private record Side(Claim.Verdict verdict, String text) {
    static Side of(ClaimAcross claim, ClaimAcross.Entry entry) {
      String scope = claim.scope() + ": ";
      String text =
          entry.wording().startsWith(scope)
              ? entry.wording().substring(scope.length())
              : entry.wording();
      String name = "(?<!\\w)" + Pattern.quote(claim.metric()) + "(?!\\w)";
      return new Side(
          entry.claim().verdict(),
          claim.metric().isEmpty() ? text : text.replaceAll(name, OUTCOME));
    }
  }

  /// What makes claims alike.
  private record Likeness(String kind, SequencedMap<String, Side> sides, List<String> lacking) {
    static Likeness of(ClaimAcross claim) {
      return new Likeness(ClaimGroup.kind(claim), ClaimGroup.sides(claim), claim.lacking());
    }
  }

  /// Largest groups first.
  static List<ClaimGroup> of(List<ClaimAcross> claims) {
    SequencedMap<Likeness, List<ClaimAcross>> alike = new LinkedHashMap<>();
    claims.forEach(
        claim -> alike.computeIfAbsent(Likeness.of(claim), _ -> new ArrayList<>()).add(claim));
    return alike.entrySet().stream()
        .map(own -> new ClaimGroup(own.getKey().kind(), own.getValue()))
        .sorted(Comparator.comparingInt((ClaimGroup group) -> group.claims().size()).reversed())
        .toList();
  }

  /// The id without scope and outcome: `user/budget`.
  private static String kind(ClaimAcross claim) {
    String kind = (claim.id() + "/").replace("/" + claim.scope() + "/", "/");
    if (!claim.metric().isEmpty()) {
      kind = kind.replace("/" + claim.metric() + "/", "/");
    }
    return kind.substring(0, kind.length() - 1);
  }

  /// By study.
  private static SequencedMap<String, Side> sides(ClaimAcross claim) {
    SequencedMap<String, Side> sides = new LinkedHashMap<>();
    claim.entries().forEach(entry -> sides.put(entry.study(), Side.of(claim, entry)));
    return sides;
  }

  /// `best-setting (vae, iwae: val_mse): by val_mse the best setting is latent 10`, with both sides
  /// where studies are against each other or name different settings.
  String line() {
    ClaimAcross first = claims.getFirst();
    SequencedMap<Side, List<String>> studies = new LinkedHashMap<>();
    sides(first)
        .forEach((study, side) -> studies.computeIfAbsent(side, _ -> new ArrayList<>()).add(study));
    boolean apart = first.outcome() == ClaimAcross.Outcome.FLIPS || first.differs();
    boolean named = apart || (!first.conclusion() && studies.size() > 1);
    List<String> said = new ArrayList<>();
    studies.forEach((side, own) ->
        said.add(
            (named ? String.join(", ", own) + standing(first, side) + ": " : "")
                + filled(side.text(), own)));
    if (apart && !first.lacking().isEmpty()) {
      said.add("not claimed by " + String.join(", ", first.lacking()));
    }
    return "%s (%s): %s".formatted(kind, where(), String.join("; ", said));
  }

  /// ` (supported)`, which of what was only counted or measured says nothing.
  private static String standing(ClaimAcross claim, Side side) {
    return claim.conclusion() || side.verdict() != Claim.Verdict.SUPPORTED
        ? " (" + side.verdict().text() + ")"
        : "";
  }

  /// With the numbers of these studies, from the lowest to the highest.
  private String filled(String text, List<String> studies) {
    List<List<String>> numbers =
        claims.stream()
            .flatMap(claim -> claim.entries().stream())
            .filter(entry -> studies.contains(entry.study()))
            .map(ClaimAcross.Entry::numbers)
            .toList();
    List<String> parts = List.of(text.split(NUMBER, -1));
    StringBuilder filled = new StringBuilder(parts.getFirst());
    for (int place = 0; place + 1 < parts.size(); place++) {
      filled.append(range(numbers, place)).append(parts.get(place + 1));
    }
    List<String> metrics = claims.stream().map(ClaimAcross::metric).distinct().toList();
    return filled
        .toString()
        .replace(OUTCOME, metrics.size() == 1 ? metrics.getFirst() : "the outcome");
  }

  private static String range(List<List<String>> numbers, int place) {
    List<String> found =
        numbers.stream()
            .filter(own -> own.size() > place)
            .map(own -> own.get(place))
            .sorted(Comparator.comparingDouble(Double::parseDouble))
            .distinct()
            .toList();
    return found.isEmpty()
        ? NUMBER
        : found.size() == 1 ? found.getFirst() : found.getFirst() + ".." + found.getLast();
  }

  /// `vae, iwae: val_reconstruction, val_mse; all runs: val_mse`.
  private String where() {
    SequencedMap<String, List<String>> metrics = new LinkedHashMap<>();
    claims.forEach(claim ->
        metrics.computeIfAbsent(claim.scope(), _ -> new ArrayList<>()).add(claim.metric()));
    SequencedMap<String, List<String>> scopes = new LinkedHashMap<>();
    metrics.forEach((scope, own) ->
        scopes.computeIfAbsent(String.join(", ", own), _ -> new ArrayList<>()).add(scope));
    return scopes.entrySet().stream()
        .map(own ->
            String.join(", ", own.getValue()) + (own.getKey().isEmpty() ? "" : ": " + own.getKey()))
        .collect(Collectors.joining("; "));
  }
}
