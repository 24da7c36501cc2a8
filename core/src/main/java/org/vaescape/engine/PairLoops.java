package org.vaescape.engine;

import static org.vaescape.engine.NativeFloats.load;
import static org.vaescape.engine.NativeFloats.store;
import static org.vaescape.engine.VectorMath.LANES;
import static org.vaescape.engine.VectorMath.SPECIES;
import static org.vaescape.engine.VectorMath.broadcast;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;

/// The loops of [PairSums] over the numbers of a block.
///
/// Each row's results are added to a vector of its own in `sums`, which [BlockKernels#inPairs]
/// makes a number of. Each loop is a small method of its own, for the reason that [ElementKernels]
/// gives.
final class PairLoops {
  private static final int BYTES = SPECIES.vectorByteSize();

  /// Beyond it exp(-x) is no normal number of 32 bits.
  private static final double LARGEST_EXPONENT = 87;

  private PairLoops() {}

  /// Points and those that they are paired with.
  ///
  /// @param rows points, whose products with the others lie one row after the other
  /// @param width floats of a row, a whole number of vectors
  /// @param from the first of the others
  /// @param lengths |x|^2 of each row
  /// @param others |y|^2 of all others, infinite beyond the last
  record Block(int rows, int width, int from, float[] lengths, float[] others) {}

  /// Makes kernels k(|x - y|^2) of products x y.
  static void apply(DistanceKernel kernel, Block block, long products, float[] sums) {
    switch (kernel) {
      case DistanceKernel.InverseMultiquadratic(double width, double offset) ->
          inverseMultiquadratic((float) width, (float) offset, block, products, sums);
      case DistanceKernel.Gaussian(double width) ->
          gaussian((float) (-1 / width), (float) (LARGEST_EXPONENT * width), block, products, sums);
    }
  }

  private static void inverseMultiquadratic(
      float width, float offset, Block block, long products, float[] sums) {
    long address = products;
    for (int row = 0; row < block.rows(); row++) {
      FloatVector length = broadcast(block.lengths()[row]);
      FloatVector sum = FloatVector.fromArray(SPECIES, sums, row * LANES);
      for (int column = 0; column < block.width(); column += LANES) {
        FloatVector squared = squared(load(address), length, others(block, column));
        FloatVector value = broadcast(width).div(squared.add(offset));
        FloatVector kernel = within(Float.POSITIVE_INFINITY, squared, value);
        store(kernel, address);
        sum = sum.add(kernel);
        address += BYTES;
      }
      sum.intoArray(sums, row * LANES);
    }
  }

  private static void gaussian(
      float factor, float reach, Block block, long products, float[] sums) {
    long address = products;
    for (int row = 0; row < block.rows(); row++) {
      FloatVector length = broadcast(block.lengths()[row]);
      FloatVector sum = FloatVector.fromArray(SPECIES, sums, row * LANES);
      for (int column = 0; column < block.width(); column += LANES) {
        FloatVector squared = squared(load(address), length, others(block, column));
        FloatVector value = VectorMath.exp(squared.mul(factor));
        FloatVector kernel = within(reach, squared, value);
        store(kernel, address);
        sum = sum.add(kernel);
        address += BYTES;
      }
      sum.intoArray(sums, row * LANES);
    }
  }

  private static FloatVector others(Block block, int column) {
    return FloatVector.fromArray(SPECIES, block.others(), block.from() + column);
  }

  /// |x|^2 + |y|^2 - 2 x y, which rounding can bring below 0; NaN stays NaN.
  private static FloatVector squared(FloatVector product, FloatVector length, FloatVector other) {
    return product.fma(broadcast(-2f), length.add(other)).max(0f);
  }

  /// The value where the squared distance is below `reach`, elsewhere 0; so it is where that is
  /// infinite, or NaN because a step towards it overflowed.
  private static FloatVector within(float reach, FloatVector squared, FloatVector value) {
    return FloatVector.zero(SPECIES).blend(value, squared.compare(VectorOperators.LT, reach));
  }

  /// Squares each number.
  static void square(Block block, long values, float[] sums) {
    long address = values;
    for (int row = 0; row < block.rows(); row++) {
      FloatVector sum = FloatVector.fromArray(SPECIES, sums, row * LANES);
      for (int column = 0; column < block.width(); column += LANES) {
        FloatVector value = load(address);
        FloatVector square = value.mul(value);
        store(square, address);
        sum = sum.add(square);
        address += BYTES;
      }
      sum.intoArray(sums, row * LANES);
    }
  }
}
