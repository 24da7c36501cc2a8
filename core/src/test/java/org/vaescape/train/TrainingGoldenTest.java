package org.vaescape.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.vaescape.Golden.array;
import static org.vaescape.Golden.assertClose;
import static org.vaescape.Golden.at;
import static org.vaescape.Golden.number;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.SequencedMap;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.vaescape.Arithmetic;
import org.vaescape.Covers;
import org.vaescape.Golden;
import org.vaescape.data.PreparedData;
import org.vaescape.data.Scaling;
import org.vaescape.engine.Device;
import org.vaescape.engine.Precision;
import org.vaescape.engine.Tensor;
import org.vaescape.model.Initialization;
import org.vaescape.model.Initializer;
import org.vaescape.model.LayerStyle;
import org.vaescape.model.Models;
import org.vaescape.model.Noise;
import org.vaescape.model.SquaredError;
import org.vaescape.model.VaeModel;
import org.vaescape.model.Weights;

/// Whole training runs against PyTorch's, number by number: weights, order and noise are the
/// file's.
///
/// The data reach the network in 32 bits whatever the precision, so that FP64 runs are compared as
/// closely as the rounding of the data allows.
@Covers({
  "training/vae",
  "training/vae-sgd",
  "training/vae-sgd-momentum",
  "training/vae-clip-sgd-momentum",
  "training/vae-rmsprop",
  "training/iwae-burda",
  "training/iwae-burda-sgd-momentum",
  "training/iwae-pytorchvae",
  "training/iwae-pytorchvae-sgd-momentum",
  "training/infovae",
  "training/infovae-sgd-momentum",
  "training/logcosh",
  "training/logcosh-sgd-momentum"
})
class TrainingGoldenTest {
  private static final Map<String, String> PARTS =
      Map.of("loss", "loss", "recon", "reconstruction", "kl", "kl", "mmd", "mmd");

  @ParameterizedTest
  @CsvSource({
    "vae",
    "vae-sgd",
    "vae-sgd-momentum",
    "vae-clip-sgd-momentum",
    "vae-rmsprop",
    "iwae-burda",
    "iwae-burda-sgd-momentum",
    "iwae-pytorchvae",
    "iwae-pytorchvae-sgd-momentum",
    "infovae",
    "infovae-sgd-momentum",
    "logcosh",
    "logcosh-sgd-momentum"
  })
  void followsPytorchStepByStep(String name) {
    JsonNode file = Golden.read("training/" + name);
    for (Arithmetic arithmetic : Arithmetic.values()) {
      for (boolean meanLatent : new boolean[] {false, true}) {
        check(name + ", " + arithmetic, file, arithmetic, meanLatent);
      }
    }
  }

  private static void check(String what, JsonNode file, Arithmetic arithmetic, boolean meanLatent) {
    Numerics numerics = new Numerics(arithmetic.precision(), arithmetic.path(), Device.CPU, 1);
    TrainingResult result;
    try (TrainingData data = TrainingData.of(prepared(file), numerics)) {
      result =
          Trainer.train(
              settings(file, numerics, meanLatent),
              data,
              new Replay(file, arithmetic.precision()),
              TrainingMonitor.NONE);
    }
    // golden/README.md: MMD terms cancel, so InfoVAE is compared by absolute size.
    boolean infovae = at(file, "model").asText().startsWith("infovae");
    double stepTolerance = infovae ? 5e-4 : 1e-8;
    double validationTolerance = infovae ? 1e-3 : 1e-8;
    JsonNode reference = at(file, "float64");
    int epochs = at(reference, "epochs").size();
    assertEquals(new Ending.MaxEpochs(), result.ending());
    assertEquals(epochs, result.curve().size());
    int steps = at(reference, "steps").size() / epochs;
    for (int epoch = 0; epoch < epochs; epoch++) {
      SequencedMap<String, Double> row = result.curve().get(epoch);
      JsonNode expected = at(reference, "epochs/" + epoch);
      String place = what + ", epoch " + (epoch + 1) + ", ";
      assertClose(number(expected, "lr"), value(row, "learning_rate"), 1e-12, 0, place + "rate");
      JsonNode validation = at(expected, meanLatent ? "validation_mean_z" : "validation_sampled");
      for (Map.Entry<String, String> part : PARTS.entrySet()) {
        if (validation.has(part.getKey())) {
          double mean = meanOfSteps(reference, epoch * steps, steps, part.getKey());
          String term = part.getValue();
          assertClose(mean, value(row, "train_" + term), 5e-5, stepTolerance, place + term);
          assertClose(
              number(validation, part.getKey()),
              value(row, "val_" + term),
              1e-5,
              validationTolerance,
              place + "validation " + term);
        }
      }
      assertClose(
          meanOfSteps(reference, epoch * steps, steps, "grad_norm_before_clip"),
          value(row, "train_gradient_norm"),
          1e-4,
          stepTolerance,
          place + "gradient norm");
    }
    checkWeights(what, reference, result.weights().orElseThrow());
  }

