package org.vaescape.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.vaescape.Covers;
import org.vaescape.Golden;
import org.vaescape.data.Part;
import org.vaescape.data.PreparedData;
import org.vaescape.data.Scaling;
import org.vaescape.engine.Tensor;

@Covers(value = GoldenPoints.FILE, except = GoldenPoints.UNCHECKED)
class BaselinesTest {
  @Test
  void agreesWithScikitLearn() {
    JsonNode file = Golden.read(GoldenPoints.FILE);
    Baselines baselines = golden(file);
    Golden.assertClose(
        Golden.number(file, "reconstruction/baseline_mse_column_mean_of_train_on_test"),
        baselines.meanMse(),
        1e-6,
        0,
        "mean predictor");
    for (int components : new int[] {2, 5, 10}) {
      Golden.assertClose(
          Golden.number(file, "pca/" + components + "/test_mse"),
          baselines.pcaMse(components),
          1e-6,
          0,
          "PCA of " + components);
    }
  }

  /// Others take R² against the mean of the samples that are looked at, which is ours where they
  /// are the training samples too.
  @Test
  void givesTheR2OfOthersOnTheSamplesThatTheMeanIsOf() {
    JsonNode file = Golden.read(GoldenPoints.FILE);
    JsonNode expected = Golden.at(file, "reconstruction");
    Points all = GoldenPoints.all(file);
    Part part = part(all.dimensions(), all.values());
    Baselines baselines = new Baselines(data(part, part));
    double[] errors = Golden.array(expected, "mse_per_gene").doubles();
    double[] ofMean = baselines.meanMseByGene();
    Golden.assertClose(
        Golden.number(expected, "r2_variance_weighted"),
        baselines.r2(Golden.number(expected, "mse")),
        1e-6,
        0,
        "R2 pooled over genes");
    double[] byGene =
        IntStream.range(0, errors.length).mapToDouble(g -> 1 - errors[g] / ofMean[g]).toArray();
    Golden.assertClose(
        Golden.number(expected, "r2_uniform_average"),
        Arrays.stream(byGene).average().orElseThrow(),
        1e-6,
        0,
        "mean of the genes' R2");
    assertEquals(GeneCorrelations.quantile(byGene, 0.5), baselines.medianR2(errors), 1e-12);
  }

  @Test
  void comparesWithTheTrainingMeanGeneByGene() {
    // Training means 1, 2, 3, 7; validation off by 1, 2, 3 on one of two samples, and 0.
    Baselines baselines =
        new Baselines(data(part(4, 0, 2, 3, 7, 2, 2, 3, 7), part(4, 2, 2, 3, 7, 1, 4, 6, 7)));
    assertArrayEquals(new double[] {0.5, 2, 4.5, 0}, baselines.meanMseByGene(), 1e-12);
    assertEquals(1.75, baselines.meanMse(), 1e-12);
    assertEquals(0, baselines.r2(1.75), 1e-12);
    assertEquals(0.9, baselines.r2(0.175), 1e-12);
    assertEquals(-1, baselines.r2(3.5), 1e-12);
    // R2 by gene: 0, 0.5, 1; the last gene has nothing to explain.
    assertEquals(0.5, baselines.medianR2(new double[] {0.5, 1, 0, 3}), 1e-12);
  }

  @Test
  void takesTheMiddleOfTwoMediansAndNoneOfNone() {
    Baselines two = new Baselines(data(part(2, 0, 0, 2, 2), part(2, 0, 0, 2, 2)));
    assertEquals(0.5, two.medianR2(new double[] {0.25, 0.75}), 1e-12);
    Baselines none = new Baselines(data(part(2, 1, 1, 1, 1), part(2, 1, 1)));
    assertEquals(Double.NaN, none.medianR2(new double[] {1, 1}));
    assertThrows(IllegalArgumentException.class, () -> two.medianR2(new double[] {1}));
  }

