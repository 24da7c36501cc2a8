package org.vaescape.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.vaescape.data.PreparedData;
import org.vaescape.model.Models;
import org.vaescape.model.VaeModel;

/// Models whose latent is no Gaussian of independent units learn, and have the outcomes that exist
/// for them, the others being absent.
class LatentKindsTest {

  /// @param units with a KL of their own; 0 for none
  /// @param variance whether a unit has one number as its mean
  /// @param kl whether there is a KL in total
  @ParameterizedTest
  @CsvSource({
    "factor-vae, 4, true, true, adversary.0.weight",
    "aae, 0, false, false, adversary.2.bias",
    "vamp-vae, 0, false, true, pseudo_inputs",
    "cat-vae, 4, false, true, mu.weight",
    "joint-vae, 5, false, true, mu.weight",
    "vq-vae, 0, false, false, codebook"
  })
  void learnAndHaveTheOutcomesThatExist(
      String model, int units, boolean variance, boolean kl, String weights) {
    VaeModel made = Models.CATALOGUE.member(model).create(Map.of());
    boolean hasPosterior = made.hasPosterior();
    TrainingResult result =
        TrainerTest.train(
            TrainerTest.settings(made, 1e-2, Stopping.after(60)), new Seeds(1, 2, 3, 4));
    Map<String, Double> metrics = result.metrics();
    assertEquals(new Ending.MaxEpochs(), result.ending());
    assertTrue(metrics.getOrDefault("val_r2", -1.0) > 0.2, model + " " + metrics);
    assertTrue(metrics.getOrDefault("val_r2_sampled", -1.0) > 0, model + " " + metrics);
    assertEquals(Verdict.LEARNED, result.verdict().orElseThrow());
    assertEquals(
        units,
        metrics.keySet().stream().filter(name -> name.startsWith("val_kl_unit_")).count(),
        model);
    assertEquals(units > 0, metrics.containsKey("active_units"), model);
    assertEquals(variance, metrics.containsKey("active_units_variance"), model);
    assertEquals(kl, metrics.containsKey("val_kl"), model);
    for (String bound : List.of("val_elbo", "val_importance_bound", "val_importance_bound_se")) {
      assertEquals(hasPosterior, metrics.containsKey(bound), model + " " + bound);
    }
    assertTrue(result.weights().orElseThrow().arrays().containsKey(weights), "weights " + weights);
  }

  /// A variable of ten categories, or a vector of eight numbers, tells the decoder more than one
  /// number does.
  @ParameterizedTest
  @CsvSource({"vae, 4", "vamp-vae, 4", "cat-vae, 40", "joint-vae, 14", "vq-vae, 32"})
  void standBesidePcaWithAsManyComponentsAsTheirDecoderSeesNumbers(String model, int components) {
    PreparedData data = TestData.annotated(TestData.lowRank(200, 40, 60, 3, 5));
    TrainingSettings settings =
        TrainerTest.settings(
            Models.CATALOGUE.member(model).create(Map.of()), 1e-2, Stopping.after(1));
    try (TrainingData tensors = TrainingData.of(data, settings.numerics())) {
      Map<String, Double> metrics =
          Trainer.train(settings, tensors, new Seeds(1, 2, 3, 4), TrainingMonitor.NONE).metrics();
      Baselines baselines = new Baselines(data);
      assertEquals(4, settings.latent());
      assertEquals(baselines.pcaMse(components), metrics.get("pca_mse"));
      assertEquals(
          baselines.representation(components).get("logistic_balanced_accuracy"),
          metrics.get("pca_logistic_balanced_accuracy"));
    }
  }

  /// One variable whose categories are the units: the decoder sees no more numbers than these.
  @Test
  void theCategoricalVaeOfEltagerHasOneUnit() {
    VaeModel model = Models.CATALOGUE.member("cat-vae").create(Map.of("compat", "eltager"));
    TrainingSettings settings = TrainerTest.settings(model, 1e-2, Stopping.after(60));
    Map<String, Double> metrics = TrainerTest.train(settings, new Seeds(1, 2, 3, 4)).metrics();
    assertEquals(4, settings.code());
    assertEquals(
        List.of("val_kl_unit_001"),
        metrics.keySet().stream().filter(name -> name.startsWith("val_kl_unit_")).toList());
    assertEquals(1, metrics.get("active_units"));
    assertTrue(metrics.getOrDefault("val_r2", -1.0) > 0.2, metrics.toString());
    // That a part has: log 4 at most, and what tells one sample from another is below its KL.
    double kl = metrics.getOrDefault("val_kl_unit_001", 9.0);
    assertTrue(kl > 0.1 && kl < Math.log(4), metrics.toString());
    assertTrue(metrics.getOrDefault("val_information", 9.0) <= kl, metrics.toString());
    // Relaxed, a sample tells more than its category does, which the bounds pay for.
    double variance = metrics.getOrDefault("train_mse", 9.0);
    double error = metrics.getOrDefault("val_mse_sampled", 9.0);
    int genes = TestData.lowRank(200, 40, 60, 3, 5).validation().genes();
    double elbo = metrics.getOrDefault("val_elbo", 9.0);
    double ofCategories = LikelihoodBounds.elbo(genes, variance, error, kl);
    assertTrue(elbo < ofCategories, elbo + " is not below " + ofCategories);
    assertTrue(metrics.getOrDefault("val_importance_bound", -1e9) > elbo, metrics.toString());
  }
}
