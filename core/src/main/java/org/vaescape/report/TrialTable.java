package org.vaescape.report;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.vaescape.UserError;
import org.vaescape.study.FinishedTrial;

/// `trials.csv`: a row a trial.
///
/// A metric that a trial has not is blank, one that is not finite `nan`, `inf` or `-inf`.
public final class TrialTable {
  /// Settings that have a column whether they vary or not.
  private static final List<String> AXES = List.of("model", "latent", "learning-rate", "optimizer");

  private static final List<String> METRICS =
      List.of("val_loss", "val_reconstruction", "val_mse", "val_r2", "val_kl", "active_units");

  /// Metrics that come first among the further ones, in this order.
  private static final List<String> FURTHER =
      List.of(
          "val_mse_sampled",
          "val_r2_sampled",
          "val_mse_recalibrated",
          "val_r2_recalibrated",
          "val_mse_sampled_recalibrated",
          "val_r2_sampled_recalibrated",
          "val_reconstruction_recalibrated",
          "pca_mse",
          "pca_r2",
          "mean_mse",
          "untrained_mse",
          "untrained_r2",
          "permuted_mse",
          "permuted_r2",
          "test_mse",
          "test_r2");

  private TrialTable() {}

  /// Writes the table of `trials`, in the order of the plan.
  ///
  /// @param plan ids of the trials that the study asks for; trials without one come last
  /// @param seed the study's
  /// @throws UserError if the file cannot be written
  public static void write(Path file, List<String> plan, long seed, List<FinishedTrial> trials) {
    SequencedMap<String, Function<FinishedTrial, String>> columns = columns(seed, trials);
    CsvFile.write(
        file,
        List.copyOf(columns.keySet()),
        PlanOrder.of(plan, trials).stream()
            .map(trial -> columns.values().stream().map(column -> column.apply(trial)).toList()));
  }

  /// What stands in each column, by its name.
  ///
  /// @param seed the study's
  static SequencedMap<String, Function<FinishedTrial, String>> columns(
      long seed, List<FinishedTrial> trials) {
    SequencedMap<String, Function<FinishedTrial, String>> columns = new LinkedHashMap<>();
    columns.put("trial", FinishedTrial::id);
    settings(trials).forEach(key -> columns.put(key, trial -> setting(trial, key)));
    columns.put("seed", _ -> Long.toString(seed));
    columns.put("repeat", trial -> Integer.toString(trial.repeat()));
    columns.put("status", trial -> trial.status().text());
    columns.put("epochs", trial -> Integer.toString(trial.epochs()));
    for (String name : METRICS) {
      columns.put(name, trial -> metric(trial, name));
    }
    columns.put("seconds", trial -> FinishedTrial.text(trial.seconds()));
    columns.put(
        "epoch_seconds",
        trial -> trial.epochs() == 0 ? "" : FinishedTrial.text(trial.epochSeconds()));
    columns.put("path", FinishedTrial::path);
    columns.put("precision", FinishedTrial::precision);
    columns.put("data_hash", FinishedTrial::dataHash);
    columns.put("message", FinishedTrial::message);
    columns.put("verdict", FinishedTrial::verdict);
    for (String name : further(trials)) {
      columns.putIfAbsent(name, trial -> metric(trial, name));
    }
    return columns;
  }

  /// Settings that have a column: the axes of the study, and what else varies.
  static List<String> settings(List<FinishedTrial> trials) {
    return Stream.concat(
            AXES.stream(), VaryingKeys.of(trials.stream().map(FinishedTrial::settings)).stream())
        .distinct()
        .toList();
  }

  static String setting(FinishedTrial trial, String key) {
    return trial.settings().getOrDefault(key, "");
  }

  static String metric(FinishedTrial trial, String name) {
    return trial.metrics().containsKey(name) ? FinishedTrial.text(trial.metric(name)) : "";
  }

  private static List<String> further(List<FinishedTrial> trials) {
    TreeSet<String> present =
        trials.stream()
            .flatMap(trial -> trial.metrics().keySet().stream())
            .filter(name -> !name.startsWith(FinishedTrial.KL_OF_UNIT)) // units.csv has them
            .collect(Collectors.toCollection(TreeSet::new));
    List<String> ordered = new ArrayList<>(FURTHER);
    ordered.retainAll(present);
    ordered.addAll(present);
    return ordered;
  }
}
