package org.vaescape.data.simulation;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.vaescape.data.Labels;
import org.vaescape.data.Matrix;

/// Fit and generator against `simulation/make.py`, which does both in numpy and scipy.
class ExpressionModelTest {
  private static final JsonNode EXPECTED = read();

  private static JsonNode read() {
    try {
      return new ObjectMapper()
          .readTree(
              Path.of(
                      System.getProperty("basedir", "."),
                      "src/test/resources/simulation/expected.json")
                  .toFile());
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private static double[] numbers(JsonNode array) {
    return IntStream.range(0, array.size()).mapToDouble(i -> array.get(i).asDouble()).toArray();
  }

  private static double[][] rows(JsonNode array) {
    return IntStream.range(0, array.size())
        .mapToObj(i -> numbers(array.get(i)))
        .toArray(double[][]::new);
  }

  private static double[] doubles(float[] values) {
    return IntStream.range(0, values.length).mapToDouble(i -> values[i]).toArray();
  }

  private static ExpressionModel fit(int rank) {
    double[][] values = rows(EXPECTED.get("matrix")); // (samples, genes)
    float[][] byGene = new float[values[0].length][values.length];
    SequencedMap<String, String> classes = new LinkedHashMap<>();
    for (int i = 0; i < values.length; i++) {
      for (int g = 0; g < byGene.length; g++) {
        byGene[g][i] = (float) values[i][g];
      }
      classes.put("s" + i, "class " + EXPECTED.get("classes").get(i).asInt());
    }
    Matrix matrix =
        Matrix.of(
            "m.tsv",
            List.copyOf(classes.keySet()),
            IntStream.range(0, byGene.length).mapToObj(g -> "g" + g).toList(),
            byGene,
            List.of());
    return ModelFit.fit(
        matrix,
        Optional.of(new Labels("l.tsv", classes, List.of())),
        byGene.length,
        new SimulationSettings(rank, 0.5, 0.88),
        Planted.nothing(),
        1);
  }

  /// Of all factors that 24 degrees of freedom tell of, and of the first two, which take turns to
  /// be found.
  @ParameterizedTest
  @CsvSource({"100, 2e-5", "2, 2e-2"})
  void isFittedAsNumpyDoes(int rank, double tolerance) {
    ExpressionModel model = fit(rank);
    JsonNode expected = EXPECTED.get("fits").get(Integer.toString(rank));
    assertTrue(model.clipped());
    assertArrayEquals(numbers(expected.get("noise")), model.noise(), tolerance);
    double[][] centroids = rows(expected.get("centroids"));
    for (int c = 0; c < centroids.length; c++) {
      assertArrayEquals(centroids[c], doubles(model.centroids()[c]), 1e-5);
    }
    double[][] covariance = rows(expected.get("covariance"));
    for (int g = 0; g < covariance.length; g++) {
      float[] ofGene = model.loadings()[g];
      double[] found =
          Arrays.stream(model.loadings())
              .mapToDouble(other ->
                  IntStream.range(0, ofGene.length)
                      .mapToDouble(k -> (double) ofGene[k] * other[k])
                      .sum())
              .toArray();
      assertArrayEquals(covariance[g], found, tolerance);
    }
    // Fixed-point rounds end within 1e-4 of a standard deviation, of 1 to 5 here.
    assertArrayEquals(numbers(expected.get("mean")), model.mean(), 5e-3);
    assertArrayEquals(numbers(expected.get("scale")), model.scale(), 5e-3);
  }

  @Test
  void saysThatFewSamplesTellOfFewFactors() {
    assertEquals(
        List.of(
            "m.tsv: --rank is 100 but 28 samples in 4 classes and 10 genes tell of 10 factors at most"),
        fit(100).notes());
    assertEquals(List.of(), fit(10).notes());
  }

  /// The same parameters give the same distribution: five standard errors of a million samples
  /// there and 200,000 here.
  @Test
  void drawsAsTheGeneratorThatTheMethodWasCheckedWith() {
    JsonNode of = EXPECTED.get("model");
    int genes = of.get("mean").size();
    ExpressionModel model =
        new ExpressionModel(
            IntStream.range(0, genes).mapToObj(g -> "g" + g).toList(),
            List.of("a", "b", "c"),
            numbers(of.get("proportions")),
            numbers(of.get("mean")),
            numbers(of.get("scale")),
            numbers(of.get("noise")),
            floats(of.get("centroids")),
            floats(of.get("loadings")),
            true,
            List.of());
    int samples = 200_000;
    Simulation simulation = new Simulation(model, samples, 3);
    float[][] drawn = new float[genes][samples];
    float[] block = new float[Simulation.BLOCK];
    for (int g = 0; g < genes; g++) {
      for (int b = 0; b < simulation.blocks(); b++) {
        simulation.values(g, b, block);
        System.arraycopy(block, 0, drawn[g], b * Simulation.BLOCK, simulation.size(b));
      }
    }
    JsonNode moments = EXPECTED.get("moments");
    double error = 5 * Math.sqrt(1.2 / samples);
    for (int g = 0; g < genes; g++) {
      double deviation = moments.get("deviation").get(g).asDouble();
      assertEquals(moments.get("mean").get(g).asDouble(), mean(drawn[g]), error * deviation);
      assertEquals(deviation, Math.sqrt(covariance(drawn[g], drawn[g])), 1.5 * error * deviation);
      int gene = g;
      assertEquals(
          moments.get("zeros").get(g).asDouble(),
          IntStream.range(0, samples).filter(i -> drawn[gene][i] == 0).count() / (double) samples,
          error / 2);
      for (int other = 0; other < g; other++) {
        double correlation =
            covariance(drawn[g], drawn[other])
                / Math.sqrt(
                    covariance(drawn[g], drawn[g]) * covariance(drawn[other], drawn[other]));
        assertEquals(
            moments.get("correlation").get(g).get(other).asDouble(), correlation, 1.5 * error);
      }
    }
  }

  private static float[][] floats(JsonNode array) {
    double[][] rows = rows(array);
    float[][] values = new float[rows.length][rows[0].length];
    for (int i = 0; i < rows.length; i++) {
      for (int j = 0; j < rows[i].length; j++) {
        values[i][j] = (float) rows[i][j];
      }
    }
    return values;
  }

  private static double mean(float[] values) {
    return IntStream.range(0, values.length).mapToDouble(i -> values[i]).average().orElseThrow();
  }

  private static double covariance(float[] a, float[] b) {
    double meanOfA = mean(a);
    double meanOfB = mean(b);
    return IntStream.range(0, a.length)
        .mapToDouble(i -> (a[i] - meanOfA) * (b[i] - meanOfB))
        .average()
        .orElseThrow();
  }

  @Test
  void standsWhereItShouldAfterClipping() {
    double[] proportions = {0.7, 0.3};
    double[] centroids = {-0.3, 0.7};
    ClippedMoments spread = new ClippedMoments(proportions, centroids, 0.8);
    ClippedMoments.Place place = spread.place(0.5, 1);
    // Half of it is below 0: by sums over a fine grid instead of formulas.
    double first = 0;
    double second = 0;
    double step = 1e-3;
    for (double n = -9; n < 9; n += step) {
      double weight = Math.exp(-0.5 * n * n) / Math.sqrt(2 * Math.PI) * step;
      for (int c = 0; c < 2; c++) {
        double value = Math.max(0, place.mean() + place.scale() * (centroids[c] + 0.8 * n));
        first += proportions[c] * weight * value;
        second += proportions[c] * weight * value * value;
      }
    }
    assertEquals(0.5, first, 2e-4);
    assertEquals(1, Math.sqrt(second - first * first), 2e-4);
    assertTrue(place.mean() < 0.4, place.toString());
  }

  @Test
  void distributionFunctionHasItsKnownValues() {
    assertEquals(0.9750021048517795, ClippedMoments.atMost(1.96), 1e-15);
    assertEquals(1 - 0.9750021048517795, ClippedMoments.atMost(-1.96), 1e-15);
    assertEquals(0.5, ClippedMoments.atMost(0));
    assertEquals(1, ClippedMoments.atMost(40));
    assertEquals(0, ClippedMoments.atMost(-40));
  }
}
