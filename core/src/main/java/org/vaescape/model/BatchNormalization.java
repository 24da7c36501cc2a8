package org.vaescape.model;

/// Constants of batch normalisation, wherever it stands in a network.
///
/// @param momentum weight of the newest batch in the running statistics, in (0, 1]; Keras calls 1
///   minus this momentum
/// @param epsilon above 0, added to variances
public record BatchNormalization(double momentum, double epsilon) {
  public static final BatchNormalization PYTORCH = new BatchNormalization(0.1, 1e-5);

  public BatchNormalization {
    if (!(momentum > 0 && momentum <= 1) || !(epsilon > 0)) {
      throw new IllegalArgumentException(
          "norm-momentum must be above 0 and at most 1 and norm-epsilon above 0 but were %s and %s"
              .formatted(momentum, epsilon));
    }
  }
}
