package org.vaescape.report;

import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import org.vaescape.analysis.runs.Scale;
import org.vaescape.study.FinishedTrial;
import org.vaescape.study.LossUnit;

/// An outcome that a figure colours by.
///
/// @param name as file names have it
/// @param title beside the model's name
/// @param label of the colour bar
/// @param meaning half a sentence for captions, after "Colour:"
/// @param shared whether all models are drawn on one scale
/// @param unit of the value, told from settings: cells of different units share no scale
/// @param lowerIsBetter whether small values are good ones
/// @param ofAll whether trials that did not run to their end have a value too
/// @param value of a complete trial, or of any; NaN if it has none
record Measure(
    String name,
    String title,
    String label,
    String meaning,
    boolean shared,
    Function<SequencedMap<String, String>, LossUnit> unit,
    boolean lowerIsBetter,
    boolean ofAll,
    ToDoubleFunction<FinishedTrial> value) {

  static final Measure RECONSTRUCTION =
      new Measure(
          "reconstruction",
          "validation reconstruction loss",
          "validation reconstruction loss",
          "the model's own reconstruction loss on the validation samples at the stop",
          false,
          LossUnit::of,
          true,
          false,
          trial -> trial.metric("val_reconstruction"));

  static final Measure AGAINST_PCA =
      new Measure(
          "against-pca",
          "validation error against PCA",
          "validation MSE ÷ MSE of PCA",
          "validation mean squared error (mean latent) divided by that of PCA with as many"
              + " components; below 1 the model is better than PCA",
          true,
          _ -> LossUnit.NONE,
          true,
          false,
          trial -> trial.metric("val_mse") / trial.metric("pca_mse"));

  static final Measure MSE =
      new Measure(
          "mse",
          "validation MSE",
          "validation MSE",
          "validation mean squared error, decoded from the mean latent",
          true,
          LossUnit::ofError,
          true,
          false,
          trial -> trial.metric("val_mse"));

  /// How many of the trials failed.
  static final Measure FAILURES =
      new Measure(
          "failures",
          "runs that failed",
          "share of runs that failed",
          "share of the runs that failed",
          true,
          _ -> LossUnit.NONE,
          true,
          true,
          trial -> CellSummary.isComplete(trial) ? 0 : 1);

  /// The outcome of a table.
  static Measure of(TableColumns table) {
    String outcome = table.outcome();
    return new Measure(
        outcome,
        outcome,
        outcome,
        outcome,
        false,
        _ -> LossUnit.NONE,
        table.lowerIsBetter(),
        false,
        trial -> trial.metric(outcome));
  }

  /// The measure that draws a metric by which settings are chosen; empty where there is none.
  static Optional<Measure> of(String metric, Optional<TableColumns> table) {
    if (table.isPresent()) {
      return table.map(Measure::of).filter(own -> own.name.equals(metric));
    }
    return switch (metric) {
      case "val_reconstruction" -> Optional.of(RECONSTRUCTION);
      case "val_mse" -> Optional.of(MSE);
      default -> Optional.empty();
    };
  }

  /// Mean over the trials that count; NaN without one.
  double of(CellSummary cell) {
    return CellSummary.mean(ofAll ? cell.trials() : cell.complete(), value);
  }

  /// Mean over these trials as a scale has it: geometric on the logarithmic one; NaN without a
  /// value.
  double mean(List<FinishedTrial> trials, Scale scale) {
    return scale == Scale.LOG
        ? Math.exp(CellSummary.mean(trials, trial -> Math.log(value.applyAsDouble(trial))))
        : CellSummary.mean(trials, value);
  }

  /// The colours of these cells, whose limits those set that ran to their end and did not explode.
  ColorScale scale(StudyCells cells) {
    return ColorScale.of(
        cells.cells().stream()
            .filter(cell -> !cell.verdict().equals("exploded"))
            .mapToDouble(this::of)
            .toArray());
  }

  LossUnit unit(CellSummary cell) {
    return unit.apply(cell.settings());
  }

  /// The measures that these trials have: the model's own loss, and one that models share.
  static List<Measure> of(List<FinishedTrial> trials) {
    boolean pca =
        trials.stream().anyMatch(trial -> Double.isFinite(AGAINST_PCA.value.applyAsDouble(trial)));
    return List.of(RECONSTRUCTION, pca ? AGAINST_PCA : MSE);
  }
}
