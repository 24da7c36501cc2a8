package org.vaescape.train;

import org.vaescape.engine.Scope;
import org.vaescape.engine.Tensor;
import org.vaescape.model.Networks;

/// Reconstructions of a batch, some rows at a time: nobody needs all of them at once, and they
/// would be the largest tensors of a trial.
final class DecodedRows {
  private static final int TOGETHER = 128;

  private DecodedRows() {}

  /// What is done with some rows.
  interface Work {
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
  static void forEach(Networks networks, Tensor z, Tensor x, Work work) {
    int rows = Math.toIntExact(x.size(0));
    for (Batches.Range range : Batches.ofValidation(rows, TOGETHER, false).ranges()) {
      try (Scope _ = Scope.withoutGradients()) {
        Tensor seen = x.rows(range.from(), range.to());
        Tensor reconstruction = networks.reconstruct(z.rows(range.from(), range.to()), seen);
        work.on(range.from(), reconstruction, seen);
      }
    }
  }

  /// Numbers that it holds at once.
  ///
  /// @param batch rows of the largest batch
  /// @param tensors of genes for each row
  static long numbers(long batch, long genes, int tensors) {
    return Math.min(batch, TOGETHER) * genes * tensors;
  }
}
