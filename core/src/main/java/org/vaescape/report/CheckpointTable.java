package org.vaescape.report;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.vaescape.UserError;
import org.vaescape.study.FinishedTrial;
import org.vaescape.study.FinishedTrial.Checkpoint;

/// `checkpoints.csv`: outcomes at the stop, at the best epoch and at the horizon, a row each, of
/// every trial that was trained to a horizon.
///
/// The row that `trials.csv` has too comes first. A metric that a row has not is blank.
public final class CheckpointTable {
  private CheckpointTable() {}

  /// Writes the table of those of `trials` that have a horizon, in the order of the plan.
  ///
  /// @param plan ids of the trials that the study asks for; trials without one come last
  /// @return whether there is such a trial; without one no file is written
  /// @throws UserError if the file cannot be written
  public static boolean write(Path file, List<String> plan, List<FinishedTrial> trials) {
    List<FinishedTrial> shown =
        PlanOrder.of(plan, trials).stream()
            .filter(trial -> !trial.checkpoints().isEmpty())
            .toList();
    if (shown.isEmpty()) {
      return false;
    }
    SortedSet<String> metrics =
        shown.stream()
            .flatMap(trial -> trial.allCheckpoints().stream())
            .flatMap(checkpoint -> checkpoint.metrics().keySet().stream())
            .filter(name -> !name.startsWith(FinishedTrial.KL_OF_UNIT))
            .filter(name -> !name.equals(FinishedTrial.RESTORED_EPOCH))
            .collect(Collectors.toCollection(TreeSet::new));
    List<String> header = new ArrayList<>(List.of("trial", "checkpoint", "epoch", "verdict"));
    header.addAll(metrics);
    CsvFile.write(
        file,
        header,
        shown.stream()
            .flatMap(trial ->
                trial.allCheckpoints().stream()
                    .map(checkpoint -> row(trial.id(), checkpoint, metrics))));
    return true;
  }

  private static List<String> row(String trial, Checkpoint checkpoint, SortedSet<String> metrics) {
    List<String> row =
        new ArrayList<>(
            List.of(
                trial,
                checkpoint.name(),
                Integer.toString(checkpoint.epoch()),
                checkpoint.verdict()));
    for (String name : metrics) {
      Double value = checkpoint.metrics().get(name);
      row.add(value == null ? "" : FinishedTrial.text(value));
    }
    return row;
  }
}
