package org.vaescape.analysis;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.vaescape.Covers;
import org.vaescape.Golden;
import org.vaescape.analysis.VarianceComponents.Component;

@Covers("analysis/components")
class VarianceComponentsTest {
  private static final double RTOL = 1e-9;

  @Test
  void agreesWithTheMeanSquaresOfStatsmodels() {
    JsonNode file = Golden.read("analysis/components");
    for (JsonNode known : Golden.at(file, "cases")) {
      RepeatedGrid design = design(file, known);
      VarianceComponents found = VarianceComponents.of(design);
      String where = known.get("repeats") + " repeats, crossed " + known.get("crossed");
      assertEquals(known.get("effects").size(), found.effects().size());
      for (JsonNode effect : known.get("effects")) {
        List<String> factors = new ArrayList<>();
        effect.get("factors").forEach(factor -> factors.add(factor.textValue()));
        Component own = found.effect(factors.toArray(String[]::new));
        close(effect.get("variance").doubleValue(), own.variance(), where + factors);
        assertEquals(effect.get("df").intValue(), own.degreesOfFreedom());
      }
      close(known.get("noise").doubleValue(), found.noise(), where);
      if (design.crossed()) {
        close(known.get("block").doubleValue(), found.block(), where);
      } else {
        assertEquals(0, found.block());
      }
      for (int level = 0; level < 2; level++) {
        close(
            known.get("noise_by_c").get(level).doubleValue(),
            found.noiseOfGroups().get(level),
            where + " level " + level);
      }
      assertTrue(found.higher().isEmpty());
    }
  }

  private static RepeatedGrid design(JsonNode file, JsonNode known) {
    List<Factor> factors = new ArrayList<>();
    for (int i = 0; i < Golden.at(file, "factors").size(); i++) {
      factors.add(
          new Factor(
              Golden.at(file, "factors/" + i).textValue(),
              Golden.at(file, "levels/" + i).intValue()));
    }
    return new RepeatedGrid(
        new BalancedGrid(
            factors, known.get("repeats").intValue(), Golden.array(known, "y").doubles()),
        known.get("crossed").booleanValue(),
        Optional.of(Golden.at(file, "noisy_by").textValue()));
  }

  private static void close(double expected, double actual, String what) {
    assertEquals(expected, actual, RTOL * Math.max(1e-3, Math.abs(expected)), what);
  }

  @Test
  void isUnbiasedThoughNoiseDiffersBetweenOptimizers() {
    ShareCoverage.Case that = new ShareCoverage.Case(2, new double[] {1, 20, 20}, true);
    SplittableRandom random = new SplittableRandom(3);
    Map<String, Double> means = new LinkedHashMap<>();
    double[] groups = new double[3];
    int studies = 400;
    for (int study = 0; study < studies; study++) {
      VarianceComponents found = VarianceComponents.of(ShareCoverage.simulated(that, random));
      for (Component effect : found.effects()) {
        means.merge(String.join(":", effect.factors()), effect.variance() / studies, Double::sum);
      }
      means.merge("noise", found.noise() / studies, Double::sum);
      means.merge("block", found.block() / studies, Double::sum);
      for (int group = 0; group < 3; group++) {
        groups[group] += found.noiseOfGroups().get(group) / studies;
      }
    }
    // Bounds are about 4 standard errors of 400 studies.
    assertEquals(0.3, means.getOrDefault("learning-rate", Double.NaN), 0.005);
    assertEquals(0.003, means.getOrDefault("latent", Double.NaN), 0.0012);
    assertEquals(0.5, means.getOrDefault("optimizer", Double.NaN), 0.007);
    assertEquals(0, means.getOrDefault("learning-rate:latent", Double.NaN), 0.0016);
    assertEquals(0, means.getOrDefault("learning-rate:latent:optimizer", Double.NaN), 0.0025);
    assertEquals(0.05, means.getOrDefault("block", Double.NaN), 0.015);
    assertEquals(0.097, means.getOrDefault("noise", Double.NaN), 0.003);
    double unit = 0.097 / (801 / 3.0);
    assertEquals(unit, groups[0], unit * 0.6); // what others leave in it by chance is larger
    assertEquals(400 * unit, groups[1], 400 * unit * 0.03);
  }

