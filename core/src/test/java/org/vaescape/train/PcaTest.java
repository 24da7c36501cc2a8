package org.vaescape.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.vaescape.Covers;
import org.vaescape.Golden;
import org.vaescape.engine.NativeLibrary;

@Covers(value = GoldenPoints.FILE, except = GoldenPoints.UNCHECKED)
class PcaTest {
  /// Orthogonal to each other and to a constant.
  private static final int[][] CONTRASTS = {
    {1, 1, 1, 1, -1, -1, -1, -1}, {1, 1, -1, -1, 1, 1, -1, -1}, {1, -1, 1, -1, 1, -1, 1, -1},
  };

  @ParameterizedTest
  @ValueSource(ints = {2, 5, 10})
  void agreesWithScikitLearn(int components) {
    JsonNode file = Golden.read(GoldenPoints.FILE);
    Points training = GoldenPoints.rows(file, "train_rows");
    Points test = GoldenPoints.rows(file, "test_rows");
    JsonNode expected = Golden.at(file, "pca/" + components);
    Pca pca = Pca.fit(SampleRows.of(training.values(), training.dimensions()), components);
    assertEquals(components, pca.kept());
    Golden.assertClose(
        Golden.number(expected, "train_mse"),
        pca.errors(training.values())[components],
        1e-6,
        0,
        "training MSE");
    Golden.assertClose(
        Golden.number(expected, "test_mse"),
        pca.errors(test.values())[components],
        1e-6,
        0,
        "test MSE");
    Golden.assertClose(
        Golden.array(expected, "explained_variance_ratio").doubles(),
        Arrays.stream(pca.eigenvalues()).map(value -> value / pca.totalVariance()).toArray(),
        1e-6,
        0,
        "explained shares");
    double n = training.size();
    Golden.assertClose(
        Golden.array(expected, "explained_variance_ddof1").doubles(),
        Arrays.stream(pca.eigenvalues()).map(value -> value * n / (n - 1)).toArray(),
        1e-6,
        0,
        "eigenvalues");
    assertAxes(Golden.array(expected, "components_up_to_sign"), pca);
  }

