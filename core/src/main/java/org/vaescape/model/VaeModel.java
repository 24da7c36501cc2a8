package org.vaescape.model;

import org.vaescape.engine.Tensor;

/// An autoencoder, seen as the loss that it minimises.
///
/// Implementations are records of their hyper-parameters, without state. Batching, logging,
/// optimizing and storing are not their concern.
public interface VaeModel {

  /// The terms of the loss of a batch.
  ///
  /// @param x (batch, genes), scaled
  /// @param networks encoder and decoder
  /// @param noise where random numbers come from; the loss is a function of its arguments alone
  /// @param klWeight weight of the Kullback-Leibler term, in units of reconstruction per nat, >= 0
  Terms loss(Tensor x, Networks networks, Noise noise, double klWeight);

  /// How many latent samples the loss draws for each row of a batch: the decoder sees that many
  /// rows.
  default int samples() {
    return 1;
  }

  /// How many tensors of the decoder's output size (batch x samples x genes) a training step holds
  /// at once, the way back included.
  default int outputTensors() {
    return 4;
  }

  /// How many matrices of batch x batch the loss holds at once, the way back included.
  default int pairMatrices() {
    return 0;
  }

  /// The variance of a Gaussian decoder that the weights of reconstruction and KL amount to: genes
  /// x (coefficient of KL) / (2 x coefficient of the MSE). A latent unit pays for itself only where
  /// it explains more variance than this. NaN for a model without KL.
  double decoderVariance(int genes, double klWeight);

  /// Whether the encoder gives a distribution; a deterministic one has no KL and no units in use.
  default boolean hasPosterior() {
    return true;
  }
}
