package org.vaescape.analysis;

/// How many settings are about as good as the best: how much a user has to know to do well.
///
/// Not a spread: settings that are all equally bad have none, and are close to nothing.
///
/// @param best the loss that others are compared with
/// @param limit the highest loss that is close to it
/// @param close number of losses up to the limit
/// @param failed number of settings without a loss: they count, and are never close
/// @param settings number of all, failed ones too
public record Closeness(double best, double limit, int close, int failed, int settings) {
  /// Closeness to the lowest of these losses, which noise makes too low: the more settings, the
  /// more so.
  ///
  /// @param losses as for [#to], at least one finite
  public static Closeness of(double[] losses, Tolerance within) {
    return to(losses[LossGrid.best(losses)], losses, within);
  }

  /// Closeness to a loss that is known from elsewhere: from the best setting of other repeats, say.
  ///
  /// @param best finite
  /// @param losses at least one; finite, or `NaN` of what failed, and nothing of what was not run
  public static Closeness to(double best, double[] losses, Tolerance within) {
    Demand.that(Double.isFinite(best), "the best loss must be finite but is " + best);
    double limit = within.limit(best);
    int close = 0;
    int failed = 0;
    Demand.that(losses.length > 0, "there must be at least one loss");
    for (double loss : losses) {
      Demand.that(
          !Double.isInfinite(loss), "losses must be finite, or NaN of what failed: " + loss);
      close += loss <= limit ? 1 : 0;
      failed += Double.isNaN(loss) ? 1 : 0;
    }
    return new Closeness(best, limit, close, failed, losses.length);
  }

  /// The probability that a setting drawn at random is close.
  public double share() {
    return (double) close / settings;
  }
}
