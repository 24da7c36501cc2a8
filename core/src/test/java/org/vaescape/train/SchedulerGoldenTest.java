package org.vaescape.train;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.vaescape.Covers;
import org.vaescape.Golden;

/// The learning rate, and the momentum, of every epoch are those of PyTorch's schedulers.
@Covers({
  "schedulers/constant",
  "schedulers/cosine",
  "schedulers/exponential",
  "schedulers/one_cycle",
  "schedulers/plateau",
  "schedulers/plateau_cooldown_min_lr",
  "schedulers/step",
  "schedulers/warmup_cosine"
})
class SchedulerGoldenTest {
  private static final double TOLERANCE = 1e-12;

  static Stream<String> files() {
    Covers covers = Objects.requireNonNull(SchedulerGoldenTest.class.getAnnotation(Covers.class));
    return Arrays.stream(covers.value());
  }

  @ParameterizedTest
  @MethodSource("files")
  void givesPytorchsPace(String file) {
    JsonNode golden = Golden.read(file);
    int epochs = (int) Golden.number(golden, "epochs");
    String name = Golden.at(golden, "scheduler").textValue().replace('_', '-');
    Scheduler scheduler =
        Schedulers.CATALOGUE
            .member(name.startsWith("plateau") ? "plateau" : name)
            .create(settings(Golden.at(golden, "settings"), epochs));
    double initial =
        Golden.number(
            golden, golden.at("/settings/max_lr").isNumber() ? "settings/max_lr" : "settings/lr");
    JsonNode exact = Golden.at(golden, "lr_exact");
    assertEquals(epochs, exact.size());
    List<ValidationLosses> metrics = new ArrayList<>();
    for (int epoch = 0; epoch < epochs; epoch++) {
      Golden.assertClose(
          exact.get(epoch).doubleValue(),
          scheduler.rate(initial, epoch, epochs, metrics),
          TOLERANCE,
          0,
          name + " in epoch " + epoch);
      assertEquals(golden.has("momentum"), scheduler.momentum(epoch, epochs).isPresent());
      if (golden.has("momentum")) {
        Golden.assertClose(
            golden.get("momentum").get(epoch).doubleValue(),
            scheduler.momentum(epoch, epochs).orElseThrow(),
            TOLERANCE,
            0,
            "momentum in epoch " + epoch);
      }
      if (golden.has("metrics")) {
        double metric = golden.get("metrics").get(epoch).doubleValue();
        metrics.add(new ValidationLosses(Double.NaN, metric));
      }
    }
  }

  /// Our settings; those that are the number of epochs here must be so there.
  private static Map<String, Object> settings(JsonNode theirs, int epochs) {
    Map<String, Object> ours = new LinkedHashMap<>();
    theirs
        .properties()
        .forEach(entry -> {
          JsonNode value = entry.getValue();
          String key = entry.getKey().replace('_', '-');
          switch (key) {
            case "lr", "max-lr", "formula" -> {}
            case "mode" -> assertEquals("min", value.textValue());
            case "total-steps" -> assertEquals(epochs, value.intValue());
            case "t-max" ->
                assertEquals(epochs, value.intValue() + theirs.path("warmup_epochs").asInt(0));
            case "eps" -> ours.put("epsilon", value.doubleValue());
            default ->
                ours.put(
                    key,
                    value.isTextual()
                        ? value.textValue()
                        : value.isBoolean()
                            ? (Object) value.booleanValue()
                            : (Object) value.doubleValue());
          }
        });
    return ours;
  }
}
