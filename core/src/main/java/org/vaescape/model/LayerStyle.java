package org.vaescape.model;

import org.vaescape.engine.Tensor;

/// What layers consist of beside their linear part, whatever their sizes.
///
/// @param activation of hidden layers
/// @param normalization of hidden layers, before the activation
/// @param dropout share of the numbers of a hidden layer that training sets to 0, in [0, 1)
/// @param output of the decoder
/// @param outputNorm whether batch normalisation stands before `output`
/// @param normalisedHeads whether batch normalisation and then ReLU follow the heads `mu` and
///   `logvar`, as in Tybalt (Way and Greene 2018, doi:10.1142/9789813235533_0008)
/// @param constants of every batch normalisation
public record LayerStyle(
    Activation activation,
    Normalization normalization,
    double dropout,
    Output output,
    boolean outputNorm,
    boolean normalisedHeads,
    BatchNormalization constants) {
  /// The study's: batch normalisation and ReLU, sigmoid after batch normalisation.
  public static final LayerStyle STANDARD =
      new LayerStyle(Tensor::relu, Normalization.BATCH, 0, Outputs.SIGMOID, true, false);

  /// With PyTorch's constants of batch normalisation.
  public LayerStyle(
      Activation activation,
      Normalization normalization,
      double dropout,
      Output output,
      boolean outputNorm,
      boolean normalisedHeads) {
    this(
        activation,
        normalization,
        dropout,
        output,
        outputNorm,
        normalisedHeads,
        BatchNormalization.PYTORCH);
  }

  public LayerStyle {
    if (!(dropout >= 0 && dropout < 1)) {
      throw new IllegalArgumentException(
          "dropout must be at least 0 and below 1 but was " + dropout);
    }
  }

  /// The same with or without batch normalisation before the output.
  public LayerStyle withOutputNorm(boolean normalised) {
    return new LayerStyle(
        activation, normalization, dropout, output, normalised, normalisedHeads, constants);
  }

  /// The same with other constants of batch normalisation.
  public LayerStyle withConstants(BatchNormalization others) {
    return new LayerStyle(
        activation, normalization, dropout, output, outputNorm, normalisedHeads, others);
  }

  /// The same with the standard's output.
  public LayerStyle withStandardOutput() {
    return new LayerStyle(
        activation,
        normalization,
        dropout,
        STANDARD.output,
        outputNorm,
        normalisedHeads,
        constants);
  }

  /// The same with the standard's hidden layers, for networks that have none.
  public LayerStyle withStandardHiddenLayers() {
    return new LayerStyle(
        STANDARD.activation,
        STANDARD.normalization,
        STANDARD.dropout,
        output,
        outputNorm,
        normalisedHeads,
        constants);
  }

  /// Whether a row's output depends on the other rows of its batch, in training.
  ///
  /// @param hiddenLayers whether there are any
  public boolean hasBatchNormalization(boolean hiddenLayers) {
    return outputNorm || normalisedHeads || (hiddenLayers && normalization == Normalization.BATCH);
  }
}
