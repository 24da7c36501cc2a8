package org.vaescape.analysis.rates;

import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Collectors;
import org.vaescape.analysis.Interval;
import org.vaescape.analysis.claim.Claim;
import org.vaescape.analysis.claim.Words;
import org.vaescape.analysis.rates.FairComparison.Share;
import org.vaescape.analysis.runs.View;

/// How a fair range reads.
record FairWords(FairRange fair) {

  String sentence() {
    return fair.scope()
        + ": "
        + fair.comparison().map(this::compared).orElseGet(this::notEstimable)
        + leftOut();
  }

  private String notEstimable() {
    return "whether the optimizer accounts for more of the variation of %s than the learning rate within one decade of each optimizer's own best rate is %s."
        .formatted(fair.metric(), fair.reason());
  }

  private String compared(FairComparison found) {
    boolean before = found.optimizerLargerInFull().orElse(false);
    Claim.Verdict verdict = Claim.Verdict.of(found.probability());
    String does =
        switch (verdict) {
          // an undecided claim is read behind "these runs do not tell whether"
          case SUPPORTED, UNDECIDED -> before ? "still accounts for" : "accounts for";
          case CONTRADICTED -> before ? "no longer accounts for" : "does not account for";
        };
    return "within one decade of each optimizer's own best learning rate (%s), the optimizer %s more of the variation of %s than the learning rate: optimizer %s, learning rate %s.%s%s%s"
        .formatted(
            String.join(", ", found.offsets()),
            does,
            Words.outcome(View.of(fair.metric(), found.scale())),
            fairShare(found.optimizer()),
            fairShare(found.learningRate()),
            full(found.optimizer(), found.learningRate()),
            dropped(found),
            verdict == Claim.Verdict.UNDECIDED ? "" : " " + Words.of(found.robustness(), 2));
  }

  private static String full(Share optimizer, Share rate) {
    OptionalDouble own = optimizer.full();
    OptionalDouble rival = rate.full();
    return own.isPresent() && rival.isPresent()
        ? " Over all rates: optimizer %s, learning rate %s."
            .formatted(
                share(own.getAsDouble(), optimizer.fullInterval()),
                share(rival.getAsDouble(), rate.fullInterval()))
        : "";
  }

  private static String fairShare(Share share) {
    return share(share.fair(), Optional.of(share.fairInterval()));
  }

  private static String share(double estimate, Optional<Interval> interval) {
    return Words.percent(estimate)
        + interval.filter(Interval::wide).map(known -> " " + Words.of(known)).orElse("");
  }

  private static String dropped(FairComparison found) {
    return found.dropped().isEmpty()
        ? ""
        : found.dropped().stream()
            .map(View.Level::text)
            .collect(Collectors.joining(", ", " Without ", ", where runs failed."));
  }

  /// Optimizers that are not compared.
  private String leftOut() {
    return fair.best().stream()
        .filter(one -> one.learned() == 0)
        .map(one -> " " + one.note() + "; it is left out.")
        .collect(Collectors.joining());
  }
}