  /// An axis has no sign of its own.
  ///
  /// @param axes kept x genes
  private static void assertAxes(Golden.Array axes, Pca pca) {
    int genes = axes.shape()[1];
    for (int k = 0; k < pca.kept(); k++) {
      double[] ours = new double[genes];
      for (int gene = 0; gene < genes; gene++) {
        ours[gene] = pca.components()[gene * pca.kept() + k];
      }
      double[] axis = axes.slice(k).doubles();
      double sign =
          Math.signum(IntStream.range(0, genes).mapToDouble(g -> axis[g] * ours[g]).sum());
      Golden.assertClose(
          axis, Arrays.stream(ours).map(v -> sign * v).toArray(), 0, 1e-5, "axis " + (k + 1));
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {3, 8, 20})
  void findsPlantedComponentsWithFewerAndWithMoreGenesThanSamples(int genes) {
    // x = 5 + sum over j of s_j u_j e_j: eigenvalue s_j^2 for the contrast u_j of eight samples.
    double[] sizes = {4, 2, 1};
    float[] matrix = new float[8 * genes];
    Arrays.fill(matrix, 5);
    for (int sample = 0; sample < 8; sample++) {
      for (int j = 0; j < 3; j++) {
        matrix[sample * genes + j] += (float) (sizes[j] * CONTRASTS[j][sample]);
      }
    }
    Pca pca = Pca.fit(SampleRows.of(matrix, genes), 8);
    assertArrayEquals(new double[] {16, 4, 1}, pca.eigenvalues(), 1e-9, "rank 3, largest first");
    assertEquals(21, pca.totalVariance(), 1e-9);
    assertArrayEquals(
        new double[] {21.0 / genes, 5.0 / genes, 1.0 / genes, 0}, pca.errors(matrix), 1e-9);

    float[] other = new float[genes];
    Arrays.fill(other, 5);
    other[0] += 7;
    other[2] -= 3;
    assertArrayEquals(
        new double[] {58.0 / genes, 9.0 / genes, 9.0 / genes, 0}, pca.errors(other), 1e-9);
  }

  @Test
  void keepsTheMeanAloneWhereNothingVaries() {
    float[] constant = {1, 2, 1, 2, 1, 2};
    Pca pca = Pca.fit(SampleRows.of(constant, 2), 2);
    assertEquals(0, pca.kept());
    assertArrayEquals(new double[] {0.5}, pca.errors(new float[] {1, 3}), 1e-12);
  }

  @ParameterizedTest
  @ValueSource(ints = {300, 420})
  void agreesWithItselfSolvedByIteration(int genes) {
    float[] training = decaying(360, genes, 1);
    float[] validation = decaying(40, genes, 2);
    Pca exact = Pca.exact(SampleRows.of(training, genes), 40);
    Pca iterated = Pca.iterated(SampleRows.of(training, genes), 40);
    Golden.assertClose(
        exact.eigenvalues(), iterated.eigenvalues(), 1e-6, 0, "eigenvalues by iteration");
    Golden.assertClose(
        exact.errors(training), iterated.errors(training), 1e-7, 0, "training errors");
    Golden.assertClose(
        exact.errors(validation), iterated.errors(validation), 1e-5, 0, "validation errors");
  }

  @Test
  void findsTheRankByIterationToo() {
    int genes = 210;
    SplittableRandom random = new SplittableRandom(3);
    float[] matrix = new float[200 * genes];
    for (int sample = 0; sample < 200; sample++) {
      double[] scores = random.doubles(3, -1, 1).toArray();
      for (int gene = 0; gene < genes; gene++) {
        // Multiples of 2^-10, so that the matrix has rank 3 exactly.
        double sum = 0;
        for (int j = 0; j < 3; j++) {
          sum += Math.rint(32 * scores[j]) * ((gene * (j + 3) + 7 * j * j) % 32) / 1024;
        }
        matrix[sample * genes + gene] = (float) sum;
      }
    }
    Pca exact = Pca.exact(SampleRows.of(matrix, genes), 20);
    Pca iterated = Pca.iterated(SampleRows.of(matrix, genes), 20);
    assertEquals(3, exact.kept());
    assertEquals(3, iterated.kept());
    assertArrayEquals(exact.eigenvalues(), iterated.eigenvalues(), 1e-9);
  }

  @Test
  void givesEqualBitsOnEveryThread() throws Exception {
    float[] training = decaying(360, 300, 1);
    Pca here = Pca.iterated(SampleRows.of(training, 300), 10);
    double[] exact = Pca.exact(SampleRows.of(training, 300), 10).components();
    try (ExecutorService threads = Executors.newFixedThreadPool(2)) {
      threads
          .submit(() -> {
            NativeLibrary.useThreads(2);
            Pca there = Pca.iterated(SampleRows.of(training, 300), 10);
            assertArrayEquals(here.eigenvalues(), there.eigenvalues());
            assertArrayEquals(here.components(), there.components());
            assertArrayEquals(exact, Pca.exact(SampleRows.of(training, 300), 10).components());
          })
          .get();
    }
  }

  @Test
  void neverErrsMoreWithMoreComponents() {
    double[] errors =
        Pca.fit(SampleRows.of(decaying(50, 30, 1), 30), 30).errors(decaying(20, 30, 2));
    for (int k = 1; k < errors.length; k++) {
      assertTrue(errors[k] <= errors[k - 1], "k = " + k);
    }
    assertEquals(31, errors.length);
  }

  @Test
  void refusesValuesThatAreNoWholeSamples() {
    assertThrows(IllegalArgumentException.class, () -> Pca.fit(SampleRows.of(new float[7], 3), 1));
  }

  /// Samples whose components' standard deviations fall as j^-0.7, in genes mixed at random, and
  /// noise; the mixing is the same for all seeds.
  private static float[] decaying(int samples, int genes, long seed) {
    double[] mixing = new SplittableRandom(99).doubles(60L * genes, -1, 1).toArray();
    SplittableRandom random = new SplittableRandom(seed);
    float[] matrix = new float[samples * genes];
    for (int sample = 0; sample < samples; sample++) {
      for (int j = 0; j < 60; j++) {
        double score = random.nextDouble(-1, 1) * Math.pow(j + 1, -0.7);
        for (int gene = 0; gene < genes; gene++) {
          matrix[sample * genes + gene] += (float) (score * mixing[j * genes + gene]);
        }
      }
      for (int gene = 0; gene < genes; gene++) {
        matrix[sample * genes + gene] += (float) random.nextDouble(0.2);
      }
    }
    return matrix;
  }
}
