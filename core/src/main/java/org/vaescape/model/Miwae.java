package org.vaescape.model;

import java.util.List;
import org.vaescape.engine.Tensor;
import org.vaescape.search.HyperParameter;
import org.vaescape.search.Member;
import org.vaescape.search.Settings;

/// The multiply importance-weighted autoencoder (Rainforth et al. 2018, "Tighter variational bounds
/// are not necessarily better", arXiv:1802.04537, equation 13): the mean of M importance-weighted
/// bounds of K samples each, whose gradient for the encoder has less noise than that of one bound
/// of M x K samples.
///
/// ```
/// loss = mean over rows and M of -w log (1/K) sum_k exp(-l_k / w),   l = MSE + w (log q(z|x) - log p(z))
/// ```
///
/// As the study's code base has it (AntixK/PyTorch-VAE, `compat: pytorch-vae`), each bound is as in
/// [Iwae] of that form.
///
/// @param estimates M, at least 1
/// @param samplesEach K, at least 1
/// @param likePytorchVae the second form
public record Miwae(int estimates, int samplesEach, boolean likePytorchVae) implements VaeModel {
  static final HyperParameter ESTIMATES =
      new HyperParameter.Count(
          "estimates", 3, 1, "M, bounds that are averaged, the code base's value");
  static final HyperParameter SAMPLES =
      new HyperParameter.Count("samples", 5, 1, "K, latent samples of each bound, as in iwae");

  static final Member<VaeModel> MEMBER =
      new Member<>(
          "miwae",
          "multiply importance-weighted autoencoder: the mean of several bounds",
          "Rainforth et al. 2018, arXiv:1802.04537",
          List.of(ESTIMATES, SAMPLES, Compatibility.SETTING),
          Miwae::new);

  private Miwae(Settings settings) {
    this(
        settings.count("estimates"),
        settings.count("samples"),
        Compatibility.isPytorchVae(settings));
  }

  @Override
  public Terms loss(Batch batch, Networks networks, Objective objective) {
    ImportanceSamples drawn = ImportanceSamples.of(batch, networks, objective, samples());
    if (likePytorchVae) {
      return drawn.softmaxTerms(drawn.softmaxLosses(samplesEach).mean());
    }
    Tensor bounds = drawn.bounds(drawn.losses(), samplesEach); // (batch, estimates)
    return drawn.terms(drawn.loss(bounds));
  }

  @Override
  public void check(Objective objective) {
    ImportanceSamples.check(
        objective, "miwae", !likePytorchVae, "take the model ae for none, or compat pytorch-vae");
  }

  @Override
  public int samples() {
    return estimates * samplesEach;
  }

  @Override
  public double klFactor() {
    return 1;
  }
}
