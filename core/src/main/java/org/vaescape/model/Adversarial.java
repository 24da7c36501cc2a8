package org.vaescape.model;

import org.vaescape.engine.Tensor;
import org.vaescape.search.HyperParameter;
import org.vaescape.search.Range;

/// A model that trains against an opponent: after each of its own steps the parameters named
/// [Extra#ADVERSARY] take one on a loss of theirs.
public interface Adversarial extends VaeModel {
  /// Setting of [#adversaryRate].
  HyperParameter.Real RATE =
      new HyperParameter.Real(
          "discriminator-rate",
          1,
          Range.POSITIVE,
          "learning rate of the discriminator as a factor of the model's");

  /// The opponent's loss of a batch, a scalar. Only the opponent's parameters learn from it, and
  /// the networks' running statistics stay as they are.
  Tensor adversaryLoss(Batch batch, Networks networks, Objective objective);

  /// The opponent's learning rate, as a factor of the model's.
  double adversaryRate();
}
