package org.vaescape.model;

import org.vaescape.engine.Tensor;

/// What an encoder says of each row.
public interface Latent {
  /// What is decoded where no sample is wanted: (batch, code).
  Tensor mean();

  /// A sample of each row: (batch, code).
  Tensor sample(Noise noise);

  /// A distribution whose units are independent, under the prior too, so that each has a KL of its
  /// own.
  interface OfUnits extends Latent {
    /// KL divergence from the prior of each unit of each row in nats: (batch, units).
    Tensor klByUnit();
  }
}
