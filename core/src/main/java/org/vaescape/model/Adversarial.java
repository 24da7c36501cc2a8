package org.vaescape.model;

import org.vaescape.engine.Tensor;

/// A model that trains against an opponent: after each of its own steps the parameters named
/// [Extra#ADVERSARY] take one on a loss of theirs.
public interface Adversarial extends VaeModel {

  /// The opponent's loss of a batch, a scalar.
  Tensor adversaryLoss(Batch batch, Networks networks, Objective objective);

  /// The opponent's learning rate, as a factor of the model's.
  double adversaryRate();
}
