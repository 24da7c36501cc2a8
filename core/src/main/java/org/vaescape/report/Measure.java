package org.vaescape.report;

import java.util.List;
import java.util.SequencedMap;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import org.vaescape.study.FinishedTrial;
import org.vaescape.study.LossUnit;

/// An outcome that a figure colours by; smaller is better for each.
///
/// @param name as file names have it
/// @param title beside the model's name
/// @param label of the colour bar
/// @param meaning half a sentence for captions, after "Colour:"
/// @param shared whether all models are drawn on one scale
/// @param unit of the value, told from settings: cells of different units share no scale
/// @param value of a complete trial; NaN if it has none
record Measure(
    String name,
    String title,
    String label,
    String meaning,
    boolean shared,
    Function<SequencedMap<String, String>, LossUnit> unit,
    ToDoubleFunction<FinishedTrial> value) {

  static final Measure RECONSTRUCTION =
      new Measure(
          "reconstruction",
          "validation reconstruction loss",
          "validation reconstruction loss",
          "the model's own reconstruction loss on the validation samples at the stop",
          false,
          LossUnit::of,
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
          trial -> trial.metric("val_mse") / trial.metric("pca_mse"));

  static final Measure MSE =
      new Measure(
          "mse",
          "validation MSE",
          "validation MSE",
          "validation mean squared error, decoded from the mean latent",
          true,
          LossUnit::ofError,
          trial -> trial.metric("val_mse"));

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
