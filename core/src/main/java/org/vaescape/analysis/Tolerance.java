package org.vaescape.analysis;

/// How much a loss may exceed the best and still count as equally good.
public sealed interface Tolerance {
  /// The highest loss that counts as good as the best.
  ///
  /// @param best finite
  double limit(double best);

  /// A share of the best itself: a ratio of losses. For losses that are positive by nature, as a
  /// mean squared error is; what a ratio means depends on where 0 lies.
  ///
  /// @param share at least 0: 0.05 for 5 %
  record Ratio(double share) implements Tolerance {
    public Ratio {
      atLeast0(share);
    }

    /// @throws IllegalArgumentException unless the best is positive
    @Override
    public double limit(double best) {
      Demand.that(best > 0, "a ratio to the best takes positive losses but the best is " + best);
      return best * (1 + share);
    }
  }

  /// A share of what the best gains over a reference (the mean predictor, principal components):
  /// for losses of any sign. Where the best gains nothing only its equals are as good.
  ///
  /// @param share at least 0
  /// @param reference its loss, finite
  record OfGain(double share, double reference) implements Tolerance {
    public OfGain {
      atLeast0(share);
      Demand.that(Double.isFinite(reference), "a reference must be finite but is " + reference);
    }

    @Override
    public double limit(double best) {
      return best + share * Math.max(reference - best, 0);
    }
  }

  /// A difference of losses, as 2 standard errors of the noise between repeats.
  ///
  /// @param width at least 0
  record Difference(double width) implements Tolerance {
    public Difference {
      atLeast0(width);
    }

    @Override
    public double limit(double best) {
      return best + width;
    }
  }

  private static void atLeast0(double size) {
    Demand.that(
        size >= 0 && Double.isFinite(size),
        "a tolerance must be finite and at least 0 but is " + size);
  }
}
