package org.vaescape.model;

import java.util.List;
import org.vaescape.engine.Tensor;

/// What an encoder says of each row.
public interface Latent {
  /// What is decoded where no sample is wanted: (batch, code).
  Tensor mean();

  /// A sample of each row: (batch, code).
  Tensor sample(Noise noise);

  /// Kinds of units that stand side by side in the code, in its order; itself where all are of one
  /// kind.
  default List<Latent> kinds() {
    return List.of(this);
  }

  /// A distribution whose units are independent, under the prior too, so that each has a KL of its
  /// own.
  interface OfUnits extends Latent {
    /// KL divergence from the prior of each unit of each row in nats: (batch, units).
    Tensor klByUnit();
  }
}
