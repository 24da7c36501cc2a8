package org.vaescape.analysis;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import org.junit.jupiter.api.Test;
import org.vaescape.Covers;
import org.vaescape.Golden;

@Covers("analysis/bootstrap")
class BootstrapTest {
  private static final JsonNode FILE = Golden.read("analysis/bootstrap");
  private static final double CONFIDENCE = Golden.number(FILE, "confidence");

  /// The arrays of the files have 9 digits.
  private static final double DIGITS = 5e-9;

  private static Observations x() {
    return new Observations(Golden.array(FILE, "x").doubles());
  }

  private static Bootstrap given(ToDoubleFunction<Observations> statistic) {
    Golden.Array indices = Golden.array(FILE, "given_resamples/indices");
    List<int[]> resamples = new ArrayList<>();
    for (int i = 0; i < indices.shape()[0]; i++) {
      resamples.add(indices.slice(i).ints());
    }
    return Bootstrap.given(x(), statistic, resamples);
  }

  private static void closeInterval(double[] expected, Interval actual, double rtol) {
    Golden.assertClose(expected, new double[] {actual.low(), actual.high()}, rtol, 0, "interval");
  }

  @Test
  void computesIntervalsOfGivenResamplesAsNumpyDoes() {
    JsonNode expected = Golden.at(FILE, "given_resamples");
    Bootstrap mean = given(Observations::mean);
    double[] means = Golden.array(expected, "bootstrap_means").doubles();
    Golden.assertClose(means, mean.replicates().values(), DIGITS, 0, "means");
    Golden.assertClose(
        Golden.number(expected, "standard_error_mean_ddof1"), mean.standardError(), 1e-12, 0, "se");
    double[] percentile = Golden.array(expected, "percentile_mean").doubles();
    closeInterval(percentile, mean.percentile(CONFIDENCE), DIGITS);
    closeInterval(
        Golden.array(expected, "percentile_median").doubles(),
        given(Observations::median).percentile(CONFIDENCE),
        DIGITS);
    JsonNode bca = Golden.at(expected, "bca_mean");
    Golden.assertClose(Golden.number(bca, "z0"), mean.bias(), 1e-9, 0, "z0");
    Golden.assertClose(Golden.number(bca, "acceleration"), mean.acceleration(), 1e-9, 0, "a");
    for (int i = 0; i < 2; i++) {
      double level = (1 + (2 * i - 1) * CONFIDENCE) / 2;
      double alpha = Golden.number(bca, "alphas/" + i);
      Golden.assertClose(alpha, mean.bcaLevel(level), 1e-9, 0, "alpha");
    }
    closeInterval(Golden.array(bca, "interval").doubles(), mean.bca(CONFIDENCE), DIGITS);
  }

  @Test
  void landsWithItsOwnResamplesWhereScipyLands() {
    Map<String, ToDoubleFunction<Observations>> statistics =
        Map.of("mean", Observations::mean, "median", Observations::median);
    Map<String, Function<Bootstrap, Interval>> methods =
        Map.of(
            "percentile", bootstrap -> bootstrap.percentile(CONFIDENCE),
            "basic", bootstrap -> bootstrap.basic(CONFIDENCE),
            "BCa", bootstrap -> bootstrap.bca(CONFIDENCE));
    statistics.forEach((name, statistic) -> {
      Bootstrap bootstrap = Bootstrap.seeded(x(), statistic, 2000, 7);
      methods.forEach((method, interval) -> {
        JsonNode band = Golden.at(FILE, "scipy_20_seeds_2000_resamples/" + name + "_" + method);
        Interval found = interval.apply(bootstrap);
        within(band, "low", found.low(), name + " " + method);
        within(band, "high", found.high(), name + " " + method);
      });
    });
  }

  private static void within(JsonNode band, String bound, double found, String what) {
    double mean = Golden.number(band, bound + "_mean");
    assertEquals(mean, found, 5 * Golden.number(band, bound + "_sd"), what + " " + bound);
  }

