package org.vaescape.engine;

import static org.vaescape.engine.VectorMath.LANES;
import static org.vaescape.engine.VectorMath.SPECIES;

import java.lang.foreign.MemorySegment;
import java.nio.ByteOrder;
import jdk.incubator.vector.FloatVector;

/// The loops of [WideOutput] over a few rows of a block: so few that all they touch stays in the
/// innermost cache.
///
/// Rows of a block lie one after the other in native memory and begin at byte `at`; their width is
/// a multiple of [VectorMath#LANES]. Arrays with a number for each column are of all blocks, and
/// begin at `from` for this one. Sums are taken in an order that the shape alone decides. Each loop
/// is a small method of its own, for the reason that [ElementKernels] gives.
final class BlockKernels {
  private static final ByteOrder ORDER = ByteOrder.nativeOrder();

  private BlockKernels() {}

  private static FloatVector load(MemorySegment memory, long at, int element) {
    return FloatVector.fromMemorySegment(SPECIES, memory, at + (long) element * Float.BYTES, ORDER);
  }

  private static void store(FloatVector vector, MemorySegment memory, long at, int element) {
    vector.intoMemorySegment(memory, at + (long) element * Float.BYTES, ORDER);
  }

  /// sums[column] += the column's sum.
  static void addColumnSums(MemorySegment y, long at, int rows, int width, int from, float[] sums) {
    for (int column = 0; column < width; column += LANES) {
      FloatVector sum = FloatVector.zero(SPECIES);
      for (int i = column; i < rows * width; i += width) {
        sum = sum.add(load(y, at, i));
      }
      FloatVector.fromArray(SPECIES, sums, from + column).add(sum).intoArray(sums, from + column);
    }
  }

  /// sums[column] += the sum of (y - mean)^2.
  static void addColumnSquares(
      MemorySegment y, long at, int rows, int width, int from, float[] means, float[] sums) {
    for (int column = 0; column < width; column += LANES) {
      FloatVector mean = FloatVector.fromArray(SPECIES, means, from + column);
      FloatVector sum = FloatVector.zero(SPECIES);
      for (int i = column; i < rows * width; i += width) {
        FloatVector difference = load(y, at, i).sub(mean);
        sum = difference.fma(difference, sum);
      }
      FloatVector.fromArray(SPECIES, sums, from + column).add(sum).intoArray(sums, from + column);
    }
  }

  /// out = (y - means) x scales + shifts, by column.
  static void normalise(
      MemorySegment y,
      long at,
      int rows,
      int width,
      int from,
      float[] means,
      float[] scales,
      float[] shifts,
      float[] out) {
    for (int column = 0; column < width; column += LANES) {
      FloatVector mean = FloatVector.fromArray(SPECIES, means, from + column);
      FloatVector scale = FloatVector.fromArray(SPECIES, scales, from + column);
      FloatVector shift = FloatVector.fromArray(SPECIES, shifts, from + column);
      for (int i = column; i < rows * width; i += width) {
        load(y, at, i).sub(mean).fma(scale, shift).intoArray(out, i);
      }
    }
  }

  /// Adds the row's values, of the columns where `counts` is 1 and not 0, to `sums`, where each row
  /// has a vector: lane by lane, since the Vector API's own sum of lanes adds in another order once
  /// it is compiled. [#inPairs] makes a number of it.
  static void addRowSums(
      float[] values, int rows, int width, int from, float[] counts, float[] sums, int first) {
    for (int row = 0; row < rows; row++) {
      int place = (first + row) * LANES;
      FloatVector sum = FloatVector.fromArray(SPECIES, sums, place);
      for (int column = 0; column < width; column += LANES) {
        sum =
            FloatVector.fromArray(SPECIES, values, row * width + column)
                .fma(FloatVector.fromArray(SPECIES, counts, from + column), sum);
      }
      sum.intoArray(sums, place);
    }
  }

