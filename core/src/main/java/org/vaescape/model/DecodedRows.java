package org.vaescape.model;

import org.vaescape.engine.ErrorSums;
import org.vaescape.engine.Scope;
import org.vaescape.engine.Tensor;

/// Reconstructions of a batch, some rows at a time: nobody needs all of them at once, and they
/// would be the largest tensors of a trial.
public final class DecodedRows {
  private static final int TOGETHER = 128;

  private DecodedRows() {}

  /// What is done with some rows.
  public interface Work {
    /// Does it.
    ///
    /// @param from number of the first row
    /// @param reconstruction (rows, genes), gone afterwards
    /// @param x of the same rows
    void on(int from, Tensor reconstruction, Tensor x);
  }

  /// Decodes all rows, from the first to the last.
  ///
  /// @param z (rows, code)
  /// @param x (rows, genes)
  public static void forEach(Networks networks, Tensor z, Tensor x, Work work) {
    int rows = Math.toIntExact(x.size(0));
    for (int from = 0; from < rows; from += TOGETHER) {
      int to = Math.min(rows, from + TOGETHER);
      try (Scope _ = Scope.withoutGradients()) {
        Tensor seen = x.rows(from, to);
        work.on(from, networks.reconstruct(z.rows(from, to), seen), seen);
      }
    }
  }

  /// Squared errors of all rows, each of which is decoded once.
  ///
  /// @param look what else is done with them
  static ErrorSums squaredErrors(Networks networks, Tensor z, Tensor x, Work look) {
    double[] byRow = new double[Math.toIntExact(x.size(0))];
    double[] byGene = new double[Math.toIntExact(x.size(1))];
    forEach(
        networks,
        z,
        x,
        (from, reconstruction, seen) -> {
          look.on(from, reconstruction, seen);
          Tensor errors = reconstruction.squaredError(seen);
          double[] ofRows = errors.sum(1).doubles();
          System.arraycopy(ofRows, 0, byRow, from, ofRows.length);
          double[] ofGenes = errors.sum(0).doubles();
          for (int gene = 0; gene < byGene.length; gene++) {
            byGene[gene] += ofGenes[gene];
          }
        });
    return new ErrorSums(byRow, byGene);
  }

  /// Numbers that it holds at once.
  ///
  /// @param batch rows of the largest batch
  /// @param tensors of genes for each row
  public static long numbers(long batch, long genes, int tensors) {
    return Math.min(batch, TOGETHER) * genes * tensors;
  }
}