  @Test
  void describesObservationsAsNumpyDoes() {
    Golden.assertClose(Golden.number(FILE, "mean"), x().mean(), 1e-14, 0, "mean");
    Golden.assertClose(
        Golden.number(FILE, "sd_ddof1"), x().standardDeviation(), 1e-13, 0, "deviation");
    Golden.assertClose(Golden.number(FILE, "median"), x().median(), 1e-15, 0, "median");
    Golden.at(FILE, "quantiles_type7")
        .properties()
        .forEach(entry -> {
          double at = Double.parseDouble(entry.getKey());
          double expected = Golden.number(entry.getValue());
          Golden.assertClose(expected, x().quantile(at), 1e-14, 0, "quantile " + at);
        });
    double[] expected = {
      Golden.number(FILE, "student_t_interval/0"), Golden.number(FILE, "student_t_interval/1")
    };
    closeInterval(expected, x().meanInterval(CONFIDENCE), 1e-12);
    assertEquals(4, new Observations(new double[] {4, 1}).quantile(1));
    assertEquals(1, new Observations(new double[] {4, 1}).quantile(0));
  }

  @Test
  void drawsTheSameForTheSameSeed() {
    double[] first = Bootstrap.seeded(x(), Observations::mean, 50, 3).replicates().values();
    double[] again = Bootstrap.seeded(x(), Observations::mean, 50, 3).replicates().values();
    double[] other = Bootstrap.seeded(x(), Observations::mean, 50, 4).replicates().values();
    assertArrayEquals(first, again);
    assertNotEquals(first[0], other[0]);
  }

  @Test
  void shrinksToAPointWhereNothingVaries() {
    Observations constant = new Observations(new double[] {2, 2, 2, 2});
    Bootstrap bootstrap = Bootstrap.seeded(constant, Observations::mean, 100, 1);
    Interval point = new Interval(2, 2);
    assertEquals(point, bootstrap.percentile(0.95));
    assertEquals(point, bootstrap.basic(0.95));
    assertEquals(point, bootstrap.bca(0.95));
    assertEquals(point, constant.meanInterval(0.95));
  }

  @Test
  void keepsItsBoundsInOrderWhereTheFormulaHasNone() {
    double[] values = new double[200];
    values[0] = 1e6;
    Bootstrap outlier = Bootstrap.seeded(new Observations(values), Observations::mean, 500, 1);
    double confidence = 1 - 1e-12; // a normal quantile of 7.1, which 1/6 takes past the pole
    assertEquals(1 / 6.0, outlier.acceleration(), 0.01);
    double largest = outlier.replicates().quantile(1);
    assertEquals(largest, outlier.bca(confidence).high());
    ToDoubleFunction<Observations> spread =
        found -> found.quantile(1) - 10 * found.standardDeviation();
    Bootstrap oneSided =
        Bootstrap.given(
            new Observations(new double[] {0, 1, 5}),
            spread,
            List.of(new int[] {0, 0, 0}, new int[] {1, 1, 1}));
    assertEquals(0.6744897501960817, -oneSided.bias(), 1e-12, "a quarter of the two");
  }

  @Test
  void refusesTooFewObservations() {
    Observations one = new Observations(new double[] {1});
    assertTrue(refusal(() -> one.meanInterval(0.95)).contains("at least 2 observations"));
    assertTrue(
        refusal(() -> Bootstrap.seeded(one, Observations::mean, 10, 1)).contains("at least 2"));
    assertTrue(refusal(() -> new Observations(new double[0])).contains("at least one"));
    assertTrue(refusal(() -> x().quantile(1.5)).contains("1.5"));
    assertTrue(refusal(() -> x().meanInterval(95)).contains("95"));
    assertTrue(
        refusal(() -> Bootstrap.given(x(), Observations::mean, List.of(new int[2])))
            .contains("has 2"));
    assertEquals(Double.NaN, one.standardDeviation());
  }

  private static String refusal(Runnable call) {
    return String.valueOf(assertThrows(IllegalArgumentException.class, call::run).getMessage());
  }
}
