package org.vaescape.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.SequencedMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.vaescape.data.PreparedData;
import org.vaescape.data.Scaling;
import org.vaescape.engine.Device;
import org.vaescape.engine.Precision;
import org.vaescape.model.Activations;
import org.vaescape.model.BatchNormalization;
import org.vaescape.model.Initialization;
import org.vaescape.model.Initializers;
import org.vaescape.model.LayerStyle;
import org.vaescape.model.Models;
import org.vaescape.model.Normalization;
import org.vaescape.model.Normalizations;
import org.vaescape.model.Outputs;
import org.vaescape.model.SquaredError;

/// What becomes of a training run when its layers are put together otherwise.
class LayerStyleTrainingTest {
  private static final Numerics FP32 = new Numerics(Precision.FP32, Device.CPU, 1);
  private static final Seeds SEEDS = new Seeds(1, 2, 3, 4);
  private static final PreparedData DATA = TestData.lowRank(90, 20, 30, 3, 5);

  private static final LayerStyle STANDARD = LayerStyle.STANDARD.withOutputNorm(false);

  private static TrainingSettings settings(
      LayerStyle style,
      Initialization initialization,
      List<Integer> hidden,
      int batch,
      int epochs) {
    return new TrainingSettings(
        Models.CATALOGUE.member("vae").create(Map.of()),
        hidden,
        3,
        style,
        initialization,
        Optimizers.CATALOGUE.member("adam").create(Map.of()),
        1e-2,
        new ConstantRate(),
        new SquaredError(),
        false,
        1e-4,
        new NoWarmUp(),
        0,
        batch,
        false,
        Stopping.after(epochs),
        OptionalDouble.empty(),
        Validation.SAMPLED,
        false,
        FP32,
        Optional.empty());
  }

  private static LayerStyle style(
      String activation, String normalization, double dropout, String output) {
    return new LayerStyle(
        Activations.CATALOGUE.member(activation).create(Map.of()),
        Normalizations.CATALOGUE.member(normalization).create(Map.of()),
        dropout,
        Outputs.CATALOGUE.member(output).create(Map.of()),
        false,
        false);
  }

  private static TrainingResult train(TrainingSettings settings, PreparedData prepared) {
    try (TrainingData data = TrainingData.of(prepared, FP32)) {
      return Trainer.train(settings, data, SEEDS, TrainingMonitor.NONE);
    }
  }

  private static List<Map<String, Double>> numbers(TrainingResult result) {
    List<Map<String, Double>> rows = new ArrayList<>();
    for (SequencedMap<String, Double> row : result.curve()) {
      Map<String, Double> terms = new LinkedHashMap<>(row);
      terms.remove("seconds");
      rows.add(terms);
    }
    rows.add(result.metrics());
    return rows;
  }

  /// Every member of every catalogue of layers, and hidden layers of other numbers.
  private static Map<String, TrainingSettings> variants() {
    Map<String, TrainingSettings> all = new LinkedHashMap<>();
    BiConsumer<String, LayerStyle> put =
        (name, style) -> all.put(name, settings(style, Initialization.PYTORCH, List.of(16), 30, 2));
    for (String name : Activations.CATALOGUE.names()) {
      put.accept(name, style(name, "batch", 0, "sigmoid"));
    }
    for (String name : List.of("layer", "none")) {
      put.accept(name, style("relu", name, 0, "sigmoid"));
    }
    for (String name : List.of("linear", "softplus")) {
      put.accept(name, style("relu", "batch", 0, name));
    }
    put.accept("dropout", style("relu", "batch", 0.2, "sigmoid"));
    put.accept("output-norm", STANDARD.withOutputNorm(true));
    put.accept("norm-momentum", STANDARD.withConstants(new BatchNormalization(0.01, 1e-5)));
    put.accept("norm-epsilon", STANDARD.withConstants(new BatchNormalization(0.1, 1e-3)));
    put.accept(
        "heads",
        new LayerStyle(
            STANDARD.activation(), Normalization.BATCH, 0, STANDARD.output(), false, true));
    for (String name : Initializers.CATALOGUE.names()) {
      if (!name.equals("pytorch")) {
        Initialization start =
            new Initialization(Initializers.CATALOGUE.member(name).create(Map.of()), false);
        all.put(name, settings(STANDARD, start, List.of(16), 30, 2));
        all.put(
            name + " hidden",
            settings(STANDARD, new Initialization(start.distribution(), true), List.of(16), 30, 2));
      }
    }
    all.put("[]", settings(STANDARD, Initialization.PYTORCH, List.of(), 30, 2));
    all.put("[16, 8]", settings(STANDARD, Initialization.PYTORCH, List.of(16, 8), 30, 2));
    return all;
  }

