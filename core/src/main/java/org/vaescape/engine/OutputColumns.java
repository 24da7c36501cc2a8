package org.vaescape.engine;

import static java.lang.foreign.ValueLayout.JAVA_FLOAT;

import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.vaescape.engine.WideOutput.Norm;
import org.vaescape.engine.WideOutput.Statistics;

/// How each output of an [OutputPass] is normalised: (y - mean) x scale + shift. Where there is no
/// normalisation the mean is 0, the scale 1 and the shift the bias.
///
/// Arrays hold a number for each output, in whole vectors.
final class OutputColumns {
  final float[] means;
  final float[] scales;
  final float[] shifts;

  /// 1 of an output, 0 of what fills up the last vector.
  final float[] counts;

  private final Tensor bias;
  private final @Nullable Norm norm;
  private final Statistics statistics;
  private final int outputs;
  private final float[] variances;

  // What the way back multiplies y - mean with and adds; 0 where statistics are not the batch's.
  private final float[] slopes;
  private final float[] offsets;

  OutputColumns(WideOutput layer, Statistics statistics) {
    this.bias = layer.bias;
    this.norm = layer.norm;
    this.statistics = statistics;
    outputs = Math.toIntExact(layer.weight.size(0));
    int all = wholeVectors(outputs);
    means = new float[all];
    variances = new float[all];
    scales = new float[all];
    shifts = new float[all];
    slopes = new float[all];
    offsets = new float[all];
    counts = new float[all];
    Arrays.fill(counts, 0, outputs, 1);
  }

  static int wholeVectors(int count) {
    return Math.ceilDiv(count, VectorMath.LANES) * VectorMath.LANES;
  }

  /// Outputs, filled up to whole vectors.
  int size() {
    return means.length;
  }

  /// Finds how those of a block are normalised.
  void describe(OutputBlock block) {
    if (norm == null) {
      copy(bias, block, shifts);
      Arrays.fill(scales, block.from(), block.to(), 1);
      return;
    }
    if (statistics.ofBatch()) {
      describeBatch(block);
    } else {
      copy(norm.runningMean(), block, means);
      copy(norm.runningVariance(), block, variances);
      // The running mean is that of outputs with their bias, which are computed without it.
      MemorySegment biases = bias.memory();
      for (int i = block.from(); i < block.to(); i++) {
        means[i] -= biases.getAtIndex(JAVA_FLOAT, i);
      }
    }
    copy(norm.weight(), block, scales);
    copy(norm.bias(), block, shifts);
    for (int i = block.from(); i < block.to(); i++) {
      scales[i] *= inverseDeviation(norm, i);
    }
  }

  private float inverseDeviation(Norm norm, int output) {
    return (float) (1 / Math.sqrt(variances[output] + norm.epsilon()));
  }

  /// Means and variances of the rows at hand.
  private void describeBatch(OutputBlock block) {
    block.forEachChunk(rows -> BlockKernels.addColumnSums(rows, rows.in(block.y()), means));
    divideByRows(block, means);
    block.forEachChunk(
        rows -> BlockKernels.addColumnSquares(rows, rows.in(block.y()), means, variances));
    divideByRows(block, variances);
  }

  private static void divideByRows(OutputBlock block, float[] sums) {
    for (int i = block.from(); i < block.from() + block.width(); i++) {
      sums[i] /= block.rows();
    }
  }

  private static void copy(Tensor tensor, OutputBlock block, float[] values) {
    MemorySegment.copy(
        tensor.memory(),
        JAVA_FLOAT,
        (long) block.from() * Float.BYTES,
        values,
        block.from(),
        block.columns());
  }

  /// Lets the running statistics follow those of the batch. That of the variance is unbiased.
  void follow(int rows) {
    float momentum = (float) statistics.momentum();
    if (norm == null || !statistics.ofBatch() || momentum == 0) {
      return;
    }
    MemorySegment runningMeans = norm.runningMean().memory();
    MemorySegment runningVariances = norm.runningVariance().memory();
    MemorySegment biases = bias.memory();
    for (int i = 0; i < outputs; i++) {
      float unbiased = (float) ((double) variances[i] * rows / (rows - 1));
      step(runningMeans, i, means[i] + biases.getAtIndex(JAVA_FLOAT, i), momentum);
      step(runningVariances, i, unbiased, momentum);
    }
  }

  private static void step(MemorySegment running, int i, float now, float momentum) {
    float before = running.getAtIndex(JAVA_FLOAT, i);
    running.setAtIndex(JAVA_FLOAT, i, (1 - momentum) * before + momentum * now);
  }

  /// Takes gradients of a block's numbers after normalisation to those before it.
  ///
  /// @param gradients of the block's shape, changed in place
  /// @param sums by output, of the gradients
  /// @param products by output, of gradients x (y - mean); made those with (y - mean) / deviation,
  ///   which are the gradients of the normalisation's own scale
  void goBack(OutputBlock block, MemorySegment gradients, float[] sums, float[] products) {
    if (norm == null) {
      return;
    }
    for (int i = block.from(); i < block.to(); i++) {
      float inverse = inverseDeviation(norm, i);
      products[i] *= inverse;
      if (statistics.ofBatch()) {
        slopes[i] = -scales[i] * inverse * products[i] / block.rows();
        offsets[i] = -scales[i] * sums[i] / block.rows();
      }
    }
    block.forEachChunk(rows ->
        BlockKernels.throughNormalisation(
            rows, rows.in(gradients), rows.in(block.y()), means, scales, slopes, offsets));
  }
}
