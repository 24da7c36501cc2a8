package org.vaescape.analysis;

import java.util.function.ToDoubleFunction;
import org.vaescape.search.SobolSequence;

/// Settings at which a function has to be known for its Sobol' indices (Saltelli et al. 2010,
/// 10.1016/j.cpc.2009.09.018): two independent samples A and B, and A with single inputs of B.
///
/// @param inputs number of inputs
/// @param base number of rows of A and of B
/// @param points rows x inputs, row by row, in the unit cube: for each base point the rows A, AB_0,
///   AB_1, ... (A with that input of B), BA_0, BA_1, ... where pairs are asked for (B with that
///   input of A), and B
/// @param pairs whether the rows BA are there
public record SaltelliSample(int inputs, int base, boolean pairs, double[] points) {
  /// Inputs that [SobolSequence] has coordinates for.
  public static final int MOST_INPUTS = SobolSequence.MOST_DIMENSIONS / 2;

  /// A sample from a scrambled Sobol' sequence.
  ///
  /// @param base a power of 2: other numbers throw the evenness of the sequence away
  public static SaltelliSample of(int inputs, int base, boolean pairs, long seed) {
    Demand.that(
        inputs >= 1 && inputs <= MOST_INPUTS,
        "a sample must have 1 to " + MOST_INPUTS + " inputs but was asked for " + inputs);
    Demand.that(
        Integer.bitCount(base) == 1 && base > 0,
        "a sample must have a power of 2 of base points but was asked for " + base);
    SobolSequence sequence = SobolSequence.scrambled(2 * inputs, seed);
    double[] points = new double[Math.multiplyExact(base * rows(inputs, pairs), inputs)];
    int at = 0;
    for (int i = 0; i < base; i++) {
      double[] both = sequence.point(i); // A, then B
      at = add(points, at, both, 0, -1);
      for (int input = 0; input < inputs; input++) {
        at = add(points, at, both, 0, input);
      }
      for (int input = 0; pairs && input < inputs; input++) {
        at = add(points, at, both, inputs, input);
      }
      at = add(points, at, both, inputs, -1);
    }
    return new SaltelliSample(inputs, base, pairs, points);
  }

  /// Indices of a function of a point of the unit cube.
  public SobolIndices indices(ToDoubleFunction<double[]> function) {
    double[] y = new double[base * rows(inputs, pairs)];
    double[] point = new double[inputs];
    for (int row = 0; row < y.length; row++) {
      System.arraycopy(points, row * inputs, point, 0, inputs);
      y[row] = function.applyAsDouble(point);
    }
    return pairs ? SobolIndices.withPairs(inputs, y) : SobolIndices.of(inputs, y);
  }

  /// Rows for each base point.
  static int rows(int inputs, boolean pairs) {
    return pairs ? 2 * inputs + 2 : inputs + 2;
  }

  /// Appends one of the two halves, with one input of the other (-1 for none).
  private static int add(double[] points, int at, double[] both, int half, int swapped) {
    int inputs = both.length / 2;
    for (int input = 0; input < inputs; input++) {
      int from = input == swapped ? inputs - half : half;
      points[at + input] = both[from + input];
    }
    return at + inputs;
  }
}
