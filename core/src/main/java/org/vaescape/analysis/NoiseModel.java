package org.vaescape.analysis;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.apache.commons.statistics.distribution.FDistribution;

/// The noise of simulated studies: normal, of each group of cells its own, and where splits are
/// seen to move the levels of a factor apart, that too.
final class NoiseModel {
  /// Of the test that splits move no levels apart. Where they do and it is not seen, intervals of a
  /// main effect cover .5 to .8 in place of .95; where it is seen by chance, they are too wide. So
  /// one in twenty, and not one in a hundred.
  private static final double LEVEL = 0.05;

  private final RepeatedGrid design;
  private final int[] groups;

  /// Variance of a run within its cell, without what splits do to levels, and degrees of freedom of
  /// it.
  private final double[] variances;

  private final double[] degrees;
  private final double pooled;
  private final List<Apart> apart;

  private NoiseModel(
      RepeatedGrid design, RepeatNoise noise, double degreesPerRepeat, List<Apart> apart) {
    this.design = design;
    this.groups = design.groupOfCells();
    this.variances = noise.ofGroups();
    this.pooled = noise.pooled();
    this.apart = apart;
    this.degrees = new double[variances.length];
    for (int group : groups) {
      degrees[group] += Math.max(design.repeats() - 1, 1) * degreesPerRepeat / groups.length;
    }
  }

  /// What splits do to the levels of a factor.
  ///
  /// @param meanSquare as measured
  record Apart(SplitByFactor by, double meanSquare) {
    /// What it adds to the estimated variance of the main effect of this factor.
    ///
    /// @param pooled variance of a run that was taken off there
    double bias(double pooled) {
      return (by.levels() - 1) * (meanSquare - pooled) / by.perLevel() / by.levels() / by.repeats();
    }
  }

  /// Of a study of at least 2 repeats.
  static NoiseModel of(RepeatedGrid design) {
    double[] values = design.grid().values();
    RepeatNoise all = RepeatNoise.of(values, design, design.groupOfCells());
    if (!design.crossed()) {
      return new NoiseModel(design, all, design.cells(), List.of());
    }
    List<Apart> apart = apart(design, values, all.pooled());
    int left = design.cells() - 1;
    for (Apart one : apart) {
      one.by().takeOff(values);
      left -= one.by().levels() - 1;
    }
    RepeatNoise rest = RepeatNoise.of(values, design, design.groupOfCells());
    double scale = (design.cells() - 1.0) / left;
    double[] ofGroups = Arrays.stream(rest.ofGroups()).map(group -> group * scale).toArray();
    return new NoiseModel(design, new RepeatNoise(rest.pooled() * scale, ofGroups, 0), left, apart);
  }

  /// By F tests of the interactions of repeats with single factors beside all others.
  private static List<Apart> apart(RepeatedGrid design, double[] values, double pooled) {
    List<Apart> all = new ArrayList<>();
    double left = (design.repeats() - 1.0) * (design.cells() - 1);
    double squares = left * pooled;
    for (SplitByFactor by : SplitByFactor.of(design)) {
      Apart one = new Apart(by, by.meanSquare(values));
      all.add(one);
      left -= by.degreesOfFreedom();
      squares -= by.degreesOfFreedom() * one.meanSquare();
    }
    double rest = squares / left;
    if (left <= 0 || rest <= 0) {
      return List.of();
    }
    double degrees = left;
    all.removeIf(one ->
        FDistribution.of(one.by().degreesOfFreedom(), degrees)
                .survivalProbability(one.meanSquare() / rest)
            > LEVEL);
    return all;
  }

  /// Of a study of one run a cell.
  static NoiseModel ofOneRun(RepeatedGrid design, VarianceComponents estimates) {
    double noise = estimates.noise();
    int degrees = VarianceComponents.degreesOfOneRun(design.factors());
    return new NoiseModel(
        design, new RepeatNoise(noise, new double[] {noise}, 0), degrees, List.of());
  }

  /// Factors whose levels are moved apart.
  List<Apart> apart() {
    return apart;
  }

  /// Noise of one simulated study.
  ///
  /// @param known whether variances are as estimated; otherwise they are drawn, as far as degrees
  ///   of freedom leave them open
  /// @param random of the noise of runs
  /// @param others of all else, so that few draws more change no noise
  double[] draw(boolean known, SplittableRandom random, SplittableRandom others) {
    double[] deviations = new double[variances.length];
    for (int group = 0; group < deviations.length; group++) {
      double factor = known ? 1 : DrawnVariance.factor(degrees[group], others);
      deviations[group] = Math.sqrt(Math.max(variances[group], 0) * factor);
    }
    double[] values = new double[groups.length * design.repeats()];
    for (int i = 0; i < values.length; i++) {
      values[i] = deviations[groups[i / design.repeats()]] * random.nextGaussian();
    }
    for (Apart one : apart) {
      SplitByFactor by = one.by();
      double factor = known ? 1 : DrawnVariance.factor(by.degreesOfFreedom(), others);
      double variance = (one.meanSquare() * factor - pooled) / by.perLevel();
      double deviation = Math.sqrt(Math.max(variance, 0));
      double[] shifts = new double[by.places()];
      Arrays.setAll(shifts, _ -> deviation * others.nextGaussian());
      by.add(values, shifts);
    }
    return values;
  }
}
