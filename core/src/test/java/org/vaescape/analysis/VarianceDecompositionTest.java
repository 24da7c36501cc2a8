package org.vaescape.analysis;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.vaescape.Covers;
import org.vaescape.Golden;

@Covers("analysis/anova")
class VarianceDecompositionTest {
  private static final JsonNode FILE = Golden.read("analysis/anova");
  private static final double RTOL = 1e-9;

  private static BalancedGrid golden() {
    List<Factor> factors = new ArrayList<>();
    for (int i = 0; i < Golden.at(FILE, "factors").size(); i++) {
      String name = Golden.at(FILE, "factors/" + i).textValue();
      factors.add(new Factor(name, Golden.at(FILE, "levels/" + i).intValue()));
    }
    int repeats = Golden.at(FILE, "replicates").intValue();
    return new BalancedGrid(factors, repeats, Golden.array(FILE, "y").doubles());
  }

  private static void close(JsonNode node, String path, double actual) {
    Golden.assertClose(Golden.number(node, path), actual, RTOL, 0, path);
  }

  @Test
  void splitsTheSquaresOfAGridAsNumpyAndStatsmodelsDo() {
    VarianceDecomposition found = VarianceDecomposition.of(golden());
    JsonNode table = Golden.at(FILE, "table");
    assertEquals(table.size(), found.effects().size());
    List<String> order = new ArrayList<>();
    for (Effect effect : found.effects()) {
      String name = String.join(":", effect.factors());
      order.add(name);
      JsonNode expected = Golden.at(table, name);
      VarianceDecomposition.EffectTest test = found.test(effect).orElseThrow();
      close(expected, "ss", effect.sumOfSquares());
      close(expected, "df", effect.degreesOfFreedom());
      close(expected, "mean_square", effect.meanSquare());
      close(expected, "fraction", found.fraction(effect));
      close(expected, "F", test.f());
      close(expected, "p", test.p());
      close(expected, "omega_squared", test.omegaSquared());
      JsonNode statsmodels = Golden.at(FILE, "statsmodels_type2/" + name);
      close(statsmodels, "ss", effect.sumOfSquares());
      close(statsmodels, "F", test.f());
      close(statsmodels, "p", test.p());
    }
    List<String> names = new ArrayList<>();
    table.fieldNames().forEachRemaining(names::add);
    assertEquals(names, order, "order of the effects");
    close(FILE, "residual/ss", found.residual());
    close(FILE, "residual/df", found.residualDegrees());
    close(FILE, "residual/fraction", found.residualFraction());
    close(FILE, "total_ss", found.total());
    close(FILE, "grand_mean", found.mean());
    double sum = found.effects().stream().mapToDouble(found::fraction).sum();
    close(FILE, "sum_of_fractions", sum + found.residualFraction());
  }

  @Test
  void splitsTheVarianceOfTheCellMeans() {
    VarianceDecomposition found = VarianceDecomposition.of(golden().cellMeans());
    JsonNode expected = Golden.at(FILE, "cell_means");
    for (Effect effect : found.effects()) {
      String name = "table/" + String.join(":", effect.factors());
      close(expected, name + "/ss", effect.sumOfSquares());
      close(expected, name + "/fraction", found.fraction(effect));
      assertEquals(Optional.empty(), found.test(effect), "no noise, no test");
    }
    close(expected, "total_ss", found.total());
    assertEquals(0, found.residual());
    for (Factor factor : golden().factors()) {
      String name = factor.name();
      close(expected, "first_order/" + name, found.firstOrder(name));
      close(expected, "total_effect/" + name, found.totalEffect(name));
    }
  }

  @Test
  void describesTheLevelsOfAFactor() {
    BalancedGrid grid = golden();
    for (int factor = 0; factor < grid.factors().size(); factor++) {
      JsonNode expected = Golden.at(FILE, "marginals/" + grid.factors().get(factor).name());
      double[] means = Golden.array(expected, "mean").doubles();
      double[] deviations = Golden.array(expected, "sd_ddof1").doubles();
      for (int level = 0; level < means.length; level++) {
        Observations at = grid.at(factor, level);
        // The arrays of the files have 9 digits.
        Golden.assertClose(means[level], at.mean(), 5e-9, 0, "mean");
        Golden.assertClose(deviations[level], at.standardDeviation(), 5e-9, 0, "deviation");
      }
    }
  }

  private static double squaresWithinCells(BalancedGrid grid) {
    double[] means = grid.cellMeans().values();
    double sum = 0;
    for (int i = 0; i < grid.values().length; i++) {
      sum += Math.pow(grid.values()[i] - means[i / grid.repeats()], 2);
    }
    return sum;
  }

