package org.vaescape.analysis;

/// Shares of the outcome's variance that effects of inputs make up, from one forest.
///
/// With f the function behind the outcomes, s the forest's surface, and A the part of a function
/// that an effect stands for ([LocalEffects]), the variance of an effect is the mean of f Af over
/// all settings. That of the surface is too small where the forest levels out and too large where
/// it follows noise; what is off in first order is taken off with outcomes y that the trees have
/// not seen: mean(s As) over all settings + 2 mean((y - s) As) over the runs' settings, out of bag
/// (a one-step estimate: Williamson, Gilbert, Carone and Simon 2021, 10.1111/biom.13392). What is
/// left is -mean((f - s) A(f - s)). For single inputs and pairs it is made small by scaling As to
/// fit y best, by mean(y As) / mean(s As), drawn towards 1 as a scale that is expected to be 1 +- 1
/// and known up to its error. Totals and Shapley effects change by what the effects in them do.
///
/// @param estimates by [EffectIndex]; those of nothing can be below 0
/// @param errors standard errors, of chance in the outcomes and of the settings at hand
/// @param variance of the outcome
record ForestShares(double[] estimates, double[] errors, double variance) {
  /// Share of an effect, 0 where all outcomes are equal.
  double share(int effect) {
    return variance > 0 ? estimates[effect] : 0;
  }
}
