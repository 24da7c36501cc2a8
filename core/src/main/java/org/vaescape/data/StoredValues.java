package org.vaescape.data;

import java.io.IOException;
import java.io.UncheckedIOException;

/// Genes in a file of the cache, each checked whenever it is read.
///
/// @param checksums of each gene
/// @param samples values of a gene
record StoredValues(CacheFile file, int[] checksums, int samples) implements GeneValues {
  /// @throws UncheckedIOException if the file is damaged or cannot be read
  @Override
  public float[] of(int gene) {
    float[] values = new float[samples];
    try {
      if (file.read((long) gene * samples, values) != checksums[gene]) {
        throw new IOException("damaged");
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return values;
  }
}
