package org.vaescape.analysis.advice;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.vaescape.analysis.claim.Claim;
import org.vaescape.analysis.runs.Digits;
import org.vaescape.analysis.runs.Landscape;
import org.vaescape.analysis.runs.RunSet;

/// What advice of a landscape rests on: which claims there are, and what speaks against all of
/// them.
final class Grounds {
  /// Fewer repeats than this are called few.
  private static final int FEW = 5;

  /// Ways of looking at the runs that are named.
  private static final int MOST_NAMED = 2;

  /// Claims about runs, whatever was measured of them.
  private static final Set<String> OF_NO_METRIC = Set.of("failures", "unlearned");

  private final Landscape landscape;
  private final RunSet.Origin origin;
  private final Map<String, Claim> claims = new LinkedHashMap<>();

  Grounds(Landscape landscape, RunSet.Origin origin, List<Claim> claims) {
    this.landscape = landscape;
    this.origin = origin;
    claims.forEach(claim -> this.claims.put(claim.id(), claim));
  }

  Landscape landscape() {
    return landscape;
  }

  /// Whether these are anybody's runs, and not a study of vaescape's.
  boolean table() {
    return origin == RunSet.Origin.TABLE;
  }

  String scope() {
    return landscape.scope().text();
  }

  int repeats() {
    return landscape.repeats().size();
  }

  boolean oneRepeat() {
    return repeats() == 1;
  }

  /// The claim of this kind, `importance` or `user/.../tunability`, on a metric of the landscape.
  Optional<Claim> claim(String kind, String metric) {
    return Optional.ofNullable(claims.get(id(kind, metric)));
  }

  /// `start/vae/val_mse`, `user/vae/val_mse/default` of `user/default`, `failures/vae`.
  private String id(String kind, String metric) {
    String[] words = kind.split("/", 2);
    return words[0]
        + "/"
        + scope()
        + (OF_NO_METRIC.contains(kind) ? "" : "/" + metric)
        + (words.length > 1 ? "/" + words[1] : "");
  }

  /// The id of that claim; empty if there is none.
  String claimId(String kind, String metric) {
    return claim(kind, metric).map(Claim::id).orElse("");
  }

  /// Advice that hangs on its first claim, if there is one: what speaks against that speaks against
  /// it.
  ///
  /// @param because what may make this advice wrong beside the number of repeats; empty if nothing
  /// @param kinds of the claims that it rests on, the first one first; those that do not exist are
  ///   left out
  Advice advice(
      String metric, String kind, String sentence, List<String> because, String... kinds) {
    List<String> reasons = new ArrayList<>(because);
    Arrays.stream(kinds)
        .limit(1)
        .flatMap(first -> claim(first, metric).stream())
        .forEach(first -> reasons.addAll(doubts(first)));
    return counted(metric, kind, sentence, reasons, kinds);
  }

  /// Advice that rests on numbers of its claims, and not on what these say of them.
  Advice counted(
      String metric, String kind, String sentence, List<String> because, String... kinds) {
    List<Claim> evidence = claims(metric, kinds);
    List<String> reasons = new ArrayList<>(because);
    reasons.add(data());
    return new Advice(
        scope(),
        metric,
        kind,
        sentence,
        evidence.stream().map(Claim::id).toList(),
        String.join("; ", reasons),
        Optional.empty());
  }

  private List<Claim> claims(String metric, String... kinds) {
    return Arrays.stream(kinds).flatMap(kind -> claim(kind, metric).stream()).toList();
  }

  private List<String> doubts(Claim first) {
    List<String> doubts = new ArrayList<>();
    if (!oneRepeat() && first.verdict() == Claim.Verdict.UNDECIDED) {
      doubts.add("these repeats leave it undecided");
    } else if (first.verdict() == Claim.Verdict.CONTRADICTED) {
      doubts.add("other repeats contradict it");
    }
    List<String> overturned = first.overturnedBy();
    if (!overturned.isEmpty()) {
      doubts.add(
          "it does not hold %s%s"
              .formatted(
                  String.join(
                      "; or ", overturned.subList(0, Math.min(MOST_NAMED, overturned.size()))),
                  overturned.size() > MOST_NAMED
                      ? "; nor after "
                          + Digits.count(overturned.size() - MOST_NAMED, "further change")
                      : ""));
    }
    return doubts;
  }

  private String data() {
    if (oneRepeat()) {
      return "one seed: the same run chooses and judges";
    }
    return (repeats() < FEW ? "few repeats, %s,".formatted(repeats()) : repeats() + " repeats")
        + " of the same data";
  }
}
