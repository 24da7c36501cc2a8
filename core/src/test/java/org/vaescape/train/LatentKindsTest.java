package org.vaescape.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.vaescape.model.Models;

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
    TrainingResult result =
        TrainerTest.train(
            TrainerTest.settings(
                Models.CATALOGUE.member(model).create(Map.of()), 1e-2, Stopping.after(60)),
            new Seeds(1, 2, 3, 4));
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
    assertTrue(result.weights().orElseThrow().arrays().containsKey(weights), "weights " + weights);
  }
}
