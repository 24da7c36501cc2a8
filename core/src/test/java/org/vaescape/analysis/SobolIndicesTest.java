package org.vaescape.analysis;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.function.ToDoubleFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.vaescape.Covers;
import org.vaescape.Golden;

@Covers("analysis/sobol")
class SobolIndicesTest {
  private static final int SEEDS = 20;

  @ParameterizedTest
  @ValueSource(strings = {"ishigami", "g_function"})
  void aGivenSampleHasTheIndicesOfSalib(String name) {
    JsonNode given = Golden.at(Golden.read("analysis/sobol"), name + "/given_sample");
    int inputs = Golden.array(given, "x").shape()[1];
    SobolIndices indices = SobolIndices.withPairs(inputs, Golden.array(given, "y").doubles());
    double[] first = Golden.array(given, "salib_S1").doubles();
    double[] total = Golden.array(given, "salib_ST").doubles();
    Golden.assertClose(first, indices.first(), 0, 1e-7, "first");
    Golden.assertClose(total, indices.total(), 0, 1e-7, "total");
    for (JsonNode pair : Golden.at(given, "salib_S2")) {
      int i = pair.get(0).intValue();
      int j = pair.get(1).intValue();
      double expected = Golden.number(pair.get(2));
      Golden.assertClose(expected, indices.second()[i][j], 0, 1e-7, "second " + i + ", " + j);
      Golden.assertClose(expected, indices.second()[j][i], 0, 1e-7, "second " + j + ", " + i);
    }
  }

  /// At few points single scrambles miss by far, so it is their mean that has to lie within the
  /// largest error of the file's.
  @ParameterizedTest
  @CsvSource({
    "ishigami, 256", "ishigami, 1024", "ishigami, 8192",
    "g_function, 256", "g_function, 1024", "g_function, 8192"
  })
  void ownSamplesReachTheAnalyticValuesWithinTheErrorsOfSalib(String name, int base) {
    JsonNode file = Golden.at(Golden.read("analysis/sobol"), name);
    double[] first = Golden.array(file, "analytic/S1").doubles();
    double[] total = Golden.array(file, "analytic/ST").doubles();
    double[] firstMean = new double[first.length];
    double[] totalMean = new double[first.length];
    for (int seed = 0; seed < SEEDS; seed++) {
      SobolIndices indices =
          SaltelliSample.of(first.length, base, false, seed).indices(function(name, file));
      for (int i = 0; i < first.length; i++) {
        firstMean[i] += indices.first()[i] / SEEDS;
        totalMean[i] += indices.total()[i] / SEEDS;
      }
    }
    JsonNode errors = Golden.at(file, "salib_5_seeds/" + base);
    double firstError = Golden.number(errors, "S1_max_abs_error");
    double totalError = Golden.number(errors, "ST_max_abs_error");
    Golden.assertClose(first, firstMean, 0, firstError, "first");
    Golden.assertClose(total, totalMean, 0, totalError, "total");
  }

  @ParameterizedTest
  @ValueSource(strings = {"ishigami", "g_function"})
  void ownSamplesReachTheAnalyticValuesOfPairs(String name) {
    JsonNode file = Golden.at(Golden.read("analysis/sobol"), name);
    int inputs = Golden.array(file, "analytic/S1").data().length;
    SobolIndices indices = SaltelliSample.of(inputs, 8192, true, 1).indices(function(name, file));
    Golden.at(file, "analytic/S2")
        .properties()
        .forEach(pair -> {
          String ends = pair.getKey(); // "0:2"
          double found = indices.second()[ends.charAt(0) - '0'][ends.charAt(2) - '0'];
          assertEquals(Golden.number(pair.getValue()), found, 0.01, pair.getKey());
        });
  }

  @Test
  void anAdditiveFunctionHasNoInteraction() {
    SobolIndices indices = SaltelliSample.of(2, 4096, true, 3).indices(x -> 3 * x[0] - 4 * x[1]);
    // Variances 9/12 and 16/12.
    assertArrayEquals(new double[] {0.36, 0.64}, indices.first(), 1e-3);
    assertArrayEquals(new double[] {0.36, 0.64}, indices.total(), 1e-3);
    assertEquals(0, indices.second()[0][1], 2e-3);
  }

  @Test
  void aConstantFunctionHasNoIndices() {
    SobolIndices indices = SaltelliSample.of(2, 64, true, 3).indices(_ -> 0.1);
    assertArrayEquals(new double[] {Double.NaN, Double.NaN}, indices.first());
    assertArrayEquals(new double[] {Double.NaN, Double.NaN}, indices.total());
    assertTrue(Double.isNaN(indices.second()[0][1]));
  }

  @Test
  void equalSeedsGiveEqualBitsAndOthersOtherSamples() {
    double[] one = SaltelliSample.of(3, 16, true, 5).points();
    assertArrayEquals(one, SaltelliSample.of(3, 16, true, 5).points());
    assertTrue(furthest(one, SaltelliSample.of(3, 16, true, 6).points()) > 0.1);
  }

  @Test
  void theRowsOfABasePointSwapOneInputEach() {
    SaltelliSample sample = SaltelliSample.of(2, 1, true, 7);
    double[] p = sample.points();
    double a0 = p[0];
    double a1 = p[1];
    double b0 = p[10];
    double b1 = p[11];
    assertArrayEquals(new double[] {a0, a1, b0, a1, a0, b1, a0, b1, b0, a1, b0, b1}, p);
  }

  @Test
  void refusesOutcomesThatAreNoWholeBasePoints() {
    assertThrows(IllegalArgumentException.class, () -> SobolIndices.of(3, new double[11]));
    assertThrows(
        IllegalArgumentException.class, () -> SobolIndices.of(1, new double[] {1, Double.NaN, 2}));
  }

  @Test
  void refusesMoreInputsThanTheSequenceHas() {
    assertThrows(IllegalArgumentException.class, () -> SaltelliSample.of(19, 16, false, 1));
    assertThrows(IllegalArgumentException.class, () -> SaltelliSample.of(2, 12, false, 1));
  }

  /// The function on the unit cube.
  private static ToDoubleFunction<double[]> function(String name, JsonNode file) {
    if (name.equals("ishigami")) {
      double a = Golden.number(file, "a");
      double b = Golden.number(file, "b");
      return x -> {
        double first = Math.sin(Math.PI * (2 * x[0] - 1));
        double second = Math.sin(Math.PI * (2 * x[1] - 1));
        double third = Math.PI * (2 * x[2] - 1);
        return first + a * second * second + b * Math.pow(third, 4) * first;
      };
    }
    double[] a = Golden.array(file, "a").doubles();
    return x -> {
      double product = 1;
      for (int i = 0; i < a.length; i++) {
        product *= (Math.abs(4 * x[i] - 2) + a[i]) / (1 + a[i]);
      }
      return product;
    };
  }

  private static double furthest(double[] expected, double[] actual) {
    double furthest = 0;
    for (int i = 0; i < expected.length; i++) {
      furthest = Math.max(furthest, Math.abs(expected[i] - actual[i]));
    }
    return furthest;
  }
}
