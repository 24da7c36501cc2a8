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

/// Every step of every optimizer is PyTorch's, in both precisions.
@Covers({
  "optimizers/adam",
  "optimizers/adam_amsgrad",
  "optimizers/adam_weight_decay",
  "optimizers/rmsprop",
  "optimizers/rmsprop_centered_momentum",
  "optimizers/sgd",
  "optimizers/sgd_momentum",
  "optimizers/sgd_momentum_weight_decay",
  "optimizers/sgd_nesterov"
})
class OptimizerGoldenTest {

  static Stream<Arguments> files() {
    Covers covers = Objects.requireNonNull(OptimizerGoldenTest.class.getAnnotation(Covers.class));
    return Arrays.stream(covers.value())
        .flatMap(
            file -> Stream.of(DType.FLOAT64, DType.FLOAT32).map(type -> Arguments.of(file, type)));
  }

  @ParameterizedTest
  @MethodSource("files")
  void takesPytorchsSteps(String file, DType type) {
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
          Optimizer.Update update = optimizer.start(parameter);
          for (int step = 0; step < gradients.shape()[0]; step++) {
            update.apply(tensor(type, gradients.slice(step)), rate);
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

  /// The optimizer with a run's settings; what we do not offer must be off in the run.
  private static Optimizer optimizer(String file, JsonNode settings) {
    Map<String, Object> ours = new LinkedHashMap<>();
    settings
        .properties()
        .forEach(entry -> {
          JsonNode value = entry.getValue();
          switch (entry.getKey()) {
            case "lr" -> assertTrue(value.isNumber());
            case "betas" -> {
              ours.put("beta1", value.get(0).doubleValue());
              ours.put("beta2", value.get(1).doubleValue());
            }
            case "eps" -> ours.put("epsilon", value.doubleValue());
            case "dampening" -> assertEquals(0, value.doubleValue());
            case "decoupled_weight_decay" -> assertEquals(false, value.booleanValue());
            case "amsgrad", "centered", "nesterov" ->
                ours.put(entry.getKey(), value.booleanValue());
            default -> ours.put(entry.getKey().replace('_', '-'), value.doubleValue());
          }
        });
    String name = file.substring(file.indexOf('/') + 1).split("_", -1)[0];
    return Optimizers.CATALOGUE.member(name).create(ours);
  }

  private static Tensor tensor(DType type, Golden.Array array) {
    long[] shape = Arrays.stream(array.shape()).asLongStream().toArray();
    return Tensor.of(type, array.data(), shape);
  }
}
