package org.vaescape.data;

import java.util.List;

/// An expression matrix in memory, as the file has it. Never written to.
///
/// @param source the file it came from, for messages
/// @param samples names, all different, in the order of the file
/// @param genes names, all different, in the order of the file
/// @param byGene for each gene the values of all samples; NaN where a value is missing, never
///   infinite
/// @param hash content hash of names and values, 64 hexadecimal digits; the same for every format
///   and orientation that holds the same matrix
/// @param notes warnings from reading, one sentence each
public record Matrix(
    String source,
    List<String> samples,
    List<String> genes,
    float[][] byGene,
    String hash,
    List<String> notes) {
  public Matrix {
    samples = List.copyOf(samples);
    genes = List.copyOf(genes);
    notes = List.copyOf(notes);
    if (byGene.length != genes.size()) {
      throw new IllegalArgumentException(
          "%d genes have %d rows of values".formatted(genes.size(), byGene.length));
    }
    for (float[] values : byGene) {
      if (values.length != samples.size()) {
        throw new IllegalArgumentException(
            "%d samples have %d values".formatted(samples.size(), values.length));
      }
    }
  }

  /// A matrix with the hash of its content.
  public static Matrix of(
      String source,
      List<String> samples,
      List<String> genes,
      float[][] byGene,
      List<String> notes) {
    ContentHash hash = new ContentHash("vaescape matrix 1");
    hash.texts(samples);
    hash.texts(genes);
    for (float[] values : byGene) {
      hash.values(values);
    }
    return new Matrix(source, samples, genes, byGene, hash.hex(), notes);
  }
}
