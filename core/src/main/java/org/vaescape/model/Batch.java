package org.vaescape.model;

import org.vaescape.engine.Tensor;

/// Rows that a loss is computed of, and what is random about it.
///
/// @param x (batch, genes), scaled
/// @param noise where random numbers come from
/// @param step training steps taken before this one, for what changes while training goes on
/// @param training false in validation, where nothing is corrupted on purpose
public record Batch(Tensor x, Noise noise, long step, boolean training) {

  /// Rows.
  public long size() {
    return x.size(0);
  }
}
