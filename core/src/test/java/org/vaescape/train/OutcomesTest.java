package org.vaescape.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.SequencedMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.vaescape.Arithmetic;
import org.vaescape.data.Part;
import org.vaescape.data.PreparedData;
import org.vaescape.engine.Device;
import org.vaescape.engine.Precision;

class OutcomesTest {
  private static final Numerics FP32 = new Numerics(Precision.FP32, Device.CPU, 1);
  private static final PreparedData DATA = TestData.lowRank(200, 40, 60, 3, 5);

  private static SequencedMap<String, Double> metrics(
      PreparedData data, String model, double rate, int epochs) {
    TrainingSettings settings = TrainerTest.settings(model, rate, epochs, new NoStop());
    try (TrainingData tensors = TrainingData.of(data, FP32)) {
      return Trainer.train(settings, tensors, new Seeds(1, 2, 3, 4), TrainingMonitor.NONE)
          .metrics();
    }
  }

  private static double of(SequencedMap<String, Double> metrics, String name) {
    assertTrue(metrics.containsKey(name), name + " is not among " + metrics.keySet());
    return metrics.getOrDefault(name, Double.NaN);
  }

  @Test
  void givesATestPartOfTheSameSamplesTheSameOutcomes() {
    PreparedData twice = TestData.withTest(DATA, DATA.validation());
    SequencedMap<String, Double> metrics = metrics(twice, "vae", 1e-2, 5);
    List<String> onTraining =
        List.of(
            "train_mse",
            "learning_rate_budget",
            "relative_update",
            "decoder_variance",
            "units_forecast");
    List<String> compared = new ArrayList<>();
    for (String name : metrics.keySet()) {
      if (!name.startsWith("test_") && !onTraining.contains(name)) {
        assertEquals(of(metrics, name), of(metrics, Outcomes.onTest(name)), name);
        compared.add(Outcomes.onTest(name));
      }
    }
    assertTrue(
        compared.containsAll(
            List.of(
                "test_loss", "test_r2", "test_elbo", "test_importance_bound_se", "test_pca_mse")));
    assertEquals(
        new TreeSet<>(compared),
        new TreeSet<>(metrics.keySet().stream().filter(n -> n.startsWith("test_")).toList()));
  }

  @Test
  void forecastsUnitsInUseWhereTheyAreGaussian() {
    assertTrue(metrics(DATA, "vae", 1e-2, 1).containsKey("units_forecast"));
    assertFalse(metrics(DATA, "cat-vae", 1e-2, 1).containsKey("units_forecast"));
  }

  @Test
  void computesNothingOnATestPartThatIsNotThere() {
    SequencedMap<String, Double> metrics = metrics(DATA, "vae", 1e-2, 2);
    assertTrue(metrics.keySet().stream().noneMatch(name -> name.startsWith("test_")));
  }

  @Test
  void tellsLearningFromGuessingTheMeanByCorrelationAndPermutedGenes() {
    SequencedMap<String, Double> metrics = metrics(DATA, "vae", 1e-2, 60);
    assertTrue(of(metrics, "val_gene_correlation_median") > 0.7);
    assertTrue(of(metrics, "val_gene_correlation_q1") < of(metrics, "val_gene_correlation_q3"));
    assertTrue(of(metrics, "val_r2") > 0.5);
    assertTrue(of(metrics, "permuted_r2") < 0.1, "there is nothing to know of permuted genes");
  }

  /// Also where the KL is an estimate: validation has drawn what is decoded here.
  @ParameterizedTest
  @ValueSource(strings = {"vae", "vamp-vae", "cat-vae", "joint-vae"})
  void boundsTheLikelihoodByTheTrainingError(String model) {
    SequencedMap<String, Double> metrics = metrics(DATA, model, 1e-2, 60);
    double variance = of(metrics, "train_mse");
    double expected =
        -0.5 * 60 * (Math.log(2 * Math.PI * variance) + of(metrics, "val_mse_sampled") / variance)
            - of(metrics, "val_kl");
    assertEquals(expected, of(metrics, "val_elbo"), 1e-3);
    assertTrue(of(metrics, "val_importance_bound") > of(metrics, "val_elbo"));
    double error = of(metrics, "val_importance_bound_se");
    assertTrue(error > 0 && error < 10, "but was " + error);
    double draws = of(metrics, "val_importance_samples");
    assertTrue(draws >= 1 && draws <= LikelihoodBounds.DRAWS, "but was " + draws);
    double median = of(metrics, "val_importance_samples_median");
    assertTrue(median >= 1 && median <= LikelihoodBounds.DRAWS, "but was " + median);
  }

  /// After so few steps of a high rate the running statistics are far from those of the training
  /// part.
  @Test
  void measuresBothLatentsUnderBothStatistics() {
    SequencedMap<String, Double> metrics = metrics(DATA, "vae", 3e-2, 2);
    for (String latent : List.of("", "_sampled")) {
      for (String statistics : List.of("", "_recalibrated")) {
        double mse = of(metrics, "val_mse" + latent + statistics);
        assertEquals(
            1 - mse / of(metrics, "mean_mse"), of(metrics, "val_r2" + latent + statistics), 1e-12);
        double median = of(metrics, "val_r2_median_gene" + latent + statistics);
        assertTrue(Double.isFinite(median) && median < 1);
      }
      assertNotEquals(
          of(metrics, "val_mse" + latent), of(metrics, "val_mse" + latent + "_recalibrated"));
    }
    assertNotEquals(
        of(metrics, "val_mse_recalibrated"), of(metrics, "val_mse_sampled_recalibrated"));
    SequencedMap<String, Double> deterministic = metrics(DATA, "ae", 3e-2, 2);
    for (String measure : List.of("val_mse", "val_r2", "val_r2_median_gene")) {
      assertEquals(
          of(deterministic, measure + "_recalibrated"),
          of(deterministic, measure + "_sampled_recalibrated"));
    }
  }

