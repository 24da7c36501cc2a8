package org.vaescape.train;

import java.util.stream.LongStream;
import org.vaescape.engine.DType;

/// How much native memory a fit of [Pca] takes at its peak, told from the shapes of what it and
/// [LeadingEigenvectors] hold at once. Numbers are counted in double precision.
///
/// @param kept components, at most the smaller side of the matrix
record PcaMemory(long samples, long genes, long kept) {
  /// What solving for all eigenvectors takes, in matrices: they, and the solver's own two.
  private static final long SOLVER = 3;

  /// The chosen components: as they come, orthonormal, and row by row.
  private static final long CHOSEN = 3;

  static PcaMemory of(int samples, int genes, int components) {
    return new PcaMemory(samples, genes, Math.min(components, Math.min(samples, genes)));
  }

  long bytes() {
    boolean exact =
        Pca.isExact(Math.toIntExact(samples), Math.toIntExact(genes), Math.toIntExact(kept));
    long numbers = exact ? (genes <= samples ? ofCovariance() : ofGram()) : iterated();
    return DType.FLOAT64.bytes() * numbers;
  }

  /// Rows that are taken less their mean at a time.
  private long block() {
    return Math.min(samples, Pca.BLOCK_ROWS) * genes;
  }

  /// Rows are held before and after the mean is taken away.
  private long ofCovariance() {
    long square = genes * genes;
    return most(
        square + 2 * block(), // the sum
        square + block() + square, // the sum and a block's product
        square + SOLVER * square,
        square + square + CHOSEN * genes * kept);
  }

  private long ofGram() {
    long square = samples * samples;
    long all = samples * genes;
    return most(
        2 * all,
        all + 2 * square + SOLVER * square, // products, and their mean
        all + 3 * square + all + CHOSEN * genes * kept);
  }

  private long iterated() {
    int width = Pca.width(Math.toIntExact(Math.min(samples, genes)), Math.toIntExact(kept));
    long most = Math.min(Math.min(samples, genes), Pca.widest(Math.toIntExact(kept), width));
    long columns = genes * width;
    // The space, what was seen of it, and its start before and after that was made orthonormal.
    long throughout = genes * most + most * most + 2 * columns;
    return throughout
        + most(
            // The product and its columns in single precision; rows, the same less the mean, and
            // that in single precision.
            columns + columns / 2 + 2 * block() + block() / 2,
            // What makes new columns of a product, and the solver.
            7 * columns + 2 * most * width + SOLVER * most * most,
            // The same, what the solver found, and the best of it.
            7 * columns
                + 2 * most * width
                + most * most
                + LeadingEigenvectors.LEFT_FOR_ONE * genes * kept);
  }

  private static long most(long... counts) {
    return LongStream.of(counts).max().orElseThrow();
  }
}
