package org.vaescape.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.vaescape.Covers;
import org.vaescape.Golden;
import org.vaescape.engine.DType;
import org.vaescape.engine.Scope;
import org.vaescape.engine.Tensor;

/// Every step of every optimizer is PyTorch's, in both precisions and both ways.
@Covers({
  "optimizers/adadelta",
  "optimizers/adagrad",
  "optimizers/adam",
  "optimizers/adam_amsgrad",
  "optimizers/adam_weight_decay",
  "optimizers/adamax",
  "optimizers/adamw",
  "optimizers/asgd",
  "optimizers/lion",
  "optimizers/lion_weight_decay",
  "optimizers/nadam",
  "optimizers/radam",
  "optimizers/rmsprop",
  "optimizers/rmsprop_centered_momentum",
  "optimizers/rprop",
  "optimizers/sgd",
  "optimizers/sgd_momentum",
  "optimizers/sgd_momentum_weight_decay",
  "optimizers/sgd_nesterov"
})
class OptimizerGoldenTest {

  static Stream<Arguments> files() {
    Covers covers = Objects.requireNonNull(OptimizerGoldenTest.class.getAnnotation(Covers.class));
    return Arrays.stream(covers.value())
        .flatMap(file -> Arrays.stream(WayOfUpdates.values()).map(way -> Arguments.of(file, way)));
  }

  @ParameterizedTest
  @MethodSource("files")
  void takesPytorchsSteps(String file, WayOfUpdates way) {
    DType type = way.type;
    JsonNode golden = Golden.read(file);
    assertTrue(Golden.at(golden, "runs").size() > 0);
    for (JsonNode run : Golden.at(golden, "runs")) {
      Optimizer optimizer = optimizer(file, Golden.at(run, "settings"));
      double rate = Golden.number(run, "lr");
      for (String part : List.of("weight", "bias")) {
        Golden.Array start = Golden.array(golden, part);
        Golden.Array gradients = Golden.array(golden, part + "_gradients");
        Golden.Array expected = Golden.array(run, part + "_after_step");
        assertEquals(10, gradients.shape()[0]);
        try (Scope _ = Scope.open()) {
          Tensor parameter = tensor(type, start);
          Optimizer.Update<Tensor> update = way.start(optimizer, parameter);
          for (int step = 0; step < gradients.shape()[0]; step++) {
            update.apply(tensor(type, gradients.slice(step)), Pace.of(rate));
            Golden.assertClose(
                expected.slice(step).doubles(),
                parameter.doubles(),
                type == DType.FLOAT64 ? 1e-8 : 1e-5,
                type == DType.FLOAT64 ? 1e-9 : 5e-6,
                "%s at rate %s, %s after step %d".formatted(file, rate, part, step));
          }
        }
      }
    }
  }

  /// The optimizer with a run's settings, under our names.
  private static Optimizer optimizer(String file, JsonNode settings) {
    String name = file.substring(file.indexOf('/') + 1).split("_", -1)[0];
    Map<String, Object> ours = new LinkedHashMap<>();
    settings
        .properties()
        .forEach(entry -> {
          JsonNode value = entry.getValue();
          switch (entry.getKey()) {
            case "lr" -> assertTrue(value.isNumber());
            case "betas" -> putPair(ours, "beta1", "beta2", value);
            case "etas" -> putPair(ours, "eta-minus", "eta-plus", value);
            case "step_sizes" -> putPair(ours, "min-step", "max-step", value);
            case "eps" -> ours.put("epsilon", value.doubleValue());
            case "lambd" -> ours.put("lambda", value.doubleValue());
            case "decoupled_weight_decay" -> {
              // Of adam and adamw, the name says it.
              if (name.startsWith("adam")) {
                assertEquals(name.equals("adamw"), value.booleanValue());
              } else {
                ours.put("decoupled-weight-decay", value.booleanValue());
              }
            }
            case "amsgrad", "centered", "nesterov" ->
                ours.put(entry.getKey(), value.booleanValue());
            default -> ours.put(entry.getKey().replace('_', '-'), value.doubleValue());
          }
        });
    return Optimizers.CATALOGUE.member(name).create(ours);
  }

  private static void putPair(
      Map<String, Object> ours, String first, String second, JsonNode values) {
    ours.put(first, values.get(0).doubleValue());
    ours.put(second, values.get(1).doubleValue());
  }

  private static Tensor tensor(DType type, Golden.Array array) {
    long[] shape = Arrays.stream(array.shape()).asLongStream().toArray();
    return Tensor.of(type, array.data(), shape);
  }
}
