package org.vaescape.report;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.vaescape.analysis.claim.Claim;
import org.vaescape.analysis.claim.Words;
import org.vaescape.analysis.rates.UntriedRates;
import org.vaescape.analysis.shares.EffectShare;
import org.vaescape.analysis.shares.GridImportance;

/// What accounts for the variation of an outcome, and what for next to nothing of it.
record ShareGists(FirstOutcomes first) {
  private static final String ONE_RUN =
      "one run a setting, so that interactions of three and more stand for noise";

  /// The largest share of each scope, or that of the only hyper-parameter that varied.
  List<Gist> largest() {
    return Stream.concat(first.claims("importance/").map(this::largest), only()).toList();
  }

  private Gist largest(Claim claim) {
    String interval = claim.interval().map(bounds -> " " + Words.of(bounds)).orElse("");
    return gist(
        claim,
        Words.percent(Math.max(claim.estimate().orElse(0), 0))
            + interval
            + together(claim).map(more -> " alone, " + more).orElse(""));
  }

  /// `rate x optimizer 43 %`: what several do together, where that is more than any does alone;
  /// empty else.
  ///
  /// @param claim of the largest share of a hyper-parameter alone
  Optional<String> together(Claim claim) {
    return first.found().effects().stream()
        .filter(one -> one.scope().equals(claim.scope()) && one.metric().equals(claim.metric()))
        .filter(one -> one.factors().equals(List.of(claim.answer())))
        .filter(one -> one.estimate() == claim.estimate().orElse(Double.NaN))
        .findFirst()
        .flatMap(own ->
            first.found().effects().stream()
                .filter(one -> one.scope().equals(own.scope()) && one.metric().equals(own.metric()))
                .filter(one -> one.scale() == own.scale() && one.method().equals(own.method()))
                .filter(one -> one.factors().size() > 1 && one.estimate() > own.estimate())
                .max(Comparator.comparingDouble(EffectShare::estimate)))
        .map(one ->
            String.join(" x ", one.factors()) + " " + Words.percent(Math.min(one.estimate(), 1)));
  }

  private Stream<Gist> only() {
    return OnlyVariable.shares(first.found(), first.metrics().values())
        .filter(share -> first.has(share.scope(), share.metric()))
        .map(share ->
            Gist.of(
                share.scope(),
                share.factors().getFirst(),
                OnlyVariable.number(share) + ", the only one that varied"));
  }

  List<Gist> negligible() {
    return first
        .claims("negligible/")
        .map(claim -> {
          String most = Words.percent(claim.interval().orElseThrow().high());
          return gist(claim, most.startsWith("less") ? most : "at most " + most);
        })
        .toList();
  }

  private Gist gist(Claim claim, String number) {
    return new Gist(
        claim.scope(),
        claim.answer(),
        number,
        standing(claim),
        UntriedRates.brief(claim, first.found().fairRanges()),
        Optional.of(claim));
  }

  private String standing(Claim claim) {
    boolean oneRun =
        first.found().effects().stream()
            .filter(one -> one.scope().equals(claim.scope()))
            .filter(one -> one.metric().equals(claim.metric()))
            .anyMatch(one -> one.method().equals(GridImportance.OF_ONE_RUN));
    return oneRun && claim.verdict() == Claim.Verdict.SUPPORTED
        ? ONE_RUN
        : Gist.standing(claim, !oneRun && first.oneSeed(claim.scope()));
  }
}
