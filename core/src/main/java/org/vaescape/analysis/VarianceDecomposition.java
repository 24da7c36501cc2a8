package org.vaescape.analysis;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The sum of squares of a complete grid, split exactly among all sets of factors and the repeats.
///
/// The contrasts of a set u of factors are those of the functional ANOVA on the finite grid, f_u =
/// sum over v in u of (-1)^(|u|-|v|) (marginal mean of v) (Hoeffding 1948, Annals of Mathematical
/// Statistics 19:293; Fisher's analysis of variance). In a balanced grid they are orthogonal:
/// `total` is the sum over all effects and the residual. Sums of squares of small effects contain
/// their share of the noise; the mean square of an effect, less that of the noise, does not.
///
/// @param mean of all values
/// @param total sum of squared distances from the mean
/// @param effects all sets of factors but the empty one: single factors first, then pairs, each
///   kind in the order of the grid
/// @param residual sum of squared distances from the means of the cells; 0 in a grid of one repeat
/// @param residualDegrees cells x (repeats - 1)
public record VarianceDecomposition(
    double mean, double total, List<Effect> effects, double residual, int residualDegrees) {
  /// 2^16 effects are more than anybody reads.
  private static final int MOST_FACTORS = 16;

  public VarianceDecomposition {
    effects = List.copyOf(effects);
  }

  /// The decomposition of a grid; of its [BalancedGrid#cellMeans] it is the functional ANOVA of the
  /// landscape.
  ///
  /// Time and memory grow with the product of levels + 1.
  public static VarianceDecomposition of(BalancedGrid grid) {
    List<Factor> factors = grid.factors();
    Demand.that(
        factors.size() <= MOST_FACTORS,
        "at most " + MOST_FACTORS + " factors can be told apart but there are " + factors.size());
    double[] values = grid.values();
    double[] means = grid.cellMeans().values();
    double residual = 0;
    for (int i = 0; i < values.length; i++) {
      double distance = values[i] - means[i / grid.repeats()];
      residual += distance * distance;
    }
    double mean = new Observations(means).mean();
    double total = 0;
    for (double value : values) {
      total += (value - mean) * (value - mean);
    }
    List<Effect> effects = new ArrayList<>();
    for (Contrasts contrasts : Contrasts.of(means, factors, factors.size())) {
      if (!contrasts.chosen().isEmpty()) {
        effects.add(effect(contrasts, factors, values.length));
      }
    }
    return new VarianceDecomposition(mean, total, effects, residual, values.length - grid.cells());
  }

  private static Effect effect(Contrasts contrasts, List<Factor> factors, int observations) {
    List<String> names = contrasts.chosen().stream().map(axis -> factors.get(axis).name()).toList();
    return new Effect(
        names,
        contrasts.values(),
        contrasts.meanSquare() * observations,
        contrasts.degreesOfFreedom(factors));
  }

  /// The effect of exactly these factors, named in any order.
  public Effect effect(String... factors) {
    List<String> sorted = List.of(factors).stream().sorted().toList();
    return effects.stream()
        .filter(effect -> effect.factors().stream().sorted().toList().equals(sorted))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("no effect of " + List.of(factors)));
  }

  /// Share of the total sum of squares, from 0 to 1; `NaN` where all values are equal.
  public double fraction(Effect effect) {
    return effect.sumOfSquares() / total;
  }

  /// Share of the repeats in the total sum of squares; `NaN` where all values are equal.
  public double residualFraction() {
    return residual / total;
  }

  /// Share that a factor has alone: Sobol's first-order index of the finite grid.
  public double firstOrder(String factor) {
    return fraction(effect(factor));
  }

  /// Share of all effects that a factor takes part in: Sobol's total index of the finite grid.
  public double totalEffect(String factor) {
    double squares = 0;
    effect(factor); // refuses a factor that the grid does not have
    for (Effect effect : effects) {
      if (effect.factors().contains(factor)) {
        squares += effect.sumOfSquares();
      }
    }
    return squares / total;
  }

  /// Mean square of the repeats within cells, pooled over all; `NaN` in a grid of one repeat.
  public double residualMeanSquare() {
    return residualDegrees == 0 ? Double.NaN : residual / residualDegrees;
  }

  /// The F test of an effect against the pooled residual; empty in a grid of one repeat.
  ///
  /// It supposes noise that is normal, independent and equally large in all cells. Noise of trials
  /// differs between optimizers by factors of 10 to 40: the p of a whole study means little.
  public Optional<EffectTest> test(Effect effect) {
    if (residualDegrees == 0) {
      return Optional.empty();
    }
    double noise = residualMeanSquare();
    double f = effect.meanSquare() / noise; // 0 / 0 is NaN, and so is p
    double omegaSquared =
        (effect.sumOfSquares() - effect.degreesOfFreedom() * noise) / (total + noise);
    return Optional.of(
        new EffectTest(f, Tails.f(f, effect.degreesOfFreedom(), residualDegrees), omegaSquared));
  }

  /// What an F test found.
  ///
  /// @param f mean square of the effect over that of the residual; infinite where repeats agree to
  ///   the last bit, `NaN` where in addition the effect is nil
  /// @param p probability of a larger f where the effect is nil
  /// @param omegaSquared estimate of the share of variance, (SS - df MSE) / (SST + MSE) (Hays
  ///   1963); below 0 where the effect is smaller than noise alone would make it
  public record EffectTest(double f, double p, double omegaSquared) {}
}
