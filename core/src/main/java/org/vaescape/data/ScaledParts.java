package org.vaescape.data;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.vaescape.data.DataSettings.Fit;

/// The numbers of prepared data: what takes time to make, and can be kept.
///
/// @param genes indices into the matrix, ascending
/// @param notes of counts and selection, one sentence each, that begin with the source of the
///   matrix
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
    int[] fit = fit(matrix, settings, split);
    CountScale counts = CountScale.fit(matrix, settings.counts(), fit);
    Matrix comparable = counts.apply(matrix);
    GeneSelection selection = GeneSelection.of(comparable, settings, fit);
    Scaler scaler = Scaler.fit(comparable, selection.genes(), settings.scale(), fit);
    Scaler.Scaled validation = scaler.apply(comparable, split.validation());
    List<String> notes = new ArrayList<>(counts.notes());
    notes.addAll(selection.notes());
    return new ScaledParts(
        selection.genes(),
        notes,
        scaler.scaling(counts.scaling()),
        scaler.apply(comparable, split.training()).values(),
        validation.values(),
        scaler.apply(comparable, split.test()).values(),
        validation.clipped());
  }

  /// How many genes could be selected.
  static int usableGenes(Matrix matrix, DataSettings settings, Split split) {
    int[] fit = fit(matrix, settings, split);
    Matrix comparable = CountScale.fit(matrix, settings.counts(), fit).apply(matrix);
    return GeneSelection.usable(comparable, settings, fit);
  }

  private static int[] fit(Matrix matrix, DataSettings settings, Split split) {
    return settings.fit() == Fit.TRAIN
        ? split.training()
        : IntStream.range(0, matrix.samples().size()).toArray();
  }
}
