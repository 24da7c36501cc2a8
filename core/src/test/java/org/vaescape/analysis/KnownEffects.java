package org.vaescape.analysis;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.ToDoubleFunction;

/// A function whose terms of the functional ANOVA are known in closed form.
///
/// @param variances of the terms, by the bits of their inputs
record KnownEffects(
    String name, List<Axis> axes, ToDoubleFunction<double[]> function, double[] variances) {
  private static final Axis UNIT = new Axis.Real(0, 1);

  /// sin a + 7 sin^2 b + c^4 sin a / 10 over [-pi, pi] (Ishigami and Homma 1990).
  static KnownEffects ishigami() {
    Axis axis = new Axis.Real(-Math.PI, Math.PI);
    double fourth = Math.pow(Math.PI, 4);
    double[] variances = new double[8];
    variances[0b001] = Math.pow(1 + 0.1 * fourth / 5, 2) / 2;
    variances[0b010] = 49 / 8.0;
    variances[0b101] = 0.01 * fourth * fourth * (1 / 18.0 - 1 / 50.0);
    return new KnownEffects(
        "ishigami",
        List.of(axis, axis, axis),
        x -> {
          double sine = Math.sin(x[1]);
          return Math.sin(x[0]) * (1 + 0.1 * Math.pow(x[2], 4)) + 7 * sine * sine;
        },
        variances);
  }

  /// Product of (|4 x - 2| + a) / (1 + a) over the unit cube: each factor has variance 1 / (3 (1 +
  /// a)^2) (Sobol' 1993).
  static KnownEffects gFunction(double... a) {
    Axis[] axes = new Axis[a.length];
    Arrays.fill(axes, UNIT);
    double[] variances = new double[1 << a.length];
    for (int u = 1; u < variances.length; u++) {
      variances[u] = 1;
      for (int i = 0; i < a.length; i++) {
        variances[u] *= (u >>> i & 1) != 0 ? 1 / (3 * (1 + a[i]) * (1 + a[i])) : 1;
      }
    }
    return new KnownEffects(
        "g-function",
        List.of(axes),
        x -> {
          double product = 1;
          for (int i = 0; i < a.length; i++) {
            product *= (Math.abs(4 * x[i] - 2) + a[i]) / (1 + a[i]);
          }
          return product;
        },
        variances);
  }

  /// A sum of a line (0.4 of the variance), four levels (0.35), a step (0.15) and a bowl (0.1), and
  /// an input that does nothing.
  static KnownEffects additive() {
    double[] levels = {0, 0, 1, 3}; // variance 1.5
    double[] variances = new double[32];
    variances[0b00001] = 0.4;
    variances[0b00010] = 0.35;
    variances[0b00100] = 0.15;
    variances[0b01000] = 0.1;
    return new KnownEffects(
        "additive",
        List.of(UNIT, new Axis.Levels(4), UNIT, UNIT, UNIT),
        x ->
            Math.sqrt(0.4 * 12) * x[0]
                + Math.sqrt(0.35 / 1.5) * levels[(int) x[1]]
                + Math.sqrt(0.15 * 4) * (x[2] < 0.5 ? 1 : 0)
                + Math.sqrt(0.1 * 45 / 4) * Math.pow(2 * x[3] - 1, 2),
        variances);
  }

  /// A bowl whose bottom three levels move (a learning rate, by optimizer), a saturating input and
  /// one that does nothing: 4 (a - m)^2 + exp(-4 c) / 2 for m of 0.3, 0.5 and 0.8.
  static KnownEffects bowl() {
    double[] bottoms = {0.3, 0.5, 0.8};
    // 4 (a - m)^2 = 4 (a^2 - a) + 4 (1 - 2 m) (a - 1/2) + a term of m alone: with b = a - 1/2,
    // 4 b^2 + 4 (1 - 2 m) b + (1 - 2 m)^2. The parts of b have variances 1/180 and 1/12.
    double mean = 0;
    double square = 0;
    double fourth = 0;
    for (double m : bottoms) {
      double slope = 1 - 2 * m;
      mean += slope / 3;
      square += slope * slope / 3;
      fourth += Math.pow(slope, 4) / 3;
    }
    double[] variances = new double[16];
    variances[0b0001] = 16 / 180.0 + 16 * mean * mean / 12;
    variances[0b0010] = fourth - square * square;
    variances[0b0011] = 16 * (square - mean * mean) / 12;
    double first = (1 - Math.exp(-4)) / 8;
    variances[0b0100] = (1 - Math.exp(-8)) / 32 - first * first;
    return new KnownEffects(
        "bowl",
        List.of(UNIT, new Axis.Levels(3), UNIT, UNIT),
        x -> 4 * Math.pow(x[0] - bottoms[(int) x[1]], 2) + Math.exp(-4 * x[2]) / 2,
        variances);
  }

  double variance() {
    return Arrays.stream(variances).sum();
  }

  /// Share of an effect in the function's variance.
  ///
  /// @param effect by [EffectIndex]
  double share(int effect) {
    EffectIndex index = new EffectIndex(axes.size());
    double sum = 0;
    for (int u = 1; u < variances.length; u++) {
      sum += variances[u] * weight(index, effect, u);
    }
    return sum / variance();
  }

  /// How much of the term of some inputs is in an effect.
  private static double weight(EffectIndex index, int effect, int term) {
    int size = Integer.bitCount(term);
    for (int i = 0; i < index.inputs(); i++) {
      boolean has = (term >>> i & 1) != 0;
      if (effect == index.first(i)) {
        return has && size == 1 ? 1 : 0;
      }
      if (effect == index.total(i)) {
        return has ? 1 : 0;
      }
      if (effect == index.shapley(i)) {
        return has ? 1.0 / size : 0;
      }
      for (int j = 0; j < i; j++) {
        if (effect == index.pair(i, j)) {
          return has && (term >>> j & 1) != 0 && size == 2 ? 1 : 0;
        }
      }
    }
    return 1;
  }

  /// Runs at settings drawn uniformly, with normal noise.
  ///
  /// @param noise share of noise in the variance of outcomes
  /// @param repeats of each setting
  Evaluations runs(int settings, int repeats, double noise, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    double deviation = Math.sqrt(variance() * noise / (1 - noise));
    int inputs = axes.size();
    double[] x = new double[settings * repeats * inputs];
    double[] y = new double[settings * repeats];
    double[] setting = new double[inputs];
    for (int run = 0; run < y.length; run++) {
      if (run % repeats == 0) {
        for (int input = 0; input < inputs; input++) {
          setting[input] = PointPairs.on(axes.get(input), random.nextDouble());
        }
      }
      System.arraycopy(setting, 0, x, run * inputs, inputs);
      y[run] = function.applyAsDouble(setting) + deviation * random.nextGaussian();
    }
    return new Evaluations(axes, x, y);
  }
}
