package org.vaescape.model;

import java.util.List;

/// Sizes of the networks that all models share, and what their layers consist of.
///
/// @param genes inputs and outputs
/// @param hidden sizes of the encoder's hidden layers; the decoder mirrors them
/// @param latent latent units
public record NetworkShape(int genes, List<Integer> hidden, int latent, LayerStyle style) {
  public NetworkShape {
    hidden = List.copyOf(hidden);
    if (genes < 1 || latent < 1 || hidden.stream().anyMatch(size -> size < 1)) {
      throw new IllegalArgumentException(
          "sizes must be at least 1 but were genes %d, hidden %s, latent %d"
              .formatted(genes, hidden, latent));
    }
  }

  /// Networks of the standard style.
  ///
  /// @param outputNorm whether batch normalisation stands before the output's sigmoid
  public NetworkShape(int genes, List<Integer> hidden, int latent, boolean outputNorm) {
    this(genes, hidden, latent, LayerStyle.STANDARD.withOutputNorm(outputNorm));
  }
}
