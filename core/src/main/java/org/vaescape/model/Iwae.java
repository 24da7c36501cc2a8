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
  public Terms loss(Batch batch, Networks networks, Objective objective) {
    Tensor x = batch.x();
    Posterior q = networks.encode(x);
    Tensor eps = batch.noise().normal(Noise.EPSILON, batch.size(), samples, q.mu().size(1));
    Tensor z = q.samples(eps); // (batch, samples, latent)
    Tensor error =
        objective
            .error(networks, z.reshape(batch.size() * samples, z.size(2)), x)
            .reshape(batch.size(), samples);
    double klWeight = objective.klWeight();
    if (likePytorchVae) {
      Tensor kl = q.klByUnit().sum(1); // (batch)
      Tensor losses = error.plus(kl.times(klWeight).unsqueeze(1)); // (batch, samples)
      Tensor loss = losses.softmax(1).times(losses).sum(1).mean();
      return Terms.of(loss, error.mean()).withKl(q.klByUnit());
    }
    // log q(z|x) - log p(z): the constants cancel, and (z - mu) / sigma is eps.
    Tensor ratio =
        z.square().minus(eps.square()).sum(2).minus(q.logvar().sum(1).unsqueeze(1)).times(0.5);
    Tensor losses = error.plus(ratio.times(klWeight)); // (batch, samples)
    Tensor bound =
        losses.times(-1 / klWeight).logSumExp(1).plus(-StrictMath.log(samples)); // (batch)
    return Terms.of(bound.mean().times(-klWeight), error.mean())
        .withKl(q.klByUnit())
        .with("kl_monte_carlo", ratio.mean());
  }

  /// The bound needs a weight, and has no KL by unit that bits could be free of.
  @Override
  public void check(Objective objective) {
    if (objective.freeBits() > 0) {
      throw new IllegalArgumentException(
          "free-bits must be 0 for iwae, whose bound has no KL by unit, but was "
              + objective.freeBits());
    }
    if (!likePytorchVae && !(objective.klWeight() > 0)) {
      throw new IllegalArgumentException(
          "kl-weight must be above 0 for the importance-weighted bound but was 0; take the model ae for none, or compat pytorch-vae");
    }
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