  /// Contrasts add up to the means of the cells, and vanish in the sum over any factor.
  @Test
  void takesAGridApartSoThatItCanBePutTogether() {
    SplittableRandom random = new SplittableRandom(5);
    List<Factor> factors = List.of(new Factor("a", 2), new Factor("b", 3), new Factor("c", 4));
    double[] values = random.doubles(24L * 3, -1, 1).toArray();
    BalancedGrid grid = new BalancedGrid(factors, 3, values);
    VarianceDecomposition found = VarianceDecomposition.of(grid);
    double[] sums = new double[24];
    Arrays.fill(sums, found.mean());
    for (int cell = 0; cell < 24; cell++) {
      int[] level = {cell / 12, cell / 4 % 3, cell % 4};
      for (Effect effect : found.effects()) {
        int place = 0;
        for (String name : effect.factors()) {
          int factor = BalancedGrid.names(factors).indexOf(name);
          place = place * factors.get(factor).levels() + level[factor];
        }
        sums[cell] += effect.contrasts()[place];
      }
    }
    assertArrayEquals(grid.cellMeans().values(), sums, 1e-14);
    double[] pair = found.effect("c", "a").contrasts();
    for (int c = 0; c < 4; c++) {
      assertEquals(0, pair[c] + pair[4 + c], 1e-15);
    }
    double residual = squaresWithinCells(grid);
    assertEquals(residual, found.residual(), 1e-12);
    double parts = found.effects().stream().mapToDouble(Effect::sumOfSquares).sum();
    assertEquals(found.total(), parts + found.residual(), 1e-12);
  }

  @Test
  void findsAPlantedInteractionAndNothingElse() {
    List<Factor> factors = List.of(new Factor("a", 2), new Factor("b", 2), new Factor("c", 3));
    double[] values = {1, 1, 1, -1, -1, -1, -1, -1, -1, 1, 1, 1};
    VarianceDecomposition found = VarianceDecomposition.of(new BalancedGrid(factors, 1, values));
    for (Effect effect : found.effects()) {
      double expected = effect.factors().equals(List.of("a", "b")) ? 1 : 0;
      assertEquals(expected, found.fraction(effect), 1e-15, effect.factors().toString());
    }
    assertEquals(1, found.totalEffect("a"));
    assertEquals(0, found.totalEffect("c"));
    assertEquals(0, found.firstOrder("b"));
  }

  @Test
  void saysNothingOfAConstantGrid() {
    BalancedGrid grid = new BalancedGrid(List.of(new Factor("a", 2)), 2, new double[] {3, 3, 3, 3});
    VarianceDecomposition found = VarianceDecomposition.of(grid);
    assertEquals(0, found.total());
    assertEquals(Double.NaN, found.firstOrder("a"));
    VarianceDecomposition.EffectTest test = found.test(found.effect("a")).orElseThrow();
    assertEquals(Double.NaN, test.f());
    assertEquals(Double.NaN, test.p());
  }

  @Test
  void callsAnEffectWithoutAnyNoiseCertain() {
    BalancedGrid grid = new BalancedGrid(List.of(new Factor("a", 2)), 2, new double[] {1, 1, 2, 2});
    VarianceDecomposition found = VarianceDecomposition.of(grid);
    VarianceDecomposition.EffectTest test = found.test(found.effect("a")).orElseThrow();
    assertEquals(Double.POSITIVE_INFINITY, test.f());
    assertEquals(0, test.p());
    assertEquals(1, test.omegaSquared());
  }

  @Test
  void takesTenThousandCellsOfEightFactorsApart() {
    List<Factor> factors = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      factors.add(new Factor("f" + i, i < 2 ? 4 : 3));
    }
    int cells = factors.stream().mapToInt(Factor::levels).reduce(1, Math::multiplyExact);
    double[] values = new SplittableRandom(1).doubles(cells).toArray();
    VarianceDecomposition found = VarianceDecomposition.of(new BalancedGrid(factors, 1, values));
    assertEquals(255, found.effects().size());
    assertEquals(1, found.effects().stream().mapToDouble(found::fraction).sum(), 1e-12);
    int degrees = found.effects().stream().mapToInt(Effect::degreesOfFreedom).sum();
    assertEquals(cells - 1, degrees);
  }

  @Test
  void refusesWhatIsNoBalancedGrid() {
    Factor two = new Factor("a", 2);
    assertTrue(refusal(() -> new Factor("b", 1)).contains("factor b must have at least 2 levels"));
    assertTrue(
        refusal(() -> new BalancedGrid(List.of(two), 2, new double[3])).contains("4 values"));
    assertTrue(
        refusal(() -> new BalancedGrid(List.of(two, two), 1, new double[4])).contains("distinct"));
    assertTrue(
        refusal(() -> new BalancedGrid(List.of(two), 1, new double[] {1, Double.NaN}))
            .contains("number 1 (from 0) is NaN"));
    VarianceDecomposition found =
        VarianceDecomposition.of(new BalancedGrid(List.of(two), 1, new double[] {1, 2}));
    assertTrue(refusal(() -> found.totalEffect("z")).contains("no effect of [z]"));
  }

  private static String refusal(Runnable call) {
    return String.valueOf(assertThrows(IllegalArgumentException.class, call::run).getMessage());
  }
}
