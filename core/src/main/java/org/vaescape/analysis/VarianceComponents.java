package org.vaescape.analysis;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The variance between runs of a complete grid, and what each set of factors, the blocks and the
/// noise of repeats contribute to it.
///
/// The variance of an effect is the mean of its squared true contrasts over the cells. Contrasts of
/// measured means carry noise as well: their mean square is too large by df s / (S N), with df
/// degrees of freedom, S repeats, N cells and s the mean variance of a run within its cell, whether
/// or not all cells are equally noisy (each contrast space of a balanced grid weighs all cells
/// alike). That is taken off (Searle, Casella and McCulloch 1992, Variance Components, chapter 4):
/// estimates are unbiased, and those of small effects may be negative.
///
/// @param effects sets of up to [#ORDER] factors: single factors first, then pairs, then triples
/// @param higher all interactions of more factors together, if there can be any
/// @param block variance of what a repeat shifts in all cells alike; 0 where repeats share nothing
/// @param noise mean over cells of the variance of a run within its cell; 0 with one repeat, where
///   noise is part of the effects
/// @param noiseOfGroups the same over the cells of each group of the design, of crossed repeats
///   possibly below 0; empty with one repeat
public record VarianceComponents(
    List<Component> effects,
    Optional<Component> higher,
    double block,
    double noise,
    List<Double> noiseOfGroups) {
  /// Interactions of more factors than this are given together: nobody can read them one by one.
  public static final int ORDER = 3;

  /// Sets of at most so many factors are effects where larger ones stand for noise.
  static final int ORDER_OF_ONE_RUN = 2;

  /// Degrees of freedom from which on interactions are taken to tell the size of noise.
  private static final int LEAST_DEGREES = 8;

  public VarianceComponents {
    effects = List.copyOf(effects);
    noiseOfGroups = List.copyOf(noiseOfGroups);
  }

  /// What a set of factors contributes.
  ///
  /// @param factors names, in the order of the grid; empty for the interactions that are given
  ///   together
  /// @param variance unbiased estimate, below 0 where the effect is smaller than noise would make
  ///   it
  public record Component(List<String> factors, double variance, int degreesOfFreedom) {
    public Component {
      factors = List.copyOf(factors);
    }
  }

  /// The components of a complete grid, in squared units of its values.
  public static VarianceComponents of(RepeatedGrid design) {
    BalancedGrid grid = design.grid();
    boolean repeated = grid.repeats() > 1;
    RepeatNoise noise =
        repeated
            ? RepeatNoise.of(grid.values(), design, design.groupOfCells())
            : new RepeatNoise(0, new double[0], 0);
    double[] means = grid.cellMeans().values();
    double perDegree = noise.pooled() / grid.repeats() / grid.cells();
    List<Component> effects = new ArrayList<>();
    double unexplained = variance(means);
    int degreesLeft = grid.cells() - 1;
    for (Contrasts contrasts : Contrasts.of(means, grid.factors(), ORDER)) {
      if (!contrasts.chosen().isEmpty()) {
        int degrees = contrasts.degreesOfFreedom(grid.factors());
        double square = contrasts.meanSquare();
        unexplained -= square;
        degreesLeft -= degrees;
        effects.add(
            new Component(
                contrasts.chosen().stream().map(axis -> grid.factors().get(axis).name()).toList(),
                square - degrees * perDegree,
                degrees));
      }
    }
    Optional<Component> higher =
        degreesLeft == 0
            ? Optional.empty()
            : Optional.of(
                new Component(List.of(), unexplained - degreesLeft * perDegree, degreesLeft));
    List<Double> ofGroups = new ArrayList<>();
    for (double group : noise.ofGroups()) {
      ofGroups.add(group);
    }
    return new VarianceComponents(effects, higher, noise.block(), noise.pooled(), ofGroups);
  }

  /// The components of one run a cell, where nothing else tells noise than the interactions of
  /// three factors and more: their mean square is taken to be noise alone (Montgomery 2017, Design
  /// and Analysis of Experiments, section 6.5). As far as they are real, noise is too large and all
  /// other effects are too small. There is no block, and no noise of groups.
  ///
  /// @return empty where there are repeats, or such interactions have fewer than 8 degrees of
  ///   freedom
  public static Optional<VarianceComponents> ofOneRun(BalancedGrid grid) {
    double[] values = grid.cellMeans().values();
    List<Contrasts> contrasts = new ContrastSets(grid.factors(), ORDER_OF_ONE_RUN).ofSome(values);
    double left = variance(values);
    int degreesLeft = degreesOfOneRun(grid.factors());
    for (Contrasts one : contrasts) {
      left -= one.meanSquare();
    }
    if (grid.repeats() > 1 || degreesLeft < LEAST_DEGREES) {
      return Optional.empty();
    }
    double perDegree = Math.max(left, 0) / degreesLeft;
    List<Component> effects = new ArrayList<>();
    for (Contrasts one : contrasts) {
      int degrees = one.degreesOfFreedom(grid.factors());
      effects.add(
          new Component(
              one.chosen().stream().map(axis -> grid.factors().get(axis).name()).toList(),
              one.meanSquare() - degrees * perDegree,
              degrees));
    }
    return Optional.of(
        new VarianceComponents(effects, Optional.empty(), 0, perDegree * grid.cells(), List.of()));
  }

  /// Of the noise that interactions stand for in [#ofOneRun].
  static int degreesOfOneRun(List<Factor> factors) {
    int left = LossGrid.cells(factors) - 1;
    for (int i = 0; i < factors.size(); i++) {
      int degrees = factors.get(i).levels() - 1;
      left -= degrees;
      for (Factor other : factors.subList(0, i)) {
        left -= degrees * (other.levels() - 1);
      }
    }
    return left;
  }

  /// Sum of all components: the variance between runs of different cells and repeats.
  public double total() {
    double total = block + noise;
    for (Component effect : effects) {
      total += effect.variance();
    }
    return total + higher.map(Component::variance).orElse(0.0);
  }

  /// Effects of single factors: they come first, each at the place that it has among all effects.
  public List<Component> main() {
    return effects.stream().takeWhile(effect -> effect.factors().size() == 1).toList();
  }

  /// The effect of exactly these factors, named in any order.
  public Component effect(String... factors) {
    List<String> sorted = List.of(factors).stream().sorted().toList();
    return effects.stream()
        .filter(effect -> effect.factors().stream().sorted().toList().equals(sorted))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("no effect of " + List.of(factors)));
  }

  /// Share of the total, cut to 0 and 1; `NaN` where all values are equal.
  public double share(double variance) {
    double total = total();
    return total > 0 ? Math.clamp(variance / total, 0.0, 1.0) : Double.NaN;
  }

  private static double variance(double[] values) {
    double mean = new Observations(values).mean();
    double sum = 0;
    for (double value : values) {
      sum += (value - mean) * (value - mean);
    }
    return sum / values.length;
  }
}
