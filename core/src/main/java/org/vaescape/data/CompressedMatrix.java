package org.vaescape.data;

import java.util.Arrays;
import java.util.Optional;
import org.vaescape.UserError;

/// A sparse matrix in compressed rows or columns, as SciPy, AnnData and 10x Genomics store it.
///
/// @param source file and place, for messages
/// @param starts of each row (or column) among the values, and the end of the last one
/// @param indices the column (or row) of each value
record CompressedMatrix(String source, int[] starts, int[] indices, float[] values) {

  /// The same gene by gene.
  ///
  /// @param bySample whether the compressed dimension is that of samples
  /// @param place of each gene among those that are kept, -1 of others; empty for all
  /// @throws UserError if the parts do not fit each other, or a value is infinite
  SparseGenes genes(boolean bySample, int samples, int genes, Optional<int[]> place) {
    int outer = bySample ? samples : genes;
    if (!fits(outer, bySample ? genes : samples)) {
      throw new UserError(
          "%s: indptr, indices and data do not fit %s samples and %s genes; write the file anew"
              .formatted(source, samples, genes));
    }
    int kept = place.map(all -> (int) Arrays.stream(all).filter(p -> p >= 0).count()).orElse(genes);
    SparseGenes.Builder builder = new SparseGenes.Builder(source, kept, samples, values.length);
    for (int i = 0; i < outer; i++) {
      for (int at = starts[i]; at < starts[i + 1]; at++) {
        int gene = bySample ? indices[at] : i;
        int sample = bySample ? i : indices[at];
        if (Float.isInfinite(values[at])) {
          throw new UserError(
              "%s, sample %s, gene %s (counted from 1): a value must be a finite number but was %s"
                  .formatted(source, sample + 1, gene + 1, values[at] > 0 ? "inf" : "-inf"));
        }
        int to = place.isPresent() ? place.get()[gene] : gene;
        if (to >= 0) {
          builder.add(to, sample, values[at]);
        }
      }
    }
    return builder.build();
  }

  private boolean fits(int outer, int inner) {
    if (starts.length != outer + 1
        || starts[0] != 0
        || starts[outer] != values.length
        || indices.length != values.length) {
      return false;
    }
    for (int i = 0; i < outer; i++) {
      if (starts[i] > starts[i + 1]) {
        return false;
      }
    }
    for (int index : indices) {
      if (index < 0 || index >= inner) {
        return false;
      }
    }
    return true;
  }
}
