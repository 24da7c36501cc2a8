package org.vaescape.analysis.korkic2021;

import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.UnaryOperator;
import org.vaescape.analysis.Interval;
import org.vaescape.analysis.claim.Claim;
import org.vaescape.analysis.noise.RepeatPairs;

/// How sure a claim of the study is.
///
/// @param interval of its estimate
/// @param probability that it holds
/// @param verdict by the probability, or by an exact test of a count
/// @param reason why interval or probability is empty, or what else may make the claim wrong
record Evidence(
    Optional<Interval> interval, OptionalDouble probability, Claim.Verdict verdict, String reason) {
  static Evidence none(String reason) {
    return counted(Claim.Verdict.UNDECIDED, reason);
  }

  /// Of a count.
  ///
  /// @param reason by which test
  static Evidence counted(Claim.Verdict verdict, String reason) {
    return new Evidence(Optional.empty(), OptionalDouble.empty(), verdict, reason);
  }

  /// The interval is left out where it is a point.
  static Evidence of(Interval interval, double probability) {
    return new Evidence(
        Optional.of(interval).filter(Interval::wide),
        OptionalDouble.of(probability),
        Claim.Verdict.of(probability),
        interval.wide() ? "" : RepeatPairs.NOTHING_VARIES);
  }

  /// The same for a reason that says more.
  Evidence because(UnaryOperator<String> more) {
    return new Evidence(interval, probability, verdict, more.apply(reason));
  }

  /// Of draws, for an estimate that has no interval.
  ///
  /// @param reason why it has none
  static Evidence drawn(double probability, String reason) {
    return new Evidence(
        Optional.empty(), OptionalDouble.of(probability), Claim.Verdict.of(probability), reason);
  }
}
