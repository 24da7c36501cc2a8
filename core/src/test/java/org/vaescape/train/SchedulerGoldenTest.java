package org.vaescape.train;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.vaescape.Covers;
import org.vaescape.Golden;

/// The learning rate of every epoch is that of PyTorch's schedulers.
@Covers({"schedulers/constant", "schedulers/exponential"})
class SchedulerGoldenTest {

  @ParameterizedTest
  @ValueSource(strings = {"constant", "exponential"})
  void givesPytorchsRates(String name) {
    JsonNode golden = Golden.read("schedulers/" + name);
    Map<String, Object> settings = new LinkedHashMap<>();
    Golden.at(golden, "settings")
        .properties()
        .forEach(entry -> {
          if (!entry.getKey().equals("lr")) {
            settings.put(entry.getKey(), entry.getValue().doubleValue());
          }
        });
    Scheduler scheduler = Schedulers.CATALOGUE.member(name).create(settings);
    double initial = Golden.number(golden, "settings/lr");
    JsonNode exact = Golden.at(golden, "lr_exact");
    assertEquals(Golden.number(golden, "epochs"), exact.size());
    for (int epoch = 0; epoch < exact.size(); epoch++) {
      Golden.assertClose(
          exact.get(epoch).doubleValue(),
          scheduler.rate(initial, epoch),
          1e-12,
          0,
          name + " in epoch " + epoch);
    }
  }
}
