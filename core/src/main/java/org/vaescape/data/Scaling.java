package org.vaescape.data;

/// Column-wise `(x - offset) / scale`, then clipped to [0, 1] if `clip`.
///
/// @param method `min-max`, `z-score` or `none`
/// @param offset one for each gene
/// @param scale one for each gene, never 0
public record Scaling(String method, float[] offset, float[] scale) {}
