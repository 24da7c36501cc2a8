package org.vaescape.model;

import java.util.List;
import org.vaescape.search.HyperParameter;
import org.vaescape.search.Member;
import org.vaescape.search.Settings;

/// The importance-weighted autoencoder (Burda, Grosse and Salakhutdinov 2016, arXiv:1509.00519).
///
/// With `l_s = MSE_s + w (log q(z_s|x) - log p(z_s))` for each of S samples of a row, equation 8 in
/// units of reconstruction is
///
/// ```
/// loss = mean over rows of -w log (1/S) sum_s exp(-l_s / w)
/// ```
///
/// As the study's code base has it (AntixK/PyTorch-VAE, `compat: pytorch-vae`), the KL is the
/// analytic one, the same for all samples, and the worst sample weighs most; it is no bound:
///
/// ```
/// loss = mean over rows of sum_s softmax_s(l) l_s,   l_s = MSE_s + w KL
/// ```
///
/// @param samples S, at least 1
/// @param likePytorchVae the second form
public record Iwae(int samples, boolean likePytorchVae) implements VaeModel {
  static final Member<VaeModel> MEMBER =
      new Member<>(
          "iwae",
          "importance-weighted autoencoder",
          "Burda, Grosse and Salakhutdinov 2016, arXiv:1509.00519",
          List.of(
              new HyperParameter.Count("samples", 5, 1, "latent samples of each row"),
              Compatibility.SETTING),
          Iwae::new);

  private Iwae(Settings settings) {
    this(settings.count("samples"), Compatibility.isPytorchVae(settings));
  }

  @Override
  public Terms loss(Batch batch, Networks networks, Objective objective) {
    ImportanceSamples drawn = ImportanceSamples.of(batch, networks, objective, samples);
    return likePytorchVae
        ? drawn.softmaxTerms(drawn.softmaxLosses(samples).mean())
        : drawn.terms(drawn.loss(drawn.bounds(drawn.losses(), samples)));
  }

  @Override
  public void check(Objective objective) {
    ImportanceSamples.check(
        objective, "iwae", !likePytorchVae, "take the model ae for none, or compat pytorch-vae");
  }

  @Override
  public int samples() {
    return samples;
  }

  @Override
  public double klFactor() {
    return 1;
  }
}