  @Test
  void everyStyleAndStartGivesAResultOfItsOwnAndTheSameBitsBesideOthers() throws Exception {
    Map<List<Map<String, Double>>, String> seen = new LinkedHashMap<>();
    Map<String, Future<TrainingResult>> beside = new LinkedHashMap<>();
    try (ExecutorService pool = Executors.newFixedThreadPool(3)) {
      variants()
          .forEach((name, settings) -> beside.put(name, pool.submit(() -> train(settings, DATA))));
      for (Map.Entry<String, TrainingSettings> variant : variants().entrySet()) {
        String name = variant.getKey();
        TrainingResult result = train(variant.getValue(), DATA);
        assertEquals(new Ending.MaxEpochs(), result.ending(), name);
        assertEquals(null, seen.put(numbers(result), name), name);
        Future<TrainingResult> other = beside.get(name);
        assertTrue(other != null);
        assertEquals(numbers(result), numbers(other.get()), name);
      }
    }
  }

  @Test
  void learnsOfDataOfAnyRangeWithALinearOutput() {
    int genes = 30;
    float[] ones = new float[genes];
    Arrays.fill(ones, 1);
    PreparedData wide =
        TestData.prepared(
            stretched(DATA.training().values()),
            stretched(DATA.validation().values()),
            genes,
            new Scaling("none", new float[genes], ones));
    double linear =
        r2(
            train(
                settings(
                    style("relu", "batch", 0, "linear"),
                    Initialization.PYTORCH,
                    List.of(32),
                    30,
                    60),
                wide));
    double sigmoid =
        r2(train(settings(STANDARD, Initialization.PYTORCH, List.of(32), 30, 60), wide));
    double reachable = reachableBySigmoid(wide.validation().values(), wide.training().values());
    assertTrue(sigmoid < reachable, sigmoid + " is beyond a sigmoid's reach, " + reachable);
    assertTrue(linear > reachable + 0.1, "a linear output explains " + linear);
  }

  /// The share of the variance that the best numbers in [0, 1] explain.
  private static double reachableBySigmoid(float[] values, float[] training) {
    int genes = 30;
    double[] means = Pca.mean(SampleRows.of(training, genes));
    double missed = 0;
    double total = 0;
    for (int i = 0; i < values.length; i++) {
      missed += Math.pow(values[i] - Math.clamp(values[i], 0, 1), 2);
      total += Math.pow(values[i] - means[i % genes], 2);
    }
    return 1 - missed / total;
  }

  /// From (0, 1) to (-4, 4).
  private static float[] stretched(float[] values) {
    float[] wide = values.clone();
    for (int i = 0; i < wide.length; i++) {
      wide[i] = 8 * wide[i] - 4;
    }
    return wide;
  }

  private static double r2(TrainingResult result) {
    return result.metrics().getOrDefault("val_r2", Double.NaN);
  }

  @ParameterizedTest
  @CsvSource({"layer", "none"})
  void trainsOnBatchesOfOneWithoutBatchNormalisation(String normalization) {
    PreparedData few = TestData.lowRank(41, 9, 12, 2, 5);
    LayerStyle style = style("tanh", normalization, 0, "sigmoid");
    TrainingResult one = train(settings(style, Initialization.PYTORCH, List.of(8), 1, 3), few);
    assertEquals(new Ending.MaxEpochs(), one.ending());
    assertTrue(Double.isFinite(r2(one)));
    // The last batch of one sample is a step too: 41 samples are 5 batches of 10.
    TrainingSettings tens = settings(style, Initialization.PYTORCH, List.of(8), 10, 1);
    assertEquals(5, tens.trainingBatches(41).ranges().size());
    assertEquals(
        4,
        settings(STANDARD, Initialization.PYTORCH, List.of(8), 10, 1)
            .trainingBatches(41)
            .ranges()
            .size());
    // There are no running statistics that could be off.
    assertEquals(
        one.metrics().get("val_mse"), one.metrics().get("val_mse_recalibrated"), "recalibrated");
    assertEquals(
        one.metrics().get("val_mse_sampled"), one.metrics().get("val_mse_sampled_recalibrated"));
    assertThrows(
        IllegalArgumentException.class,
        () -> settings(STANDARD, Initialization.PYTORCH, List.of(8), 1, 1));
  }
}
