package org.vaescape.data;

import java.util.List;
import java.util.stream.IntStream;
import org.vaescape.data.DataSettings.Fit;

/// The numbers of prepared data: what takes time to make, and can be kept.
///
/// @param genes indices into the matrix, ascending
/// @param notes of the selection, one sentence each, that begin with the source of the matrix
/// @param training samples x genes, row by row, as all three
/// @param clipped number of validation values that min-max scaling clipped
record ScaledParts(
    int[] genes,
    List<String> notes,
    Scaling scaling,
    float[] training,
    float[] validation,
    float[] test,
    long clipped) {
  /// Makes the parts of a split, or brings them from where they are kept.
  @FunctionalInterface
  interface Maker {
    ScaledParts make(Matrix matrix, DataSettings settings, Split split);
  }

  /// Selects and scales.
  ///
  /// @throws org.vaescape.UserError if the settings do not fit the matrix
  static ScaledParts of(Matrix matrix, DataSettings settings, Split split) {
    int[] fit =
        settings.fit() == Fit.TRAIN
            ? split.training()
            : IntStream.range(0, matrix.samples().size()).toArray();
    GeneSelection selection = GeneSelection.of(matrix, settings, fit);
    Scaler scaler = Scaler.fit(matrix, selection.genes(), settings.scale(), fit);
    Scaler.Scaled validation = scaler.apply(matrix, split.validation());
    return new ScaledParts(
        selection.genes(),
        selection.notes(),
        scaler.scaling(),
        scaler.apply(matrix, split.training()).values(),
        validation.values(),
        scaler.apply(matrix, split.test()).values(),
        validation.clipped());
  }
}
