package org.vaescape.analysis;

import org.apache.commons.statistics.distribution.TDistribution;

/// How sure it is that one setting has the lower mean, that is, is the better one.
///
/// Given the data the difference of the true means is taken to follow Student's t about the
/// measured one: the posterior of normal outcomes with flat priors for means and for the logarithm
/// of one noise (Gelman and others 2013, Bayesian Data Analysis, section 3.2), for two noises in
/// Welch's approximation. It is 1 - p of the one-sided t-test: where the true means are equal it is
/// anywhere from 0 to 1 alike, and below .025 or above .975 in one of twenty comparisons: there an
/// interval of 95 % does not hold 0. It speaks of the repeats at hand and not of settings that were
/// never tried.
///
/// @param difference mean of the first less that of the other; below 0 speaks for the first
/// @param standardError of the difference
/// @param degrees of freedom of the standard error
public record OrderingProbability(double difference, double standardError, double degrees) {
  public OrderingProbability {
    Demand.that(Double.isFinite(difference), "a difference must be finite but is " + difference);
    Demand.that(
        standardError >= 0 && Double.isFinite(standardError),
        "a standard error must be finite and at least 0 but is " + standardError);
    Demand.that(degrees > 0, "degrees of freedom must be above 0 but are " + degrees);
  }

  /// The comparison of two means.
  ///
  /// @param repeats behind the first mean
  /// @param repeatsOfOther behind the other
  public static OrderingProbability of(
      double mean, int repeats, double other, int repeatsOfOther, DifferenceNoise noise) {
    return new OrderingProbability(
        mean - other,
        noise.standardError(repeats, repeatsOfOther),
        noise.degrees(repeats, repeatsOfOther));
  }

  /// Probability that the first has the lower mean; 1/2 where they are equal.
  public double firstIsLower() {
    return upperTail(difference);
  }

  /// Probability that the other has the lower mean, with all digits also where it is tiny.
  public double otherIsLower() {
    return upperTail(-difference);
  }

  private double upperTail(double value) {
    if (value == 0 || standardError == 0) { // no noise, no doubt
      return value == 0 ? 0.5 : value > 0 ? 0 : 1;
    }
    return TDistribution.of(degrees).survivalProbability(value / standardError);
  }

  /// Of the true difference.
  ///
  /// @param confidence between 0 and 1
  public Interval interval(double confidence) {
    Demand.between0And1(confidence, "confidence");
    double half = standardError * Tails.tQuantileBothSides(confidence, degrees);
    return new Interval(difference - half, difference + half);
  }
}
