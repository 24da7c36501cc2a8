package org.vaescape.analysis;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class LocalEffectsTest {
  private static final int[] COUNTS = {2, 3, 2, 2};

  private static final int[][] ORDERS = orders();

  /// Means over all settings x and z and all orders are exact where inputs are levels; the
  /// variances of the terms come from means over the inputs that a term lacks.
  @Test
  void meansOverEverythingAreTheVariancesCountedOut() {
    double[][] settings = settings();
    double[] y = new double[settings.length];
    double mean = 0;
    for (int i = 0; i < y.length; i++) {
      y[i] = Math.sin(3 + 5 * i) + 2 * settings[i][0] * settings[i][1];
      mean += y[i] / y.length;
    }
    double center = mean;
    MixedFunction f =
        (pair, fromX) -> {
          int place = 0;
          for (int input = 0; input < COUNTS.length; input++) {
            place = place * COUNTS[input] + (int) MixedFunction.value(pair, input, fromX);
          }
          return y[place] - center;
        };
    EffectIndex index = new EffectIndex(COUNTS.length);
    LocalEffects effects = new LocalEffects(index);
    double[] found = new double[index.size()];
    double[] byFunction = new double[index.size()];
    double weight = 1.0 / (settings.length * settings.length * ORDERS.length);
    for (double[] x : settings) {
      for (double[] z : settings) {
        for (int[] order : ORDERS) {
          effects.at(f, pair(x, z), order, true);
          for (int e = 0; e < found.length; e++) {
            found[e] += weight * effects.local[e] * effects.factor[e];
            byFunction[e] += weight * effects.local[e] * effects.local[index.all()];
          }
        }
      }
    }
    KnownEffects known = new KnownEffects("", List.of(axes()), x -> 0, terms(settings, y));
    for (int e = 0; e < found.length; e++) {
      double expected = known.share(e) * known.variance();
      assertEquals(expected, found[e], 1e-12, "effect " + e);
      assertEquals(expected, byFunction[e], 1e-12, "effect " + e + " by the function");
    }
  }

  static List<KnownEffects> functions() {
    return List.of(
        KnownEffects.ishigami(),
        KnownEffects.gFunction(0, 1, 4.5, 9, 99, 99, 99, 99),
        KnownEffects.additive(),
        KnownEffects.bowl());
  }

  @ParameterizedTest
  @MethodSource("functions")
  void evenPointsReachTheClosedForms(KnownEffects known) {
    int inputs = known.axes().size();
    PointPairs points = PointPairs.of(known.axes(), 4096, 1);
    double[] mixed = new double[inputs];
    double center = 0;
    for (double[] pair : points.pairs()) {
      for (int input = 0; input < inputs; input++) {
        mixed[input] = MixedFunction.value(pair, input, -1);
      }
      center += known.function().applyAsDouble(mixed) / points.count();
    }
    double mean = center;
    MixedFunction f =
        (pair, fromX) -> {
          for (int input = 0; input < inputs; input++) {
            mixed[input] = MixedFunction.value(pair, input, fromX);
          }
          return known.function().applyAsDouble(mixed) - mean;
        };
    EffectIndex index = new EffectIndex(inputs);
    LocalEffects effects = new LocalEffects(index);
    double[] found = new double[index.size()];
    for (int i = 0; i < points.count(); i++) {
      effects.at(f, points.pairs()[i], points.orders()[i], true);
      for (int e = 0; e < found.length; e++) {
        found[e] += effects.local[e] * effects.factor[e] / points.count();
      }
    }
    for (int e = 0; e < found.length; e++) {
      // Three times the deviation over 20 scrambles of the worst effect, the Ishigami pair.
      assertEquals(known.share(e), found[e] / known.variance(), 0.015, "effect " + e);
    }
  }

  @Test
  void theKnownSharesAreThePublishedOnes() {
    KnownEffects ishigami = KnownEffects.ishigami();
    EffectIndex index = new EffectIndex(3);
    double[] first = {0.3139, 0.4424, 0};
    double[] total = {0.5576, 0.4424, 0.2437};
    for (int input = 0; input < 3; input++) {
      assertEquals(first[input], ishigami.share(index.first(input)), 5e-5);
      assertEquals(total[input], ishigami.share(index.total(input)), 5e-5);
    }
    double sum = 0;
    for (int input = 0; input < 3; input++) {
      sum += ishigami.share(index.shapley(input));
    }
    assertEquals(1, sum, 1e-14);
  }

  /// Variance of each term: that of the mean over all inputs not in it, less those of its subsets.
  private static double[] terms(double[][] settings, double[] y) {
    double[] terms = new double[1 << COUNTS.length];
    for (int u = 0; u < terms.length; u++) {
      double square = 0;
      for (double[] at : settings) {
        double sum = 0;
        int count = 0;
        for (int i = 0; i < y.length; i++) {
          boolean same = true;
          for (int input = 0; input < COUNTS.length; input++) {
            same &= (u >>> input & 1) == 0 || settings[i][input] == at[input];
          }
          sum += same ? y[i] : 0;
          count += same ? 1 : 0;
        }
        square += sum / count * (sum / count) / settings.length;
      }
      terms[u] = square;
      for (int subset = 0; subset < u; subset++) {
        terms[u] -= (subset & u) == subset ? terms[subset] : 0;
      }
    }
    terms[0] = 0;
    return terms;
  }

  private static double[] pair(double[] x, double[] z) {
    double[] pair = new double[2 * x.length];
    for (int input = 0; input < x.length; input++) {
      pair[2 * input] = z[input];
      pair[2 * input + 1] = x[input];
    }
    return pair;
  }

  private static double[][] settings() {
    double[][] settings = new double[2 * 3 * 2 * 2][COUNTS.length];
    for (int i = 0; i < settings.length; i++) {
      int rest = i;
      for (int input = COUNTS.length - 1; input >= 0; input--) {
        settings[i][input] = rest % COUNTS[input];
        rest /= COUNTS[input];
      }
    }
    return settings;
  }

  private static Axis[] axes() {
    Axis[] axes = new Axis[COUNTS.length];
    for (int input = 0; input < axes.length; input++) {
      axes[input] = new Axis.Levels(COUNTS[input]);
    }
    return axes;
  }

  private static int[][] orders() {
    int[][] orders = new int[24][];
    int found = 0;
    for (int code = 0; code < 256; code++) {
      int[] order = {code & 3, code >> 2 & 3, code >> 4 & 3, code >> 6};
      int seen = 0;
      for (int input : order) {
        seen |= 1 << input;
      }
      if (seen == 15) {
        orders[found++] = order;
      }
    }
    return orders;
  }
}
