package org.vaescape.model;

import org.vaescape.engine.DType;
import org.vaescape.engine.Tensor;

/// What the encoder says of each row: a Gaussian with independent units.
///
/// @param mu (batch, latent) mean
/// @param logvar (batch, latent) logarithm of the variance
public record Posterior(Tensor mu, Tensor logvar) implements Latent.OfUnits {

  @Override
  public Tensor mean() {
    return mu;
  }

  @Override
  public Tensor sample(Noise noise) {
    return sample(noise.normal(Noise.EPSILON, mu.shape()));
  }

  /// z = mu + sigma eps (Kingma and Welling 2014, section 2.4).
  ///
  /// @param eps (batch, latent) standard normal
  public Tensor sample(Tensor eps) {
    return eps.times(logvar.times(0.5).exp()).plus(mu);
  }

  @Override
  public Draw draw(Noise noise) {
    return draw(noise.normal(Noise.EPSILON, mu.shape()));
  }

  /// The ratio is to N(0, I): 0.5 log(2 pi) of both cancel.
  ///
  /// @param eps (batch, latent) standard normal
  Draw draw(Tensor eps) {
    Tensor z = sample(eps);
    Tensor byUnit = eps.square().plus(logvar).minus(z.square());
    return new Draw(z, byUnit.as(DType.FLOAT64).sum(1).times(-0.5));
  }

  /// Several samples of each row.
  ///
  /// @param eps (batch, samples, latent) standard normal
  /// @return (batch, samples, latent)
  public Tensor samples(Tensor eps) {
    return eps.times(logvar.times(0.5).exp().unsqueeze(1)).plus(mu.unsqueeze(1));
  }

  /// KL divergence from N(0, 1) of each unit of each row, in nats, never negative: -(1 + logvar -
  /// mu^2 - exp(logvar)) / 2.
  ///
  /// @return (batch, latent)
  @Override
  public Tensor klByUnit() {
    return logvar.plus(1).minus(mu.square()).minus(logvar.exp()).times(-0.5);
  }

  /// KL divergence from N(0, I) of each row, in nats.
  ///
  /// @return (batch)
  public Tensor kl() {
    return klByUnit().sum(1);
  }
}
