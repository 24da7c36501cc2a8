package org.vaescape.analysis;

import java.util.List;

/// What a set of factors does together, beyond what its subsets do: a main effect, or an
/// interaction.
///
/// @param factors names, in the order of the grid
/// @param contrasts one for each combination of their levels, row-major: the marginal mean less all
///   contrasts of proper subsets (the grand mean among them); they sum to 0 along every factor
/// @param sumOfSquares of the contrasts, each as often as it has observations
/// @param degreesOfFreedom product of levels - 1
public record Effect(
    List<String> factors, double[] contrasts, double sumOfSquares, int degreesOfFreedom) {
  public Effect {
    factors = List.copyOf(factors);
    contrasts = contrasts.clone();
  }

  /// A copy, as the constructor's was copied.
  @Override
  public double[] contrasts() {
    return contrasts.clone();
  }

  /// Number of factors: 1 for a main effect, 2 for the interaction of two.
  public int order() {
    return factors.size();
  }

  double meanSquare() {
    return sumOfSquares / degreesOfFreedom;
  }
}
