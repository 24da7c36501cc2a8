package org.vaescape.train;

import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.vaescape.data.Part;
import org.vaescape.engine.Tensor;

/// A part of the data that no step sees, in native memory, and the baselines on it.
///
/// @param x (samples, genes)
/// @param permuted (samples, genes): the same with [#permuted] genes
record HeldOut(Part part, Tensor x, Tensor permuted, Baselines baselines) implements AutoCloseable {
  private static final long PERMUTATION_SEED = 20210625;

  /// Every gene's values dealt anew to the samples, each gene by itself: the values of each gene
  /// stay, what genes have to do with each other goes. The same for every trial, whatever its seed.
  static float[] permuted(Part part) {
    int genes = part.genes();
    float[] values = part.values().clone();
    IntStream.range(0, genes)
        .parallel()
        .forEach(gene -> {
          SplittableRandom random = new SplittableRandom(PERMUTATION_SEED + gene);
          for (int i = part.size() - 1; i > 0; i--) {
            int j = random.nextInt(i + 1);
            float value = values[i * genes + gene];
            values[i * genes + gene] = values[j * genes + gene];
            values[j * genes + gene] = value;
          }
        });
    return values;
  }

  @Override
  public void close() {
    x.close();
    permuted.close();
  }
}
