package org.vaescape.model;

import java.util.List;
import org.vaescape.engine.Tensor;
import org.vaescape.search.HyperParameter;
import org.vaescape.search.Member;
import org.vaescape.search.Range;

/// The VAE whose KL is held at a capacity that grows while training goes on (Burgess et al. 2018,
/// arXiv:1804.03599, equation 8).
///
/// ```
/// loss = MSE + gamma w |KL - C|,   C = capacity x min(1, step / steps)
/// ```
///
/// @param gamma how hard the KL is held there, at least 0
/// @param capacity C at the end, in nats
/// @param steps training steps until then
public record CapacityVae(double gamma, double capacity, int steps) implements VaeModel {
  static final Member<VaeModel> MEMBER =
      new Member<>(
          "capacity-vae",
          "variational autoencoder whose KL is held at a growing capacity",
          "Burgess et al. 2018, arXiv:1804.03599",
          List.of(
              new HyperParameter.Real(
                  "gamma",
                  10,
                  Range.NOT_NEGATIVE,
                  "factor of |KL - C|; the paper's 1000 is for images in nats"),
              new HyperParameter.Real(
                  "capacity", 25, Range.NOT_NEGATIVE, "C at the end in nats, the paper's value"),
              new HyperParameter.Count(
                  "steps",
                  1000,
                  1,
                  "training steps until then; the paper's 100000 are of millions")),
          settings ->
              new CapacityVae(
                  settings.real("gamma"), settings.real("capacity"), settings.count("steps")));

  public CapacityVae {
    if (gamma == 0) {
      capacity = 0;
    }
    if (capacity == 0) {
      steps = 1;
    }
  }

  @Override
  public Terms loss(Batch batch, Networks networks, Objective objective) {
    Posterior q = networks.encode(batch.x()); // (batch, latent)
    Tensor z = q.sample(batch.noise()); // (batch, latent)
    Tensor error = objective.error(networks, z, batch.x()).mean();
    Tensor kl = q.klByUnit();
    double held = capacity * Math.min(1, (double) batch.step() / steps);
    Tensor distance = kl.sum(1).mean().plus(-held).abs();
    return Terms.of(error.plus(distance.times(gamma * objective.klWeight())), error).withKl(kl);
  }

  /// The capacity says how much of the KL is free.
  @Override
  public void check(Objective objective) {
    objective.refuseFreeBits("capacity-vae", "whose capacity says what is free");
  }

  @Override
  public boolean weighsKl() {
    return gamma > 0;
  }

  @Override
  public CapacityVae withoutKl() {
    return new CapacityVae(0, 0, 1);
  }

  /// The KL has no weight of its own: below the capacity it is pushed up.
  @Override
  public double klFactor() {
    return Double.NaN;
  }
}
