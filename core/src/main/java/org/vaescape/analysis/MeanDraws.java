package org.vaescape.analysis;

import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Predicate;

/// True means of many settings, drawn as far as repeats leave them open: for questions about all of
/// them at once, such as where the lowest one is.
///
/// Given the data a true mean is taken to lie about the measured one as in [OrderingProbability],
/// which answers for two of them: normal outcomes, flat priors for means and for the logarithm of
/// each noise, which is drawn once for all settings that share it (Gelman and others 2013, Bayesian
/// Data Analysis, section 3.2). What a repeat shifts in all settings alike changes no order and is
/// not drawn. The lowest of many measured means is low by luck too, and draws about it keep that
/// luck: they say how stable a choice is, not what it is worth ([BestOfRepeats] says that).
public final class MeanDraws {
  /// Draws where nothing else is asked for: a probability of 0.975 then has a standard error of
  /// 0.005.
  public static final int DRAWS = 1000;

  private final double[][] draws;

  private MeanDraws(double[][] draws) {
    this.draws = draws;
  }

  /// Draws the means.
  ///
  /// @param means as measured; `NaN` of settings that have none, in every draw
  /// @param noises of groups of settings
  /// @param groups place of the noise of each setting
  /// @param repeats behind each mean, from which noises were estimated
  public static MeanDraws of(
      double[] means, List<RunNoise> noises, int[] groups, int repeats, int draws, long seed) {
    Demand.that(
        groups.length == means.length,
        means.length + " means must have a group each but there are " + groups.length + " groups");
    Demand.that(draws >= 1, "there must be at least one draw but are " + draws);
    SplittableRandom random = new SplittableRandom(seed);
    double[][] drawn = new double[draws][];
    double[] deviations = new double[noises.size()];
    for (int i = 0; i < draws; i++) {
      for (int group = 0; group < deviations.length; group++) {
        RunNoise noise = noises.get(group);
        deviations[group] =
            Math.sqrt(noise.ofMean(repeats) * DrawnVariance.factor(noise.degrees(repeats), random));
      }
      drawn[i] = means.clone();
      for (int setting = 0; setting < means.length; setting++) {
        drawn[i][setting] += deviations[groups[setting]] * random.nextGaussian();
      }
    }
    return new MeanDraws(drawn);
  }

  /// The share of draws in which something holds: its probability, given the data.
  ///
  /// @param holds of the means of all settings, which it must not change
  public double share(Predicate<double[]> holds) {
    int count = 0;
    for (double[] means : draws) {
      count += holds.test(means) ? 1 : 0;
    }
    return (double) count / draws.length;
  }
}
