package org.vaescape.report;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.vaescape.UserError;
import org.vaescape.study.FinishedTrial;

/// `units.csv`: the KL of every latent unit of every trial, in nats per sample on the validation
/// part, from the unit that carries most to the one that carries least.
public final class UnitTable {
  private UnitTable() {}

  /// Writes the table of `trials`, in the order of the plan.
  ///
  /// @param plan ids of the trials that the study asks for; trials without one come last
  /// @throws UserError if the file cannot be written
  public static void write(Path file, List<String> plan, List<FinishedTrial> trials) {
    CsvFile.write(
        file,
        List.of("trial", "rank", "val_kl"),
        PlanOrder.of(plan, trials).stream()
            .flatMap(trial ->
                trial.metrics().entrySet().stream()
                    .filter(metric -> metric.getKey().startsWith(FinishedTrial.KL_OF_UNIT))
                    .map(metric -> row(trial.id(), metric))));
  }

  private static List<String> row(String trial, Map.Entry<String, Double> metric) {
    int rank = Integer.parseInt(metric.getKey().substring(FinishedTrial.KL_OF_UNIT.length()));
    return List.of(trial, Integer.toString(rank), FinishedTrial.text(metric.getValue()));
  }
}
