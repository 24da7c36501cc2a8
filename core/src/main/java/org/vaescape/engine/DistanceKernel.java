package org.vaescape.engine;

/// A kernel of two points, as [PairSums] knows it: a function of their squared distance d and of a
/// width C.
public sealed interface DistanceKernel {
  /// C, above 0.
  double width();

  /// C / (offset + d).
  ///
  /// @param offset about C
  record InverseMultiquadratic(double width, double offset) implements DistanceKernel {}

  /// exp(-d / C).
  record Gaussian(double width) implements DistanceKernel {}
}
