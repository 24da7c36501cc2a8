package org.vaescape.model;

import java.util.List;
import org.vaescape.engine.Tensor;
import org.vaescape.search.HyperParameter;
import org.vaescape.search.Member;
import org.vaescape.search.Range;

/// The denoising autoencoder (Vincent et al. 2008, doi:10.1145/1390156.1390294, section 2.3): sees
/// data that were corrupted on purpose, and is held to the data themselves. In validation nothing
/// is corrupted.
///
/// ```
/// loss = MSE(decoded mean of the corrupted x, x)
/// ```
///
/// @param corruption what is done to the data
/// @param level share of the numbers that masking sets to 0, below 1; standard deviation of
///   Gaussian noise
public record DenoisingAutoencoder(Corruption corruption, double level) implements VaeModel {
  private static final String NOISE = "corruption";

  /// Tensors of batch x genes: noise, what it leaves or adds, and the corrupted data.
  private static final int CORRUPTION_TENSORS = 3;

  static final Member<VaeModel> MEMBER =
      new Member<>(
          "dae",
          "denoising autoencoder",
          "Vincent et al. 2008, doi:10.1145/1390156.1390294",
          List.of(
              new HyperParameter.Choice(
                  "corruption",
                  "masking",
                  List.of("masking", "gaussian"),
                  "of the data in training: numbers become 0, or noise is added"),
              new HyperParameter.Real(
                  "level",
                  0.25,
                  Range.NOT_NEGATIVE,
                  "share of numbers masked, below 1, the paper's value; or deviation of the noise")),
          settings ->
              new DenoisingAutoencoder(
                  settings.choice("corruption").equals("masking")
                      ? Corruption.MASKING
                      : Corruption.GAUSSIAN,
                  settings.real("level")));

  public DenoisingAutoencoder {
    if (corruption == Corruption.MASKING && !(level < 1)) {
      throw new IllegalArgumentException(
          "level must be below 1 where corruption is masking, or nothing would be left, but was "
              + level);
    }
    if (level == 0) {
      corruption = Corruption.MASKING;
    }
  }

  /// What training does to the data.
  public enum Corruption {
    /// Numbers become 0, each with probability `level`.
    MASKING,
    /// Normal noise of standard deviation `level` is added.
    GAUSSIAN
  }

  @Override
  public Terms loss(Batch batch, Networks networks, Objective objective) {
    Tensor seen = batch.training() ? corrupted(batch) : batch.x(); // (batch, genes)
    Tensor z = networks.encode(seen).mu(); // (batch, latent)
    Tensor error = objective.error(networks, z, batch.x()).mean();
    return Terms.of(error, error);
  }

  private Tensor corrupted(Batch batch) {
    Tensor x = batch.x();
    return switch (corruption) {
      case MASKING -> x.times(batch.noise().uniform(NOISE, x.shape()).isAtLeast(level));
      case GAUSSIAN -> x.plus(batch.noise().normal(NOISE, x.shape()).times(level));
    };
  }

  /// Noise would make counts negative.
  ///
  /// @throws IllegalArgumentException if it is added to counts
  @Override
  public ReconstructionTerm reconstruction(ReconstructionTerm ofStudy) {
    if (corruption == Corruption.GAUSSIAN
        && ofStudy.support() == ReconstructionTerm.Support.COUNTS) {
      throw new IllegalArgumentException(
          "dae cannot add Gaussian noise to counts; set its corruption to masking");
    }
    return ofStudy;
  }

  @Override
  public long ownElements(long batch, NetworkShape shape) {
    return batch * shape.genes() * CORRUPTION_TENSORS;
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
