package org.vaescape.model;

import java.util.List;
import java.util.OptionalDouble;
import org.vaescape.engine.Tensor;
import org.vaescape.search.HyperParameter;
import org.vaescape.search.Member;
import org.vaescape.search.Range;
import org.vaescape.search.Settings;

/// The VQ-VAE (van den Oord, Vinyals and Kavukcuoglu 2017, arXiv:1711.00937, equation 3): the
/// decoder sees, in place of each vector h that the encoder gives, the nearest vector e of a
/// codebook. With sg for "no gradient passes",
///
/// ```
/// loss = MSE + mean of (sg(h) - e)^2 + beta mean of (h - sg(e))^2
/// ```
///
/// with sums over the numbers of a row instead of means under `objective: elbo`. The gradient of
/// the reconstruction passes from e straight to h. `latent` counts the vectors of a row, as an
/// image has places; the encoder is deterministic, and its prior uniform, so that the KL is a
/// constant and left out.
///
/// @param codes vectors of the codebook, at least 2
/// @param codeSize numbers of each, at least 1
/// @param beta weight of the commitment, at least 0
public record VectorQuantizedVae(int codes, int codeSize, double beta) implements VaeModel {
  static final String CODEBOOK = "codebook";

  static final Member<VaeModel> MEMBER =
      new Member<>(
          "vq-vae",
          "autoencoder whose codes are vectors of a codebook",
          "van den Oord, Vinyals and Kavukcuoglu 2017, arXiv:1711.00937",
          List.of(
              new HyperParameter.Count("codes", 512, 2, "vectors of the codebook, as in the paper"),
              new HyperParameter.Count(
                  "code-size", 8, 1, "numbers of each; the paper's 64 are for images"),
              new HyperParameter.Real(
                  "beta", 0.25, Range.NOT_NEGATIVE, "weight of the commitment, as in the paper")),
          VectorQuantizedVae::new);

  private VectorQuantizedVae(Settings settings) {
    this(settings.count("codes"), settings.count("code-size"), settings.real("beta"));
  }

  /// The vectors of the codebook that a batch is given.
  ///
  /// @param vectors (rows x latent, size) of the codebook, with its gradient
  /// @param usage (codes) share of the vectors that are each of the codebook's
  private record Chosen(Tensor vectors, Tensor usage) {}

  @Override
  public Terms loss(Batch batch, Networks networks, Objective objective) {
    Tensor h = networks.encode(batch.x()).mu(); // (batch, latent x size)
    Chosen chosen = nearest(h, networks);
    Tensor e = chosen.vectors().reshape(h.shape());
    Tensor z = h.plus(e.minus(h).detach()); // e, with the gradient of h
    Tensor error = objective.error(networks, z, batch.x()).mean();
    Tensor moving = distance(e, h.detach(), objective);
    Tensor commitment = distance(h, e.detach(), objective);
    Tensor entropy = chosen.usage().times(chosen.usage().atLeast(1e-30).log()).sum().times(-1);
    return Terms.of(error.plus(moving).plus(commitment.times(beta)), error)
        .with("quantization", moving)
        .with("codes_in_use", entropy.exp());
  }

  private static Tensor distance(Tensor one, Tensor other, Objective objective) {
    Tensor squares = one.squaredError(other);
    return objective.inNats() ? squares.sum(1).mean() : squares.mean();
  }

  private Chosen nearest(Tensor h, Networks networks) {
    Tensor codebook = networks.extra(CODEBOOK); // (codes, size)
    Tensor known = codebook.detach();
    Tensor asked = h.detach().reshape(-1, codeSize); // (rows x latent, size)
    // |h|^2, the same for all codes, is left out.
    Tensor closeness =
        asked.matmul(known.transpose()).times(2).minus(known.square().sum(1)); // (.., codes)
    // A product with zeros and ones: its way back adds up in the same order every time.
    Tensor choice = closeness.oneAtLargest();
    return new Chosen(choice.matmul(codebook), choice.mean(0));
  }

  @Override
  public Latent latent(Tensor x, Networks networks) {
    Tensor h = networks.encode(x).mu();
    return new Point(nearest(h, networks).vectors().reshape(h.shape()));
  }

  @Override
  public Heads heads(int latent) {
    int code = Math.multiplyExact(latent, codeSize);
    return new Heads(code, 0, code);
  }

  @Override
  public List<Extra> extras(NetworkShape shape) {
    return List.of(
        new Extra.Values(CODEBOOK, List.of(codes, codeSize), codeSize, OptionalDouble.empty()));
  }

  /// Closeness, what leads to it, and the choice, as whole numbers too.
  @Override
  public long ownElements(long batch, NetworkShape shape) {
    return 6 * batch * shape.latent() * codes;
  }

  @Override
  public boolean hasPosterior() {
    return false;
  }

  @Override
  public double klFactor() {
    return Double.NaN;
  }
}