  /// The sum of a row's vector.
  static double inPairs(float[] sums, int row) {
    double[] lanes = new double[LANES];
    for (int i = 0; i < LANES; i++) {
      lanes[i] = sums[row * LANES + i];
    }
    for (int half = LANES / 2; half > 0; half /= 2) {
      for (int i = 0; i < half; i++) {
        lanes[i] += lanes[i + half];
      }
    }
    return lanes[0];
  }

  /// values[row] x weights[first + row].
  static void weighRows(float[] values, int rows, int width, float[] weights, int first) {
    for (int row = 0; row < rows; row++) {
      FloatVector weight = VectorMath.broadcast(weights[first + row]);
      for (int i = row * width; i < (row + 1) * width; i += LANES) {
        FloatVector.fromArray(SPECIES, values, i).mul(weight).intoArray(values, i);
      }
    }
  }

  /// out = values x scales, by column.
  static void timesColumns(
      float[] values, int rows, int width, int from, float[] scales, float[] out) {
    for (int column = 0; column < width; column += LANES) {
      FloatVector scale = FloatVector.fromArray(SPECIES, scales, from + column);
      for (int i = column; i < rows * width; i += width) {
        FloatVector.fromArray(SPECIES, values, i).mul(scale).intoArray(out, i);
      }
    }
  }

  /// sums[column] += the column's sum of gradients x (outputs - targets).
  static void addDifferenceSums(
      float[] gradients,
      float[] outputs,
      float[] targets,
      int rows,
      int width,
      int from,
      float[] sums) {
    for (int column = 0; column < width; column += LANES) {
      FloatVector sum = FloatVector.fromArray(SPECIES, sums, from + column);
      for (int i = column; i < rows * width; i += width) {
        FloatVector difference =
            FloatVector.fromArray(SPECIES, outputs, i)
                .sub(FloatVector.fromArray(SPECIES, targets, i));
        sum = FloatVector.fromArray(SPECIES, gradients, i).fma(difference, sum);
      }
      sum.intoArray(sums, from + column);
    }
  }

  /// sums[column] += the column's sum of gradients; products[column] += that of gradients x (y -
  /// mean).
  static void addGradientSums(
      float[] gradients,
      MemorySegment y,
      long at,
      int rows,
      int width,
      int from,
      float[] means,
      float[] sums,
      float[] products) {
    for (int column = 0; column < width; column += LANES) {
      FloatVector mean = FloatVector.fromArray(SPECIES, means, from + column);
      FloatVector sum = FloatVector.zero(SPECIES);
      FloatVector product = FloatVector.zero(SPECIES);
      for (int i = column; i < rows * width; i += width) {
        FloatVector gradient = FloatVector.fromArray(SPECIES, gradients, i);
        sum = sum.add(gradient);
        product = gradient.fma(load(y, at, i).sub(mean), product);
      }
      FloatVector.fromArray(SPECIES, sums, from + column).add(sum).intoArray(sums, from + column);
      FloatVector.fromArray(SPECIES, products, from + column)
          .add(product)
          .intoArray(products, from + column);
    }
  }

  /// Copies the first numbers of an array to native memory.
  static void store(float[] values, int count, MemorySegment memory, long at) {
    for (int i = 0; i < count; i += LANES) {
      store(FloatVector.fromArray(SPECIES, values, i), memory, at, i);
    }
  }

  /// gradients = scales x gradients + slopes x (y - means) + shifts, by column.
  static void throughNormalisation(
      MemorySegment gradients,
      MemorySegment y,
      long at,
      int rows,
      int width,
      int from,
      float[] means,
      float[] scales,
      float[] slopes,
      float[] shifts) {
    for (int column = 0; column < width; column += LANES) {
      FloatVector mean = FloatVector.fromArray(SPECIES, means, from + column);
      FloatVector scale = FloatVector.fromArray(SPECIES, scales, from + column);
      FloatVector slope = FloatVector.fromArray(SPECIES, slopes, from + column);
      FloatVector shift = FloatVector.fromArray(SPECIES, shifts, from + column);
      for (int i = column; i < rows * width; i += width) {
        FloatVector rest = load(y, at, i).sub(mean).fma(slope, shift);
        store(load(gradients, at, i).fma(scale, rest), gradients, at, i);
      }
    }
  }
}
