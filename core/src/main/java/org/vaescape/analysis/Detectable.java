package org.vaescape.analysis;

import java.util.OptionalInt;
import java.util.function.DoubleUnaryOperator;
import org.vaescape.analysis.DifferenceNoise.Paired;
import org.vaescape.analysis.DifferenceNoise.Separate;
import org.vaescape.analysis.DifferenceNoise.Shared;

/// Which difference of two settings a two-sided t-test would find, and with how many repeats.
///
/// The statistic of a true difference d follows the noncentral t with noncentrality d / standard
/// error, not a normal distribution, which promises that two repeats find a difference half as
/// large as they do. Exact for normal outcomes: by [NoncentralT] for one noise or pairs, by
/// [WelchPower] for two.
///
/// @param level of the test, between 0 and 1: 0.05
/// @param power probability of finding the difference, above the level and below 1: 0.8
public record Detectable(DifferenceNoise noise, double level, double power) {
  /// Of the smallest difference, relative.
  private static final double ACCURACY = 1e-12;

  /// About ten are taken; more only where rounding lets neither end move.
  private static final int STEPS = 100;

  /// Standard errors that every test finds, and that can be squared.
  private static final double CERTAIN = 1e100;

  public Detectable {
    Demand.between0And1(level, "level");
    Demand.that(
        power > level && power < 1,
        "power must lie between the level " + level + " and 1 but is " + power);
  }

  /// A difference that is found.
  ///
  /// @param repeats of each setting
  /// @param difference of the means, above 0 or 0 where there is no noise
  public record Found(int repeats, double difference) {}

  /// The smallest difference that so many repeats of each setting find.
  ///
  /// @param repeats enough to leave a degree of freedom
  public Found smallest(int repeats) {
    DoubleUnaryOperator test = test(repeats);
    double low = 0;
    double missing = test.applyAsDouble(low) - power; // at `low`, below 0
    if (missing >= 0) {
      return new Found(repeats, 0); // Welch's test raises false alarms a little more often
    }
    double high = 1;
    double surplus = test.applyAsDouble(high) - power;
    while (surplus < 0) {
      low = high;
      missing = surplus;
      high *= 2;
      surplus = test.applyAsDouble(high) - power;
    }
    // Regula falsi; an end that stays is drawn to the root by halving its value (Illinois).
    int last = 0;
    for (int i = 0; i < STEPS && surplus > 0 && high - low > ACCURACY * high; i++) {
      double middle = high - surplus * (high - low) / (surplus - missing);
      double value = test.applyAsDouble(middle) - power;
      if (value < 0) {
        surplus /= last < 0 ? 2 : 1;
        low = middle;
        missing = value;
        last = -1;
      } else {
        missing /= last > 0 ? 2 : 1;
        high = middle;
        surplus = value;
        last = 1;
      }
    }
    return new Found(repeats, high * noise.standardError(repeats, repeats));
  }

  /// The fewest repeats of each setting, of at least 2, that find this difference.
  ///
  /// @param difference of the means, of either sign; a logarithm of a ratio on a log scale
  /// @param most repeats that could be afforded, at least 2
  /// @return empty where not even so many find it
  public OptionalInt fewestRepeats(double difference, int most) {
    Demand.that(most >= 2, "most repeats must be at least 2 but are " + most);
    if (powerOf(difference, most) < power) {
      return OptionalInt.empty();
    }
    int tooFew = 1; // More repeats never find less: halve what is between.
    int enough = most;
    while (enough - tooFew > 1) {
      int middle = (tooFew + enough) >>> 1;
      if (powerOf(difference, middle) < power) {
        tooFew = middle;
      } else {
        enough = middle;
      }
    }
    return OptionalInt.of(enough);
  }

  /// Probability that the test finds a true difference. Where it is 0 that is the level; of Welch's
  /// test with few repeats, half of it or a little more than it.
  ///
  /// @param difference of the means, of either sign
  /// @param repeats of each setting
  double powerOf(double difference, int repeats) {
    Demand.that(Double.isFinite(difference), "a difference must be finite but is " + difference);
    double error = noise.standardError(repeats, repeats);
    if (difference != 0 && error == 0) {
      return 1;
    }
    double noncentrality = difference == 0 ? 0 : Math.abs(difference) / error;
    return test(repeats).applyAsDouble(Math.min(noncentrality, CERTAIN));
  }

  /// Power by noncentrality.
  private DoubleUnaryOperator test(int repeats) {
    double degrees = noise.degrees(repeats, repeats);
    return switch (noise) {
      case Separate two -> {
        double f = two.one().degrees(repeats);
        double g = two.other().degrees(repeats);
        yield new WelchPower(two.shareOfOne(repeats, repeats), f, g, level)::at;
      }
      case Shared _, Paired _ -> {
        double critical = Tails.tQuantileBothSides(1 - level, degrees);
        yield noncentrality -> {
          NoncentralT t = new NoncentralT(degrees, noncentrality);
          return t.upperTail(critical) + t.lowerTail(-critical);
        };
      }
    };
  }
}
