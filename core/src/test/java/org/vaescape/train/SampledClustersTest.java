package org.vaescape.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SequencedMap;
import org.junit.jupiter.api.Test;
import org.vaescape.data.PreparedData;
import org.vaescape.engine.Device;
import org.vaescape.engine.Precision;
import org.vaescape.engine.Scope;
import org.vaescape.model.Networks;

class SampledClustersTest {
  private static final Numerics FP32 = new Numerics(Precision.FP32, Device.CPU, 1);

  /// Of an untrained network, whose latent keeps apart what lies apart.
  private static SequencedMap<String, Double> metrics(
      PreparedData data, String model, long noiseSeed) {
    TrainingSettings settings = TrainerTest.settings(model, 1e-3, 1, new NoStop());
    Randomness randomness = Randomness.of(new Seeds(1, 2, noiseSeed, 4), FP32);
    SequencedMap<String, Double> metrics = new LinkedHashMap<>();
    try (TrainingData tensors = TrainingData.of(data, FP32);
        Scope _ = Scope.open()) {
      int genes = data.training().genes();
      Networks networks =
          new Networks(
              settings.shape(genes),
              settings.parts(genes),
              randomness.initializer(settings.initialization()),
              Precision.FP32,
              Device.CPU);
      networks.use(Networks.Mode.EVALUATION);
      SampledClusters.put(settings, tensors, randomness, networks, metrics);
    }
    return metrics;
  }

  private static double of(Map<String, Double> metrics, String name) {
    return metrics.getOrDefault(name, Double.NaN);
  }

  private static PreparedData data() {
    return TestData.annotated(TestData.lowRank(120, 40, 60, 2, 5));
  }

  @Test
  void looksAtASampleOfTheLatentAndNotAtItsMean() {
    assertEquals(metrics(data(), "vae", 3), metrics(data(), "vae", 3));
    assertNotEquals(metrics(data(), "vae", 3), metrics(data(), "vae", 4));
    assertEquals(metrics(data(), "ae", 3), metrics(data(), "ae", 4));
  }

  @Test
  void looksAtTrainingValidationAndTestSamplesTogether() {
    PreparedData data = data();
    PreparedData withTest = TestData.withTest(data, data.validation());
    assertNotEquals(metrics(data, "ae", 3), metrics(withTest, "ae", 3));
    PreparedData swapped =
        new PreparedData(
            data.genes(),
            /* training= */ data.validation(),
            /* validation= */ data.training(),
            data.test(),
            data.scaling(),
            data.clippedShare(),
            data.hash(),
            data.notes());
    // The same samples in another order: the same graph, but for the order that Leiden starts from.
    assertEquals(
        of(metrics(data, "ae", 3), "silhouette_compat"),
        of(metrics(swapped, "ae", 3), "silhouette_compat"),
        0.1);
  }

  @Test
  void hasASilhouetteOfClustersWithoutLabels() {
    SequencedMap<String, Double> metrics = metrics(TestData.lowRank(120, 40, 60, 2, 5), "ae", 3);
    assertTrue(of(metrics, "silhouette_compat") > 0, metrics::toString);
    assertTrue(Double.isNaN(of(metrics, "leiden_ari_compat")));
    assertTrue(Double.isFinite(of(metrics(data(), "ae", 3), "leiden_ari_compat")));
  }
}
