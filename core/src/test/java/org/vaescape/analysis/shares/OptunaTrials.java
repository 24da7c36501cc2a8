package org.vaescape.analysis.shares;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import org.vaescape.Golden;
import org.vaescape.analysis.runs.Run;
import org.vaescape.analysis.runs.Runs;

/// The trials that Optuna's importances were computed of, as runs.
final class OptunaTrials {
  static final String FILE = "analysis/importances";

  static final List<String> NAMES =
      List.of("learning_rate", "latent", "dropout", "kld_weight", "activation");

  static final List<String> LOGARITHMIC = List.of("learning_rate", "latent", "kld_weight");

  private OptunaTrials() {}

  static List<Run> runs() {
    JsonNode file = Golden.read(FILE);
    double[] loss = Golden.array(file, "trials/loss").doubles();
    List<Run> runs = new ArrayList<>();
    for (int i = 0; i < loss.length; i++) {
      SequencedMap<String, String> settings = new LinkedHashMap<>();
      for (String name : NAMES) {
        settings.put(
            name,
            Golden.at(file, "trials/" + name).isObject()
                ? Double.toString(Golden.array(file, "trials/" + name).doubles()[i])
                : Golden.at(file, "trials/" + name).get(i).textValue());
      }
      runs.add(Runs.run(settings, 0, loss[i]));
    }
    return runs;
  }
}