  /// The reconstruction of a VAE is the mean squared error, so that decoded from the mean latent it
  /// must be that of the outcomes, which are computed elsewhere: under both statistics.
  @ParameterizedTest
  @EnumSource(names = {"PLAIN", "FUSED"})
  void measuresTheModelsOwnReconstructionUnderBothStatistics(Arithmetic arithmetic) {
    PreparedData twice = TestData.withTest(DATA, DATA.validation());
    TrainingSettings settings = decodingMeans(arithmetic);
    SequencedMap<String, Double> metrics;
    try (TrainingData tensors = TrainingData.of(twice, settings.numerics())) {
      metrics =
          Trainer.train(settings, tensors, new Seeds(1, 2, 3, 4), TrainingMonitor.NONE).metrics();
    }
    for (String statistics : List.of("", "_recalibrated")) {
      double mse = of(metrics, "val_mse" + statistics);
      assertEquals(mse, of(metrics, "val_reconstruction" + statistics), 1e-5 * mse);
      assertEquals(mse, of(metrics, "test_reconstruction" + statistics), 1e-5 * mse);
    }
    double mse = of(metrics, "val_mse");
    double off = of(metrics, "val_reconstruction_recalibrated") / mse - 1;
    assertTrue(Math.abs(off) > 1e-3, "statistics make a difference of " + off + " only");
  }

  /// Two epochs at a high rate.
  private static TrainingSettings decodingMeans(Arithmetic arithmetic) {
    TrainingSettings sampled = TrainerTest.settings("vae", 3e-2, 2, new NoStop());
    return new TrainingSettings(
        sampled.model(),
        sampled.hidden(),
        sampled.latent(),
        sampled.style(),
        sampled.initialization(),
        sampled.optimizer(),
        sampled.learningRate(),
        sampled.scheduler(),
        sampled.reconstruction(),
        sampled.inNats(),
        sampled.klWeight(),
        sampled.warmUp(),
        sampled.freeBits(),
        sampled.batch(),
        sampled.dropLast(),
        sampled.stopping(),
        sampled.clip(),
        Validation.MEAN,
        sampled.sampledClusters(),
        new Numerics(arithmetic.precision(), arithmetic.path(), Device.CPU, 1),
        sampled.timeLimit());
  }

  @Test
  void hasNoLikelihoodForADeterministicEncoder() {
    SequencedMap<String, Double> metrics = metrics(DATA, "ae", 1e-2, 3);
    assertFalse(metrics.containsKey("val_elbo"));
    assertFalse(metrics.containsKey("val_importance_bound"));
    assertFalse(metrics.containsKey("val_importance_bound_se"));
    assertFalse(metrics.containsKey("active_units"));
    assertTrue(metrics.containsKey("val_gene_correlation_median"));
  }

  @Test
  void relatesTheStepsToTheWeights() {
    double small = of(metrics(DATA, "vae", 1e-5, 2), "relative_update");
    double tenfold = of(metrics(DATA, "vae", 1e-4, 2), "relative_update");
    assertEquals(10, tenfold / small, 0.5);
    // Adam's first steps are as large as the learning rate; the weights are some tenths.
    assertTrue(small > 1e-6 && small < 1e-3, "but was " + small);
  }

  /// Class, batch and survival, where the first follows from the data and the others from nothing.
  private static PreparedData annotated() {
    return TestData.annotated(TestData.lowRank(300, 90, 60, 3, 5));
  }

  private static final List<String> OF_LABELS =
      List.of(
          "knn_balanced_accuracy",
          "logistic_balanced_accuracy",
          "kmeans_ari",
          "kmeans_nmi",
          "leiden_ari",
          "leiden_nmi",
          "silhouette");

  @Test
  void asksTheLatentAndPrincipalComponentsForLabelsBatchesAndSurvival() {
    PreparedData data = annotated();
    SequencedMap<String, Double> metrics =
        metrics(TestData.withTest(data, data.validation()), "vae", 1e-2, 60);
    for (String who : List.of("", "pca_")) {
      assertTrue(of(metrics, who + "knn_balanced_accuracy") > 0.8);
      assertTrue(of(metrics, who + "logistic_balanced_accuracy") > 0.8);
      assertTrue(of(metrics, who + "logistic_balanced_accuracy_batch") < 0.75);
      assertTrue(of(metrics, who + "leiden_ari") > of(metrics, who + "leiden_ari_batch") - 0.05);
      assertTrue(of(metrics, who + "concordance") > 0.8);
      for (String name : OF_LABELS) {
        assertEquals(of(metrics, who + name), of(metrics, "test_" + who + name), name);
        assertTrue(Double.isFinite(of(metrics, who + name + "_batch")));
      }
    }
  }

  @Test
  void hasOutcomesOfBatchesAndSurvivalWithoutLabels() {
    PreparedData data = annotated();
    Part held = data.validation();
    Part unlabelled =
        new Part(
            held.samples(),
            held.patients(),
            List.of(),
            held.batches(),
            held.followUps(),
            held.genes(),
            held.values());
    SequencedMap<String, Double> metrics =
        metrics(TestData.withValidation(data, unlabelled), "ae", 1e-2, 2);
    assertTrue(metrics.containsKey("concordance"));
    assertTrue(metrics.containsKey("knn_balanced_accuracy_batch"));
    assertFalse(metrics.containsKey("knn_balanced_accuracy"));
  }
}