  private static void checkWeights(String what, JsonNode reference, Weights weights) {
    for (String kind : List.of("final_parameters", "final_running_stats")) {
      at(reference, kind)
          .properties()
          .forEach(entry ->
              assertClose(
                  array(entry.getValue()).doubles(),
                  weights.array(entry.getKey()).values(),
                  1e-4,
                  5e-6,
                  what + ", " + entry.getKey()));
    }
  }

  private static double meanOfSteps(JsonNode reference, int from, int count, String term) {
    return IntStream.range(from, from + count)
        .mapToDouble(step -> number(reference, "steps/" + step + "/" + term))
        .average()
        .orElseThrow();
  }

  private static double value(SequencedMap<String, Double> row, String name) {
    Double value = row.get(name);
    if (value == null) {
      throw new AssertionError("no " + name + " in " + row.keySet());
    }
    return value;
  }

  private static TrainingSettings settings(JsonNode file, Numerics numerics, boolean meanLatent) {
    JsonNode clip = at(file, "clip_grad_norm");
    return new TrainingSettings(
        model(file),
        hidden(file),
        at(file, "Z").asInt(),
        LayerStyle.STANDARD,
        Initialization.PYTORCH,
        optimizer(at(file, "optimizer").asText()),
        number(file, "lr"),
        new ExponentialRate(number(file, "scheduler/gamma")),
        new SquaredError(),
        false,
        number(file, "hyper_parameters/kld_weight"),
        new NoWarmUp(),
        0,
        at(file, "batch").asInt(),
        false,
        Stopping.after(at(file, "epochs").asInt()),
        clip.isNull() ? OptionalDouble.empty() : OptionalDouble.of(clip.asDouble()),
        meanLatent ? Validation.MEAN : Validation.SAMPLED,
        false,
        numerics,
        Optional.empty());
  }

  private static List<Integer> hidden(JsonNode file) {
    List<Integer> hidden = new ArrayList<>();
    at(file, "hidden").forEach(size -> hidden.add(size.asInt()));
    return hidden;
  }

  private static VaeModel model(JsonNode file) {
    Map<String, Object> settings = new LinkedHashMap<>();
    JsonNode given = at(file, "hyper_parameters");
    Map<String, String> reals =
        Map.of(
            "alpha",
            "alpha",
            "beta",
            "beta",
            "reg_weight",
            "reg-weight",
            "latent_var",
            "latent-var");
    reals.forEach((key, name) -> {
      if (given.has(key)) {
        settings.put(name, given.get(key).asDouble());
      }
    });
    if (given.has("samples")) {
      settings.put("samples", given.get("samples").asLong());
    }
    if (given.has("kernel")) {
      settings.put("kernel", given.get("kernel").asText());
    }
    String model = at(file, "model").asText();
    if (model.endsWith("-pytorchvae")) {
      settings.put("compat", "pytorch-vae");
    }
    String name =
        switch (model) {
          case "iwae-burda", "iwae-pytorchvae" -> "iwae";
          case "infovae-imq" -> "infovae";
          case "logcosh" -> "logcosh-vae";
          case "vae" -> "vae";
          default -> throw new AssertionError("no model for " + model);
        };
    return Models.CATALOGUE.member(name).create(settings);
  }

  private static Optimizer optimizer(String name) {
    return name.equals("sgd_momentum")
        ? Optimizers.CATALOGUE.member("sgd").create(Map.of("momentum", 0.9))
        : Optimizers.CATALOGUE.member(name).create(Map.of());
  }

  private static PreparedData prepared(JsonNode file) {
    int genes = at(file, "D").asInt();
    float[] ones = new float[genes];
    Arrays.fill(ones, 1);
    return TestData.prepared(
        array(file, "x_train").floats(),
        array(file, "x_validation").floats(),
        genes,
        new Scaling("none", new float[genes], ones));
  }

  /// Weights, order and noise of the file.
  private record Replay(JsonNode file, Precision precision) implements Randomness {
    @Override
    public Initializer initializer(Initialization initialization) {
      return (name, _, _) -> {
        String kind = name.contains("running") ? "running_stats_before" : "parameters";
        return array(at(file, kind).get(name)).doubles();
      };
    }

    @Override
    public int[] order(int epoch, int samples) {
      return array(file, "permutations").slice(epoch).ints();
    }

    @Override
    public Noise step(int epoch, int batch) {
      int steps = array(file, "step_noise/eps").shape()[0] / array(file, "permutations").shape()[0];
      return noise("step_noise", epoch * steps + batch);
    }

    @Override
    public Noise validation(int epoch, int batch) {
      return noise("validation_noise", epoch);
    }

    @Override
    public Noise recalibration(int batch) {
      return (_, shape) -> Tensor.zeros(precision.storage(), shape);
    }

    @Override
    public Noise importance() {
      return (_, shape) -> Tensor.zeros(precision.storage(), shape);
    }

    /// Outcomes ask for one sample a row where IWAE's file has several: they get the first values.
    private Noise noise(String kind, int index) {
      return (purpose, shape) -> {
        double[] values = array(file, kind + "/" + purpose).slice(index).doubles();
        int count = Math.toIntExact(Arrays.stream(shape).reduce(1, Math::multiplyExact));
        return Tensor.of(precision.storage(), Arrays.copyOf(values, count), shape);
      };
    }
  }
}
