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

  /// One draw of each row.
  ///
  /// @param z (batch, code): the sample that the same noise gives
  /// @param logRatio log q(z|x) - log p(z) of it in nats, where p is the model's own prior:
  ///   (batch), 64 bits
  record Draw(Tensor z, Tensor logRatio) {}

  /// A distribution whose draws can be weighed against the prior, as a bound of the likelihood
  /// needs.
  interface Distribution extends Latent {
    /// A draw of each row: its z is what [#sample] gives.
    Draw draw(Noise noise);

    /// KL divergence from the prior of each row in nats: (batch). In closed form, which asks
    /// nothing of the draw, or else what the draw says of it.
    default Tensor kl(Draw draw) {
      return draw.logRatio();
    }
  }

  /// A distribution whose units are independent, under the prior too, so that each has a KL of its
  /// own.
  interface OfUnits extends Distribution {
    /// KL divergence from the prior of each unit of each row in nats: (batch, units).
    Tensor klByUnit();

    @Override
    default Tensor kl(Draw draw) {
      return klByUnit().sum(1);
    }
  }
}
