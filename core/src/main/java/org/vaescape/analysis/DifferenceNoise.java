package org.vaescape.analysis;

/// What is known of the noise in the difference of two settings' means.
public sealed interface DifferenceNoise {
  /// Standard deviation of the difference of the means.
  ///
  /// @param one repeats of one setting
  /// @param other repeats of the other
  double standardError(int one, int other);

  /// Degrees of freedom of that standard error.
  double degrees(int one, int other);

  /// Two settings of different noise, each estimated by itself.
  ///
  /// Degrees of freedom by Satterthwaite 1946 (Biometrics Bulletin 2:110) and Welch 1947
  /// (Biometrika 34:28): (a + b)^2 / (a^2 / f + b^2 / g) for variances a and b of the means with f
  /// and g. With as many repeats of either and equal deviations they are Student's f + g.
  record Separate(RunNoise one, RunNoise other) implements DifferenceNoise {
    @Override
    public double standardError(int repeats, int ofOther) {
      return Math.sqrt(one.ofMean(repeats) + other.ofMean(ofOther));
    }

    /// Share of the first mean in the variance of the difference; 1/2 where there is none.
    double shareOfOne(int repeats, int ofOther) {
      double a = one.ofMean(repeats);
      double b = other.ofMean(ofOther);
      return a == b ? 0.5 : a / (a + b);
    }

    @Override
    public double degrees(int repeats, int ofOther) {
      double f = one.degrees(repeats);
      double g = other.degrees(ofOther);
      double a = shareOfOne(repeats, ofOther);
      return 1 / (a * a / f + (1 - a) * (1 - a) / g);
    }
  }

  /// Two settings whose noise is one estimate (of cells with the same optimizer): its degrees of
  /// freedom count once.
  record Shared(RunNoise both) implements DifferenceNoise {
    @Override
    public double standardError(int one, int other) {
      return Math.sqrt(both.ofMean(one) + both.ofMean(other));
    }

    @Override
    public double degrees(int one, int other) {
      return both.degrees(Math.min(one, other));
    }
  }

  /// Settings whose repeat r shares a split or a seed: the differences within repeats are what
  /// varies.
  ///
  /// @param difference noise of the difference of two runs of one repeat
  record Paired(RunNoise difference) implements DifferenceNoise {
    @Override
    public double standardError(int one, int other) {
      Demand.that(one == other, "pairs take as many repeats but got " + one + " and " + other);
      return Math.sqrt(difference.ofMean(one));
    }

    @Override
    public double degrees(int one, int other) {
      Demand.that(one == other, "pairs take as many repeats but got " + one + " and " + other);
      return difference.degrees(one);
    }
  }
}
