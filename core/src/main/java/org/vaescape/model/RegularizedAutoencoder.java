package org.vaescape.model;

import java.util.List;
import org.vaescape.engine.Tensor;
import org.vaescape.search.HyperParameter;
import org.vaescape.search.Member;
import org.vaescape.search.Range;

/// The regularised autoencoder (Ghosh et al. 2020, arXiv:1903.12436, equation 11): deterministic,
/// with small codes and a smooth decoder in place of noise.
///
/// ```
/// loss = MSE + embedding |z|^2 / 2 + reg R
/// R = |theta|^2, theta the decoder's parameters  or  |dD(z)/dz|^2, of each row
/// ```
///
/// D(z) is the mean that the decoder expects of a row, in the scale of the data, whatever the
/// reconstruction term: the activated output for most, for counts the library size times the
/// softmax ([ReconstructionTerm#mean]). That is what the paper's L_GP, its choice of L_REG in
/// equation 11, takes derivatives of: its decoders give the mean of a Gaussian.
///
/// The squares of all derivatives of D would take a way back for each gene. They are estimated
/// without bias by one way back of the output times random signs (Hutchinson 1990), as |d(v'
/// D(z))/dz|^2 with v the product of a sign of each row and one of each gene.
///
/// @param regularizer which R
/// @param embeddingWeight factor of the codes' squares, at least 0
/// @param regWeight factor of R, at least 0
public record RegularizedAutoencoder(
    Regularizer regularizer, double embeddingWeight, double regWeight) implements VaeModel {
  private static final String PYTHAE =
      "Pythae's value for errors summed over genes; under objective: mean it weighs genes times more";

  private static final String ROW_SIGNS = "signs of rows";
  private static final String GENE_SIGNS = "signs of genes";

  static final Member<VaeModel> MEMBER =
      new Member<>(
          "rae",
          "regularised deterministic autoencoder",
          "Ghosh et al. 2020, arXiv:1903.12436",
          List.of(
              new HyperParameter.Choice(
                  "regularizer",
                  "l2",
                  List.of("l2", "gradient-penalty"),
                  "of the decoder: squares of its parameters, or of its derivatives"),
              new HyperParameter.Real(
                  "embedding-weight",
                  1e-4,
                  Range.NOT_NEGATIVE,
                  "factor of the codes' squares, " + PYTHAE),
              new HyperParameter.Real(
                  "reg-weight",
                  1e-7,
                  Range.NOT_NEGATIVE,
                  "factor of the decoder's squares, " + PYTHAE)),
          settings ->
              new RegularizedAutoencoder(
                  settings.choice("regularizer").equals("l2")
                      ? Regularizer.L2
                      : Regularizer.GRADIENT_PENALTY,
                  settings.real("embedding-weight"),
                  settings.real("reg-weight")));

  /// What keeps the decoder smooth.
  public enum Regularizer {
    /// Squares of the decoder's trained parameters.
    L2,
    /// Squares of the derivatives of the decoder's output by the code.
    GRADIENT_PENALTY
  }

  @Override
  public Terms loss(Batch batch, Networks networks, Objective objective) {
    Tensor z = networks.encode(batch.x()).mu(); // (batch, latent)
    Tensor error = objective.error(networks, z, batch.x()).mean();
    Tensor embedding = z.square().sum(1).mean().times(0.5);
    Tensor roughness =
        switch (regularizer) {
          case L2 -> squares(networks.decoderParameters());
          case GRADIENT_PENALTY -> squaredDerivatives(networks, z, batch.x(), batch.noise());
        };
    Tensor loss = error.plus(embedding.times(embeddingWeight)).plus(roughness.times(regWeight));
    return Terms.of(loss, error).with("embedding", embedding).with("regularizer", roughness);
  }

  private static Tensor squares(List<Tensor> parameters) {
    return parameters.stream()
        .map(parameter -> {
          try (Tensor squares = parameter.square()) {
            return squares.sum();
          }
        })
        .reduce(Tensor::plus)
        .orElseThrow();
  }

  /// The estimate of |dD(z)/dz|^2, summed over genes and units, mean over rows. It is the gradient
  /// that the loss is made of, so that it is recorded in validation too.
  ///
  /// @param x the rows that z are the codes of
  static Tensor squaredDerivatives(Networks networks, Tensor z, Tensor x, Noise noise) {
    return Tensor.recorded(() -> {
      Tensor code = z.isRecorded() ? z : z.leaf();
      Tensor ofRows = signs(noise.uniform(ROW_SIGNS, z.size(0), 1)); // (batch, 1)
      Tensor ofGenes = signs(noise.uniform(GENE_SIGNS, networks.shape().genes())); // (genes)
      Tensor output = networks.reconstructAgain(code, x); // (batch, genes)
      Tensor product = output.times(ofGenes).sum(1).unsqueeze(1).times(ofRows).sum();
      return product.gradientBy(code, true).square().sum(1).mean();
    });
  }

  private static Tensor signs(Tensor uniform) {
    return uniform.isAtLeast(0.5).times(2).plus(-1);
  }

  @Override
  public long ownElements(long batch, NetworkShape shape) {
    // The squares of the codes, their sum and a gradient.
    long ofCodes = 3 * batch * shape.latent();
    return switch (regularizer) {
      case L2 -> ofCodes;
      case GRADIENT_PENALTY -> ofCodes + ofPenalty(batch, shape);
    };
  }

  /// What the second look at the decoder holds: its tensors, those of the way back that is recorded
  /// in turn, and those of the way back through both. A normalisation is differentiated twice by
  /// its parts: for each of its seven steps there is a tensor, and a gradient.
  private static long ofPenalty(long batch, NetworkShape shape) {
    LayerStyle style = shape.style();
    long keeps = style.output().keeps();
    long outputs = style.outputNorm() ? 11 + keeps : 2 + 4 * keeps;
    long hidden =
        3L
            + (style.normalization() == Normalization.NONE ? 0 : 8)
            + style.activation().ownTensors();
    long widths = shape.hidden().stream().mapToLong(Integer::longValue).sum();
    long ofCodes = 3 * batch * shape.latent();
    return batch * shape.genes() * outputs + batch * widths * hidden + ofCodes;
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
