package org.vaescape.model;

import java.util.List;
import org.vaescape.engine.Tensor;
import org.vaescape.search.HyperParameter;
import org.vaescape.search.Inapplicable;
import org.vaescape.search.Member;
import org.vaescape.search.Range;
import org.vaescape.search.Settings;

/// The sliced Wasserstein autoencoder (Kolouri et al. 2018, arXiv:1804.01947, algorithm 1): a
/// deterministic encoder, whose codes are held to the prior along random directions.
///
/// ```
/// loss = MSE + reg SWD,   SWD = mean over directions d and ranks of |sort(z d) - sort(p d)|^power
/// ```
///
/// with p ~ N(0, I). As the study's code base has it (AntixK/PyTorch-VAE, `compat: pytorch-vae`),
/// the absolute error is added to the squared one, and reg is divided by n (n - 1) for n rows.
///
/// @param regWeight factor of the distance, at least 0
/// @param power of the distance, at least 1
/// @param projections number of directions, drawn anew for each batch
public record SlicedWassersteinAutoencoder(
    double regWeight, double power, int projections, boolean likePytorchVae) implements VaeModel {
  private static final String DIRECTIONS = "projections";

  /// Tensors of batch x projections that a step holds at once.
  private static final int SLICES = 10;

  static final Member<VaeModel> MEMBER =
      new Member<>(
          "swae",
          "autoencoder with a sliced Wasserstein penalty",
          "Kolouri et al. 2018, arXiv:1804.01947",
          List.of(
              new HyperParameter.Real(
                  "reg-weight", 100, Range.NOT_NEGATIVE, "factor of the distance, as in wae"),
              new HyperParameter.Real(
                  "p",
                  2,
                  new Range(1, true, Double.POSITIVE_INFINITY, false),
                  "power of the distance, the paper's value"),
              new HyperParameter.Count(
                  "projections", 50, 1, "random directions of each batch, the paper's value"),
              Compatibility.SETTING),
          SlicedWassersteinAutoencoder::new);

  private SlicedWassersteinAutoencoder(Settings settings) {
    this(
        settings.real("reg-weight"),
        settings.real("p"),
        settings.count("projections"),
        Compatibility.isPytorchVae(settings));
  }

  @Override
  public Terms loss(Batch batch, Networks networks, Objective objective) {
    Tensor z = networks.encode(batch.x()).mu(); // (batch, latent)
    Tensor prior = batch.noise().normal(Noise.PRIOR, z.shape()); // (batch, latent)
    Tensor directions = batch.noise().directions(DIRECTIONS, projections, z.size(1));
    Tensor error = objective.error(networks, z, batch.x()).mean();
    Tensor distance = distance(z, prior, directions);
    double pairs = Math.max(1.0, (double) batch.size() * (batch.size() - 1));
    double factor = likePytorchVae ? regWeight / pairs : regWeight;
    return Terms.of(error.plus(distance.times(factor)), error).with("swd", distance);
  }

  /// The distance of two samples of one size, a scalar.
  ///
  /// @param directions (directions, latent), of unit length
  Tensor distance(Tensor a, Tensor b, Tensor directions) {
    Tensor along = directions.transpose();
    Tensor gaps = a.matmul(along).sorted(0).minus(b.matmul(along).sorted(0)).abs();
    return gaps.power(power).mean();
  }

  /// @throws Inapplicable if the study asks for another term than the code base's
  @Override
  public ReconstructionTerm reconstruction(ReconstructionTerm ofStudy) {
    if (!likePytorchVae) {
      return ofStudy;
    }
    if (ofStudy instanceof SquaredError) {
      return new SquaredAndAbsoluteError();
    }
    throw new Inapplicable(
        "reconstruction",
        "swae of compat pytorch-vae has a reconstruction term of its own; leave reconstruction at mse for it, or compat at none");
  }

  /// (y - x)^2 + |y - x|.
  private record SquaredAndAbsoluteError() implements ReconstructionTerm {
    @Override
    public Tensor errors(Decoding decoding, Tensor x) {
      try (Tensor output = decoding.output();
          Tensor squared = output.squaredError(x);
          Tensor difference = output.minus(x);
          Tensor sizes = difference.abs()) {
        return squared.plus(sizes);
      }
    }

    @Override
    public double squaredErrorFactor() {
      return Double.NaN;
    }

    @Override
    public int outputTensors() {
      return 5;
    }
  }

  @Override
  public long ownElements(long batch, NetworkShape shape) {
    // Draws of the prior, and gradients of the codes along the directions.
    return batch * projections * SLICES + 3 * batch * shape.latent();
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
