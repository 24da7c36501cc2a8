package org.vaescape.model;

import java.util.List;
import org.vaescape.engine.Tensor;
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
  public Terms loss(Tensor x, Networks networks, Noise noise, double klWeight) {
    long batch = x.size(0);
    long latent = networks.shape().latent();
    Posterior q = networks.encode(x);
    Tensor eps = noise.normal(Noise.EPSILON, batch, samples, latent);
    Tensor z = q.samples(eps); // (batch, samples, latent)
    Tensor error =
        networks
            .reconstructionError(
                z.reshape(batch * samples, latent), x, ReconstructionTerm.SQUARED_ERROR)
            .reshape(batch, samples);
    Tensor kl = q.kl(); // (batch)
    if (likePytorchVae) {
      Tensor losses = error.plus(kl.times(klWeight).unsqueeze(1)); // (batch, samples)
      Tensor loss = losses.softmax(1).times(losses).sum(1).mean();
      return Terms.of(loss, error.mean()).with(Terms.KL, kl.mean());
    }
    if (!(klWeight > 0)) {
      throw new IllegalArgumentException(
          "the importance-weighted bound needs a kl-weight above 0 but it was " + klWeight);
    }
    // log q(z|x) - log p(z): the constants cancel, and (z - mu) / sigma is eps.
    Tensor ratio =
        z.square().minus(eps.square()).sum(2).minus(q.logvar().sum(1).unsqueeze(1)).times(0.5);
    Tensor losses = error.plus(ratio.times(klWeight)); // (batch, samples)
    Tensor bound =
        losses.times(-1 / klWeight).logSumExp(1).plus(-StrictMath.log(samples)); // (batch)
    return Terms.of(bound.mean().times(-klWeight), error.mean())
        .with(Terms.KL, kl.mean())
        .with("kl_monte_carlo", ratio.mean());
  }

  @Override
  public double decoderVariance(int genes, double klWeight) {
    return genes * klWeight / 2;
  }
}
