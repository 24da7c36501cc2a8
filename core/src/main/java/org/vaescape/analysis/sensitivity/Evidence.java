package org.vaescape.analysis.sensitivity;

import java.util.Optional;
import java.util.OptionalDouble;
import org.vaescape.analysis.DifferenceNoise;
import org.vaescape.analysis.Interval;
import org.vaescape.analysis.Observations;
import org.vaescape.analysis.OrderingProbability;
import org.vaescape.analysis.RunNoise;

/// How sure a claim of the study is.
///
/// @param interval of its estimate
/// @param probability that it holds
/// @param counted whether it is a count of these runs, which leaves nothing to estimate
/// @param reason why one of them is empty; empty if none is
record Evidence(
    Optional<Interval> interval, OptionalDouble probability, boolean counted, String reason) {
  /// Of a count of runs.
  static final Evidence COUNT =
      new Evidence(
          Optional.empty(), OptionalDouble.empty(), true, "a count of these runs, not an estimate");

  static Evidence none(String reason) {
    return new Evidence(Optional.empty(), OptionalDouble.empty(), false, reason);
  }

  static Evidence of(Interval interval, double probability) {
    return new Evidence(Optional.of(interval), OptionalDouble.of(probability), false, "");
  }

  /// That a number is below 0, of one estimate from each repeat: what repeats share in all settings
  /// is in each of them, so that they are independent where settings are not.
  ///
  /// @param estimates one for each of at least 2 repeats
  static OrderingProbability below0(double[] estimates) {
    Observations all = new Observations(estimates);
    int repeats = all.count();
    return OrderingProbability.of(
        all.mean(),
        repeats,
        0,
        repeats,
        new DifferenceNoise.Paired(RunNoise.pooled(all.standardDeviation(), 1)));
  }

  Claim.Verdict verdict(boolean holds) {
    if (counted) {
      return holds ? Claim.Verdict.SUPPORTED : Claim.Verdict.CONTRADICTED;
    }
    return probability.isPresent()
        ? Claim.Verdict.of(probability.getAsDouble())
        : Claim.Verdict.UNDECIDED;
  }
}