  @Test
  void givesTheErrorOfTheFullRankForLargerLatents() {
    Baselines baselines = golden(Golden.read(GoldenPoints.FILE));
    assertEquals(0, baselines.pcaMse(20), 1e-12);
    assertEquals(baselines.pcaMse(20), baselines.pcaMse(200));
    assertEquals(baselines.pcaMse(20), baselines.pcaMse(1000));
    assertEquals(baselines.meanMse(), baselines.pcaMse(0), 1e-12);
  }

  @Test
  void countsEigenvaluesAboveTheDecoderVariance() {
    // One gene of variance 16 and one of 1.
    Baselines baselines = new Baselines(data(part(2, -4, -1, 4, -1, -4, 1, 4, 1), part(2, 0, 0)));
    assertEquals(2, baselines.unitsWorthTheirKl(0.5, 10));
    assertEquals(1, baselines.unitsWorthTheirKl(0.5, 1));
    assertEquals(1, baselines.unitsWorthTheirKl(2, 10));
    assertEquals(0, baselines.unitsWorthTheirKl(17, 10));
  }

  @Test
  void tellsEveryThreadTheSame() throws Exception {
    JsonNode file = Golden.read(GoldenPoints.FILE);
    double expected = golden(file).pcaMse(3);
    Baselines shared = golden(file);
    try (ExecutorService threads = Executors.newFixedThreadPool(4)) {
      List<Future<Double>> answers = new ArrayList<>();
      for (int i = 0; i < 8; i++) {
        answers.add(threads.submit(() -> shared.pcaMse(3)));
      }
      for (Future<Double> answer : answers) {
        assertEquals(expected, answer.get());
      }
    }
  }

  /// So that no one who asks what memory is free waits for a fit.
  @Test
  void tellWhatAFitTakesUntilItIsThereAndWhileItIsMade() throws Exception {
    Part training = part(4, 0, 2, 3, 7, 2, 2, 3, 9, 1, 5, 3, 7);
    SampleRows rows = SampleRows.of(training.values(), 4);
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch asked = new CountDownLatch(1);
    SampleRows slow =
        new SampleRows() {
          @Override
          public int size() {
            return rows.size();
          }

          @Override
          public int genes() {
            return rows.genes();
          }

          @Override
          public Tensor rows(int from, int to) {
            begun.countDown();
            try {
              assertTrue(asked.await(20, TimeUnit.SECONDS), "nobody could ask meanwhile");
            } catch (InterruptedException e) {
              throw new IllegalStateException(e);
            }
            return rows.rows(from, to);
          }
        };
    Baselines baselines =
        new Baselines(part(4, 2, 2, 3, 7), new PrincipalComponents(training, slow));
    long bytes = baselines.bytesToFit(2);
    assertEquals(PcaMemory.of(3, 4, 256).bytes(), bytes);
    FutureTask<Double> fit = new FutureTask<>(() -> baselines.pcaMse(2));
    Thread.ofPlatform().start(fit);
    begun.await();
    assertEquals(bytes, baselines.bytesToFit(2));
    asked.countDown();
    assertTrue(fit.get() >= 0);
    assertEquals(0, baselines.bytesToFit(2));
    assertTrue(baselines.bytesToFit(257) > 0, "those are another fit's");
  }

  private static Baselines golden(JsonNode file) {
    Points training = GoldenPoints.rows(file, "train_rows");
    Points test = GoldenPoints.rows(file, "test_rows");
    return new Baselines(
        data(
            part(training.dimensions(), training.values()),
            part(test.dimensions(), test.values())));
  }

  private static Part part(int genes, float... values) {
    List<String> names =
        IntStream.range(0, values.length / genes).mapToObj(i -> "sample" + i).toList();
    return new Part(names, names, List.of(), genes, values);
  }

  private static PreparedData data(Part training, Part validation) {
    int genes = training.genes();
    return new PreparedData(
        IntStream.range(0, genes).mapToObj(i -> "gene" + i).toList(),
        training,
        validation,
        part(genes),
        new Scaling("none", new float[genes], new float[genes]),
        0,
        "0".repeat(64),
        List.of());
  }
}
