package org.vaescape.analysis;

import org.apache.commons.statistics.distribution.BinomialDistribution;
import org.apache.commons.statistics.distribution.HypergeometricDistribution;

/// How many of some things have a property, here and elsewhere, each thing counted once.
///
/// Exact, given both totals: Fisher 1935, Journal of the Royal Statistical Society 98:39. The null
/// is that where a thing lies does not matter, so that every choice of as many places is as likely.
///
/// @param here how many have it here
/// @param ofHere of how many
/// @param elsewhere how many have it elsewhere
/// @param ofElsewhere of how many
public record CountContrast(int here, int ofHere, int elsewhere, int ofElsewhere) {
  public CountContrast {
    Demand.that(
        0 <= here && here <= ofHere && 0 <= elsewhere && elsewhere <= ofElsewhere,
        "counts must be at least 0 and at most as many as there are but are %s of %s and %s of %s"
            .formatted(here, ofHere, elsewhere, ofElsewhere));
  }

  /// Probability of so many or more here, were it all the same: Fisher's one-sided p.
  public double moreHere() {
    return moreThanByChance(here, ofHere, elsewhere, ofElsewhere);
  }

  /// The same of elsewhere.
  public double moreElsewhere() {
    return moreThanByChance(elsewhere, ofElsewhere, here, ofHere);
  }

  private static double moreThanByChance(int own, int ofOwn, int other, int ofOther) {
    return own == 0
        ? 1
        : HypergeometricDistribution.of(ofOwn + ofOther, own + other, ofOwn)
            .survivalProbability(own - 1);
  }

  /// Probability of so few or fewer here, were each to have it with some probability.
  ///
  /// @param probability from 0 to 1
  public double fewerHere(double probability) {
    return BinomialDistribution.of(ofHere, probability).cumulativeProbability(here);
  }
}
