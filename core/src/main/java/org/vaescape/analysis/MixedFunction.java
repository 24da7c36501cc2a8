package org.vaescape.analysis;

/// A function of several inputs, at settings that are put together from two others.
interface MixedFunction {
  /// Value at a mixture.
  ///
  /// @param pair two settings z and x, by turns: z of the first input, x of the first, z of the
  ///   second, ...
  /// @param fromX the inputs, as bits, that are those of x; the others are those of z
  double at(double[] pair, long fromX);

  /// The value that an input has in a mixture.
  ///
  /// Without a branch, which processors would guess wrong every other time: it halves the time of a
  /// tree.
  static double value(double[] pair, int input, long fromX) {
    return pair[2 * input + (int) (fromX >>> input & 1)];
  }
}
