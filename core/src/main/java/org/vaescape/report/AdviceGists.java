package org.vaescape.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.vaescape.analysis.advice.Advice;
import org.vaescape.analysis.advice.Brief;
import org.vaescape.analysis.claim.Claim;
import org.vaescape.analysis.runs.Scope;

/// What advice comes to that has a brief form.
record AdviceGists(FirstOutcomes first) {

  /// With what the runs say of it: the verdict of its claim, or that they are of one seed.
  List<Gist> judged(String kind) {
    return first.advice(kind).stream()
        .flatMap(one -> one.brief().map(brief -> judged(one.scope(), brief)).stream())
        .toList();
  }

  private Gist judged(String scope, Brief brief) {
    boolean oneSeed = first.oneSeed(scope);
    Optional<Claim> claim = first.claim(brief.claim());
    return new Gist(
        scope,
        brief.what(),
        brief.number(),
        claim.map(known -> Gist.standing(known, oneSeed)).orElse(oneSeed ? Gist.ONE_SEED : ""),
        brief.doubt(),
        claim);
  }

  /// Of which nothing is asked.
  private List<Gist> plain(String kind) {
    return first.advice(kind).stream()
        .flatMap(one ->
            one.brief().map(brief -> Gist.of(one.scope(), brief.what(), brief.number())).stream())
        .toList();
  }

  /// All runs first. What holds of all runs together need not be said of each model; what is to be
  /// avoided in one model only is.
  List<Gist> avoided() {
    List<Gist> all = plain(Advice.AVOID);
    List<Gist> together = all.stream().filter(one -> Scope.together(one.scope())).toList();
    Stream<Gist> further =
        all.stream()
            .filter(one -> !together.contains(one))
            .filter(one ->
                together.stream()
                    .filter(
                        other -> Scope.reading(one.scope()).equals(Scope.reading(other.scope())))
                    .noneMatch(other -> other.what().equals(one.what())));
    return Stream.concat(together.stream(), further).toList();
  }

  /// What to run before more can be said, and beyond ranges at whose edge the best lies.
  List<Gist> next() {
    List<Gist> all = new ArrayList<>(plain(Advice.NEXT));
    for (Advice advice : first.advice(Advice.TUNE_FIRST)) {
      advice
          .brief()
          .map(Brief::next)
          .filter(next -> !next.isEmpty())
          .ifPresent(next -> all.add(Gist.of(advice.scope(), next, "")));
    }
    all.addAll(plain(Advice.REPEATS));
    return all;
  }
}
