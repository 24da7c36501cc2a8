package org.vaescape.engine;

import static org.vaescape.engine.NativeFloats.load;
import static org.vaescape.engine.NativeFloats.store;
import static org.vaescape.engine.VectorMath.LANES;
import static org.vaescape.engine.VectorMath.SPECIES;

import jdk.incubator.vector.FloatVector;
import org.vaescape.engine.OutputBlock.Rows;

/// The loops of [WideOutput] over a few rows of a block: so few that all they touch stays in the
/// innermost cache.
///
/// Numbers of these rows lie in native memory from an address on, row by row; the width of a row is
/// a multiple of [VectorMath#LANES]. Arrays hold a number for each column of all blocks. Sums are
/// taken in an order that the shape alone decides. Each loop is a small method of its own, for the
/// reason that [ElementKernels] gives.
final class BlockKernels {
  private BlockKernels() {}

  /// Of some columns, as many as a vector has numbers.
  private static FloatVector columns(float[] values, Rows rows, int first) {
    return FloatVector.fromArray(SPECIES, values, rows.from() + first);
  }

  private static void add(FloatVector more, float[] sums, Rows rows, int first) {
    columns(sums, rows, first).add(more).intoArray(sums, rows.from() + first);
  }

  /// sums[column] += the column's sum.
  static void addColumnSums(Rows rows, long y, float[] sums) {
    long row = rows.bytesOfRow();
    for (int column = 0; column < rows.width(); column += LANES) {
      FloatVector sum = FloatVector.zero(SPECIES);
      for (long i = (long) column * Float.BYTES; i < rows.bytes(); i += row) {
        sum = sum.add(load(y + i));
      }
      add(sum, sums, rows, column);
    }
  }

  /// sums[column] += the sum of (y - mean)^2.
  static void addColumnSquares(Rows rows, long y, float[] means, float[] sums) {
    long row = rows.bytesOfRow();
    for (int column = 0; column < rows.width(); column += LANES) {
      FloatVector mean = columns(means, rows, column);
      FloatVector sum = FloatVector.zero(SPECIES);
      for (long i = (long) column * Float.BYTES; i < rows.bytes(); i += row) {
        FloatVector difference = load(y + i).sub(mean);
        sum = difference.fma(difference, sum);
      }
      add(sum, sums, rows, column);
    }
  }

  /// out = (y - means) x scales + shifts, by column.
  static void normalise(
      Rows rows, long y, float[] means, float[] scales, float[] shifts, long out) {
    long row = rows.bytesOfRow();
    for (int column = 0; column < rows.width(); column += LANES) {
      FloatVector mean = columns(means, rows, column);
      FloatVector scale = columns(scales, rows, column);
      FloatVector shift = columns(shifts, rows, column);
      for (long i = (long) column * Float.BYTES; i < rows.bytes(); i += row) {
        store(load(y + i).sub(mean).fma(scale, shift), out + i);
      }
    }
  }

  /// Adds the row's values, of the columns where `counts` is 1 and not 0, to `sums`, where each row
  /// has a vector: lane by lane, since the Vector API's own sum of lanes adds in another order once
  /// it is compiled. [#inPairs] makes a number of it.
  static void addRowSums(Rows rows, long values, float[] counts, float[] sums) {
    long value = values;
    for (int row = 0; row < rows.count(); row++) {
      int place = (rows.first() + row) * LANES;
      FloatVector sum = FloatVector.fromArray(SPECIES, sums, place);
      for (int column = 0; column < rows.width(); column += LANES) {
        sum = load(value).fma(columns(counts, rows, column), sum);
        value += SPECIES.vectorByteSize();
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

  /// values[row] x the row's weight.
  static void weighRows(Rows rows, long values, float[] weights) {
    long bytes = rows.bytesOfRow();
    for (int row = 0; row < rows.count(); row++) {
      FloatVector weight = VectorMath.broadcast(weights[rows.first() + row]);
      for (long i = row * bytes; i < (row + 1) * bytes; i += SPECIES.vectorByteSize()) {
        store(load(values + i).mul(weight), values + i);
      }
    }
  }

  /// out = values x scales, by column.
  static void timesColumns(Rows rows, long values, float[] scales, long out) {
    long row = rows.bytesOfRow();
    for (int column = 0; column < rows.width(); column += LANES) {
      FloatVector scale = columns(scales, rows, column);
      for (long i = (long) column * Float.BYTES; i < rows.bytes(); i += row) {
        store(load(values + i).mul(scale), out + i);
      }
    }
  }

  /// sums[column] += the column's sum of gradients x (outputs - targets).
  static void addDifferenceSums(
      Rows rows, long gradients, long outputs, long targets, float[] sums) {
    long row = rows.bytesOfRow();
    for (int column = 0; column < rows.width(); column += LANES) {
      FloatVector sum = columns(sums, rows, column);
      for (long i = (long) column * Float.BYTES; i < rows.bytes(); i += row) {
        FloatVector difference = load(outputs + i).sub(load(targets + i));
        sum = load(gradients + i).fma(difference, sum);
      }
      sum.intoArray(sums, rows.from() + column);
    }
  }

  /// sums[column] += the column's sum of gradients; products[column] += that of gradients x (y -
  /// mean).
  static void addGradientSums(
      Rows rows, long gradients, long y, float[] means, float[] sums, float[] products) {
    long row = rows.bytesOfRow();
    for (int column = 0; column < rows.width(); column += LANES) {
      FloatVector mean = columns(means, rows, column);
      FloatVector sum = FloatVector.zero(SPECIES);
      FloatVector product = FloatVector.zero(SPECIES);
      for (long i = (long) column * Float.BYTES; i < rows.bytes(); i += row) {
        FloatVector gradient = load(gradients + i);
        sum = sum.add(gradient);
        product = gradient.fma(load(y + i).sub(mean), product);
      }
      add(sum, sums, rows, column);
      add(product, products, rows, column);
    }
  }

  /// gradients = scales x gradients + slopes x (y - means) + shifts, by column.
  static void throughNormalisation(
      Rows rows,
      long gradients,
      long y,
      float[] means,
      float[] scales,
      float[] slopes,
      float[] shifts) {
    long row = rows.bytesOfRow();
    for (int column = 0; column < rows.width(); column += LANES) {
      FloatVector mean = columns(means, rows, column);
      FloatVector scale = columns(scales, rows, column);
      FloatVector slope = columns(slopes, rows, column);
      FloatVector shift = columns(shifts, rows, column);
      for (long i = (long) column * Float.BYTES; i < rows.bytes(); i += row) {
        FloatVector rest = load(y + i).sub(mean).fma(slope, shift);
        store(load(gradients + i).fma(scale, rest), gradients + i);
      }
    }
  }
}
