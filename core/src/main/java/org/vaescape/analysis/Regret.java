package org.vaescape.analysis;

/// What a setting loses against the best, in units of what there is to gain over a reference.
///
/// That is (loss - best) / (reference - best): 0 is as good as the best, 1 as good as the
/// reference, more is worse than it. `NaN` where the best does not beat the reference: then there
/// is nothing to lose.
///
/// @param best finite; the lowest loss of all, or, without the luck of having been chosen, the loss
///   in new repeats of the setting that was best in others (regrets below 0 are possible then)
/// @param reference loss without any setting to choose, as of the mean predictor; finite
/// @param failed loss that a failed run counts as, as the reference or the worst; `NaN` to leave
///   failed runs out
public record Regret(double best, double reference, double failed) {
  public Regret {
    Demand.finite(new double[] {best, reference}, "best and reference");
    Demand.that(
        !Double.isInfinite(failed), "the loss of a failed run must not be infinite: " + failed);
  }

  /// Of one setting, as the default.
  ///
  /// @param loss finite, or `NaN` if it failed; `NaN` is returned where failed runs are left out
  public double of(double loss) {
    double gain = reference - best;
    return gain > 0 ? ((Double.isNaN(loss) ? failed : loss) - best) / gain : Double.NaN;
  }
}
