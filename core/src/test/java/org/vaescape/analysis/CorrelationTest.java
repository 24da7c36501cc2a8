package org.vaescape.analysis;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.vaescape.Covers;
import org.vaescape.Golden;

@Covers("analysis/correlation")
class CorrelationTest {
  private static final JsonNode FILE = Golden.read("analysis/correlation");

  @ParameterizedTest
  @ValueSource(strings = {"no_ties", "ties", "large"})
  void agreesWithScipy(String name) {
    JsonNode expected = Golden.at(FILE, name);
    double[] x = Golden.array(expected, "x").doubles();
    double[] y = Golden.array(expected, "y").doubles();
    close(expected, "pearson_r", "pearson_p", Correlation.pearson(x, y));
    close(expected, "spearman_rho", "spearman_p_t", Correlation.spearman(x, y));
    close(expected, "kendall_tau_b", "kendall_p_asymptotic", Correlation.kendall(x, y));
    if (!Golden.at(expected, "kendall_p_exact").isNull()) {
      close(expected, "kendall_tau_b", "kendall_p_exact", Correlation.kendallExact(x, y));
    }
  }

  private static void close(JsonNode expected, String coefficient, String p, Correlation actual) {
    Golden.assertClose(
        Golden.number(expected, coefficient), actual.coefficient(), 1e-8, 0, coefficient);
    Golden.assertClose(Golden.number(expected, p), actual.p(), 1e-6, 0, p);
  }

  @Test
  void isOneWhereTheOrderIsTheSame() {
    double[] x = {1, 2, 3, 4};
    double[] cubes = {1, 8, 27, 64};
    double[] falling = {-2, -4, -6, -8};
    assertEquals(new Correlation(1, 0), Correlation.spearman(x, cubes));
    assertEquals(new Correlation(-1, 0), Correlation.pearson(x, falling));
    assertEquals(1, Correlation.kendall(x, cubes).coefficient());
    // Of the 24 orders of four numbers two are as extreme.
    assertEquals(new Correlation(-1, 2 / 24.0), Correlation.kendallExact(x, falling));
    assertTrue(Correlation.pearson(x, cubes).coefficient() < 1);
  }

  @Test
  void isNotDefinedWithAConstant() {
    double[] x = {1, 2, 3, 4};
    double[] constant = {7, 7, 7, 7};
    Correlation undefined = new Correlation(Double.NaN, Double.NaN);
    assertEquals(undefined, Correlation.pearson(x, constant));
    assertEquals(undefined, Correlation.spearman(constant, x));
    assertEquals(undefined, Correlation.kendall(x, constant));
    assertEquals(undefined, Correlation.kendall(constant, constant));
  }

  @Test
  void treatsBothZerosAsOneNumber() {
    double[] x = {0.0, -0.0, 1, 2};
    double[] y = {0, 0, 1, 2};
    assertEquals(1, Correlation.spearman(x, y).coefficient());
  }

  @Test
  void refusesWhatHasNoCorrelation() {
    double[] two = {1, 2};
    double[] three = {1, 2, 2};
    assertTrue(refusal(() -> Correlation.pearson(two, two)).contains("at least 3 pairs"));
    assertTrue(refusal(() -> Correlation.spearman(two, three)).contains("got 2 and 3"));
    assertTrue(refusal(() -> Correlation.kendallExact(three, three)).contains("without ties"));
    double[] infinite = {1, 2, Double.POSITIVE_INFINITY};
    assertTrue(refusal(() -> Correlation.kendall(three, infinite)).contains("Infinity"));
  }

  private static String refusal(Runnable call) {
    return String.valueOf(assertThrows(IllegalArgumentException.class, call::run).getMessage());
  }
}
