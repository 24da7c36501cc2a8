package org.vaescape.model;

import org.vaescape.engine.Tensor;

/// What a deterministic encoder says of each row: its code.
///
/// @param mean (batch, code)
public record Point(Tensor mean) implements Latent {
  @Override
  public Tensor sample(Noise noise) {
    return mean;
  }
}
