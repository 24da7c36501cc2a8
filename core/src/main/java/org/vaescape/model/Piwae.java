package org.vaescape.model;

import java.util.List;
import org.vaescape.engine.Tensor;
import org.vaescape.search.Member;

/// The partially importance-weighted autoencoder (Rainforth et al. 2018, "Tighter variational
/// bounds are not necessarily better", arXiv:1802.04537, section 6): of the same M x K samples, the
/// decoder is trained on the one bound of all of them, as in [Iwae], and the encoder on the mean of
/// M bounds of K, as in [Miwae].
///
/// The loss is the decoder's. Its gradient is not that of one function: each part of the networks
/// gets that of its own objective.
///
/// @param estimates M, at least 1
/// @param samplesEach K, at least 1
public record Piwae(int estimates, int samplesEach) implements VaeModel {
  static final Member<VaeModel> MEMBER =
      new Member<>(
          "piwae",
          "partially importance-weighted autoencoder: bounds of its own for encoder and decoder",
          "Rainforth et al. 2018, arXiv:1802.04537",
          List.of(Miwae.ESTIMATES, Miwae.SAMPLES),
          settings -> new Piwae(settings.count("estimates"), settings.count("samples")));

  /// One pass through the decoder, from samples that are cut off from the encoder. What the
  /// encoder's objective sends back to them is taken by itself, and handed on as a product whose
  /// own value is taken off again.
  @Override
  public Terms loss(Batch batch, Networks networks, Objective objective) {
    ImportanceSamples drawn =
        ImportanceSamples.of(batch, networks, objective, samples(), Tensor::leaf);
    Tensor error = drawn.error(); // (batch, samples)
    Tensor ratio = drawn.ratio(); // (batch, samples)
    Tensor ofDecoder = drawn.losses(error, ratio.detach());
    Tensor decoders = drawn.loss(drawn.bounds(ofDecoder, samples()));
    if (!decoders.isRecorded()) {
      return drawn.terms(decoders); // in validation its value is all that is asked for
    }
    Tensor throughSamples =
        drawn.loss(drawn.bounds(ofDecoder, samplesEach)).gradientBy(drawn.decoded(), false);
    Tensor throughRatio =
        drawn.loss(drawn.bounds(drawn.losses(error.detach(), ratio), samplesEach));
    Tensor encoders = throughSamples.times(drawn.z()).sum().plus(throughRatio);
    return drawn.terms(decoders.plus(encoders.minus(encoders.detach())));
  }

  @Override
  public void check(Objective objective) {
    ImportanceSamples.check(objective, "piwae", true, "take the model ae for none");
  }

  @Override
  public int samples() {
    return estimates * samplesEach;
  }

  /// Samples are decoded with two gradients of their own, and densities kept of both.
  @Override
  public long latentElements(long batch, int latent) {
    return (10 + 12L * samples()) * batch * latent;
  }

  @Override
  public double klFactor() {
    return 1;
  }
}