  /// Against sums of squares by means of levels, written out for three factors.
  @Test
  void largerInteractionsStandForTheNoiseOfOneRunACell() {
    int[] levels = {3, 4, 3};
    List<Factor> factors = List.of(new Factor("a", 3), new Factor("b", 4), new Factor("c", 3));
    double[] y = new SplittableRandom(8).doubles(36).toArray();
    VarianceComponents found =
        VarianceComponents.ofOneRun(new BalancedGrid(factors, 1, y)).orElseThrow();
    double grand = Arrays.stream(y).average().orElseThrow();
    double[][] single = new double[3][];
    for (int axis = 0; axis < 3; axis++) {
      single[axis] = new double[levels[axis]];
      for (int cell = 0; cell < 36; cell++) {
        single[axis][level(cell, axis)] += (y[cell] - grand) * levels[axis] / 36;
      }
    }
    double left = Arrays.stream(y).map(v -> (v - grand) * (v - grand)).sum();
    double[] squares = new double[6];
    int[][] pairs = {{0, 1}, {0, 2}, {1, 2}};
    for (int axis = 0; axis < 3; axis++) {
      squares[axis] = 36.0 / levels[axis] * Arrays.stream(single[axis]).map(v -> v * v).sum();
    }
    for (int p = 0; p < 3; p++) {
      int one = pairs[p][0];
      int two = pairs[p][1];
      for (int i = 0; i < levels[one]; i++) {
        for (int j = 0; j < levels[two]; j++) {
          double mean = 0;
          for (int cell = 0; cell < 36; cell++) {
            boolean here = level(cell, one) == i && level(cell, two) == j;
            mean += here ? y[cell] * levels[one] * levels[two] / 36 : 0;
          }
          double contrast = mean - grand - single[one][i] - single[two][j];
          squares[3 + p] += 36.0 / levels[one] / levels[two] * contrast * contrast;
        }
      }
    }
    int[] degrees = {2, 3, 2, 6, 4, 6};
    left -= Arrays.stream(squares).sum();
    double noise = left / 12; // 2 x 3 x 2 degrees of freedom
    assertEquals(noise, found.noise(), 1e-12);
    for (int effect = 0; effect < 6; effect++) {
      assertEquals(
          (squares[effect] - degrees[effect] * noise) / 36,
          found.effects().get(effect).variance(),
          1e-12);
    }
    assertEquals(6, found.effects().size());
  }

  private static int level(int cell, int axis) {
    return axis == 0 ? cell / 12 : axis == 1 ? cell / 3 % 4 : cell % 3;
  }

  @Test
  void fewInteractionsOrRepeatsTellNoNoiseByInteractions() {
    double[] values = new SplittableRandom(2).doubles(24).toArray();
    for (BalancedGrid grid :
        List.of(
            new BalancedGrid(List.of(new Factor("a", 6), new Factor("b", 4)), 1, values),
            new BalancedGrid(
                List.of(new Factor("a", 3), new Factor("b", 4), new Factor("c", 2)), 1, values),
            new BalancedGrid(
                List.of(new Factor("a", 2), new Factor("b", 3), new Factor("c", 2)), 2, values))) {
      assertEquals(Optional.empty(), VarianceComponents.ofOneRun(grid));
    }
  }

  @Test
  void aBlockMovesNoEffect() {
    SplittableRandom random = new SplittableRandom(5);
    double[] values = random.doubles(24).toArray();
    double[] shifted = values.clone();
    for (int i = 0; i < shifted.length; i++) {
      shifted[i] += i % 2 == 0 ? 0 : 7;
    }
    VarianceComponents plain = VarianceComponents.of(small(values, true));
    VarianceComponents moved = VarianceComponents.of(small(shifted, true));
    for (int effect = 0; effect < plain.effects().size(); effect++) {
      assertEquals(
          plain.effects().get(effect).variance(), moved.effects().get(effect).variance(), 1e-12);
    }
    assertEquals(plain.noise(), moved.noise(), 1e-12);
    assertEquals(24.5, moved.block() - plain.block(), 4); // variance of 0 and 7, plus a product
    assertTrue(VarianceComponents.of(small(shifted, false)).noise() > 20);
  }

  @Test
  void sharesAddUpToTheWhole() {
    SplittableRandom random = new SplittableRandom(11);
    List<Factor> factors = new ArrayList<>();
    for (String name : List.of("a", "b", "c", "d", "e")) {
      factors.add(new Factor(name, 2));
    }
    double[] values = random.doubles(64).toArray();
    VarianceComponents found =
        VarianceComponents.of(
            new RepeatedGrid(new BalancedGrid(factors, 2, values), false, Optional.empty()));
    assertEquals(5 + 10 + 10, found.effects().size());
    assertEquals(5 + 1, found.higher().orElseThrow().degreesOfFreedom());
    double between = 0;
    for (int i = 0; i < values.length; i += 2) {
      double mean = (values[i] + values[i + 1]) / 2;
      between += mean * mean / 32;
    }
    double mean = Arrays.stream(values).average().orElseThrow();
    // Unbiased: what lies between cells, less what noise puts there, plus noise.
    double expected = between - mean * mean - 31 * found.noise() / 2 / 32 + found.noise();
    assertEquals(expected, found.total(), 1e-12);
  }

  @Test
  void aGridOfOneRepeatHasNoNoise() {
    VarianceComponents found =
        VarianceComponents.of(
            new RepeatedGrid(
                new BalancedGrid(
                    List.of(new Factor("a", 2), new Factor("b", 2)), 1, new double[] {1, 2, 3, 5}),
                true,
                Optional.empty()));
    assertEquals(0, found.noise());
    assertEquals(List.of(), found.noiseOfGroups());
    assertEquals(1.5625, found.effect("a").variance(), 1e-12); // (1.25)^2
    assertEquals(0.0625, found.effect("b", "a").variance(), 1e-12);
  }

  @Test
  void refusesNoiseByWhatIsNoFactor() {
    BalancedGrid grid = new BalancedGrid(List.of(new Factor("a", 2)), 1, new double[] {1, 2});
    assertThrows(
        IllegalArgumentException.class,
        () -> new RepeatedGrid(grid, false, Optional.of("optimizer")));
  }

  private static RepeatedGrid small(double[] values, boolean crossed) {
    return new RepeatedGrid(
        new BalancedGrid(List.of(new Factor("a", 3), new Factor("b", 4)), 2, values),
        crossed,
        Optional.of("a"));
  }
}
