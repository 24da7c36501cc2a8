package org.vaescape.data;

/// Column-wise `(x - offset) / scale`, then clipped to [0, 1] if `clip`.
///
/// @param method `min-max`, `z-score` or `none`
/// @param offset one for each gene
/// @param scale one for each gene, never 0
/// @param counts what was done to values before that
public record Scaling(String method, float[] offset, float[] scale, CountScaling counts) {
  /// Of values that were taken as they are.
  public Scaling(String method, float[] offset, float[] scale) {
    this(method, offset, scale, CountScaling.NONE);
  }
}
