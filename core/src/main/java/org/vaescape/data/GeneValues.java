package org.vaescape.data;

/// The values of a matrix, gene by gene, wherever they lie. Several threads may ask at once.
public interface GeneValues {
  /// One value for each sample; NaN where a value is missing, never infinite. Not to be written to.
  float[] of(int gene);
}
