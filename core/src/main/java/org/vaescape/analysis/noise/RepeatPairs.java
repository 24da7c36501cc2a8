package org.vaescape.analysis.noise;

import java.util.Optional;
import java.util.OptionalDouble;
import org.vaescape.analysis.Interval;
import org.vaescape.analysis.Observations;
import org.vaescape.analysis.OrderingProbability;
import org.vaescape.analysis.claim.Claim;

/// Two things that every repeat measured: Student's t of their differences within repeats.
///
/// Where each repeat judges what all others chose, differences of two repeats are not independent,
/// as their choices share repeats. A t-test that took them for it would find differences where none
/// is the more often the more repeats there are: of two equal optimizers it named one with 95 %
/// certainty in 18 % of simulated studies of 3 repeats, and in 25 % of 10, where 10 % is right. So
/// their variance counts 1 / S + 1 / (S - 1) times instead of 1 / S: Nadeau and Bengio 2003,
/// Machine Learning 52:239, for 1 repeat that judges S - 1. That gave 9 % and 10 %.
public final class RepeatPairs {
  /// Why there is no interval of several repeats.
  public static final String NOTHING_VARIES =
      "no interval: every repeat gave the same, so that nothing tells how far it may be off";

  private RepeatPairs() {}

  /// The first less the other, of what was fixed beforehand; empty with a single repeat, which does
  /// not tell noise.
  public static Optional<OrderingProbability> fixed(double[] one, double[] other) {
    return of(one, other, 1.0 / one.length);
  }

  /// The first less the other, where something in them was chosen by all other repeats; empty with
  /// a single repeat.
  public static Optional<OrderingProbability> chosen(double[] one, double[] other) {
    return of(one, other, 1.0 / one.length + 1.0 / (one.length - 1));
  }

  private static Optional<OrderingProbability> of(double[] one, double[] other, double share) {
    if (one.length < 2) {
      return Optional.empty();
    }
    double[] differences = new double[one.length];
    for (int r = 0; r < differences.length; r++) {
      differences[r] = one[r] - other[r];
    }
    Observations of = new Observations(differences);
    return Optional.of(
        new OrderingProbability(
            of.mean(), of.standardDeviation() * Math.sqrt(share), differences.length - 1.0));
  }

  /// Probability that the first is at most this much higher than the other one; empty where nothing
  /// is known.
  public static OptionalDouble below(Optional<OrderingProbability> order, double tolerated) {
    return order
        .map(known ->
            OptionalDouble.of(
                new OrderingProbability(
                        known.difference() - tolerated, known.standardError(), known.degrees())
                    .firstIsLower()))
        .orElse(OptionalDouble.empty());
  }

  /// Of the true difference; none where repeats do not differ: a point is no interval.
  public static Optional<Interval> interval(OrderingProbability order) {
    return Optional.of(order.interval(Claim.CONFIDENCE)).filter(Interval::wide);
  }

  public static double mean(double[] values) {
    return new Observations(values).mean();
  }
}
