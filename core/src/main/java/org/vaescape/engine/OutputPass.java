package org.vaescape.engine;

import static java.lang.foreign.ValueLayout.JAVA_FLOAT;

import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.vaescape.engine.Products.Matrix;
import org.vaescape.engine.WideOutput.Chunk;
import org.vaescape.engine.WideOutput.Norm;

/// One way of some rows through a [WideOutput], and back.
///
/// For each block of outputs: product; statistics of its columns; then, a few rows at a time, what
/// is done to each number; and for the way back the normalisation's own and two products.
final class OutputPass {
  /// Up to so many rows a block is as wide as those of the targets, and with its gradients and what
  /// they are multiplied with about what a core's second cache holds; with more it is half as wide.
  private static final int FEW_ROWS = 2048;

  private final WideOutput layer;
  private final Chunk chunk;
  private final MemorySegment hidden;
  private final MemorySegment weight;
  private final Tensor target;
  private final WideOutput.Statistics statistics;
  private final int rows;
  private final int rowsOfTarget;
  private final int inputs;
  private final int outputs;

  /// Outputs of every block but the last.
  private final int width;

  // By output, in whole vectors. Normalised is (y - mean) x scale + shift.
  private final float[] means;
  private final float[] variances;
  private final float[] scales;
  private final float[] shifts;
  private final float[] counts;

  private final MemorySegment memory;
  private final boolean keepsOutputs;
  private @Nullable Gradients gradients;

  /// @param keepsOutputs whether outputs before normalisation stay for [#gradients]
  OutputPass(
      WideOutput layer,
      Tensor hidden,
      Tensor target,
      WideOutput.Statistics statistics,
      boolean keepsOutputs) {
    this.layer = layer;
    this.chunk = layer.chunk;
    this.hidden = hidden.memory();
    this.weight = layer.weight.memory();
    this.target = target;
    this.statistics = statistics;
    this.keepsOutputs = keepsOutputs;
    rows = Math.toIntExact(hidden.size(0));
    rowsOfTarget = Math.toIntExact(target.size(0));
    inputs = Math.toIntExact(hidden.size(1));
    outputs = Math.toIntExact(layer.weight.size(0));
    int all = wholeVectors(outputs);
    width = width(rows);
    means = new float[all];
    variances = new float[all];
    scales = new float[all];
    shifts = new float[all];
    counts = new float[all];
    Arrays.fill(counts, 0, outputs, 1);
    memory = layer.outputs((long) rows * (keepsOutputs ? all : Math.min(all, width)) * Float.BYTES);
  }

  static int width(long rows) {
    return rows <= FEW_ROWS ? ColumnBlocks.WIDTH : ColumnBlocks.WIDTH / 2;
  }

  private static int wholeVectors(int count) {
    return Math.ceilDiv(count, VectorMath.LANES) * VectorMath.LANES;
  }

  int rows() {
    return rows;
  }

  /// Some outputs of all rows.
  ///
  /// @param from the first output
  /// @param columns outputs
  /// @param width columns, filled up to whole vectors
  /// @param y before normalisation
  private record Block(int from, int columns, int width, MemorySegment y) {
    /// Where a row begins.
    long at(int row) {
      return (long) row * width * Float.BYTES;
    }
  }

  private void forEachBlock(Consumer<Block> work) {
    for (int from = 0; from < outputs; from += width) {
      int columns = Math.min(width, outputs - from);
      int filled = wholeVectors(columns);
      long start = keepsOutputs ? (long) from * rows * Float.BYTES : 0;
      long bytes = (long) filled * rows * Float.BYTES;
      work.accept(new Block(from, columns, filled, memory.asSlice(start, bytes)));
    }
  }

  /// What is done with some rows of a block.
  private interface RowWork {
    /// @param first of the rows
    /// @param count of rows
    void on(int first, int count);
  }

  /// As many rows at a time as the chunk holds.
  private void forEachChunk(Block block, RowWork work) {
    int step = Chunk.SIZE / block.width();
    for (int first = 0; first < rows; first += step) {
      work.on(first, Math.min(step, rows - first));
    }
  }

  /// The error of each row. (rows)
  Tensor errors() {
    return errors(null);
  }

  /// The same, with gradients for the case that every row has this weight. (rows)
  Tensor errorsAndGradients(float rowWeight) {
    float[] rowWeights = new float[rows];
    Arrays.fill(rowWeights, rowWeight);
    gradients = new Gradients(rowWeights);
    return errors(gradients);
  }

  private Tensor errors(@Nullable Gradients made) {
    float[] sums = new float[rows * VectorMath.LANES];
    forEachBlock(block -> {
      multiply(block);
      describe(block);
      throughElements(block, sums, made);
      if (made != null) {
        goBack(block, made);
      }
    });
    if (layer.norm != null && statistics.ofBatch()) {
      follow(layer.norm);
    }
    float[] errors = new float[rows];
    for (int row = 0; row < rows; row++) {
      errors[row] = (float) (BlockKernels.inPairs(sums, row) / outputs);
    }
    return Tensor.of(DType.FLOAT32, errors, rows);
  }

  /// The gradient of the hidden rows, where rows have these weights in the loss. (rows, inputs)
  ///
  /// @param ofParameters whether those of the parameters are added to theirs
  Tensor gradients(float[] rowWeights, boolean ofParameters) {
    Gradients made = gradients;
    if (made == null || !Arrays.equals(rowWeights, made.rowWeights)) {
      made = new Gradients(rowWeights);
      Gradients anew = made;
      float[] known = new float[rows * VectorMath.LANES];
      forEachBlock(block -> {
        if (!keepsOutputs) {
          multiply(block);
        }
        throughElements(block, known, anew);
        goBack(block, anew);
      });
      gradients = made;
    }
    if (ofParameters) {
      made.add();
    }
    return made.hidden;
  }

  private void multiply(Block block) {
    layer.products.multiply(
        Matrix.rows(hidden, rows, inputs, inputs),
        weights(block).transposed(),
        Matrix.rows(block.y(), rows, block.columns(), block.width()),
        false);
  }

  private Matrix weights(Block block) {
    long start = (long) block.from() * inputs * Float.BYTES;
    return Matrix.rows(weight.asSlice(start), block.columns(), inputs, inputs);
  }

  /// Finds how the columns of a block are normalised.
  private void describe(Block block) {
    Norm norm = layer.norm;
    if (norm == null) {
      copy(layer.bias, block, shifts);
      Arrays.fill(scales, block.from(), block.from() + block.columns(), 1);
      return;
    }
    if (statistics.ofBatch()) {
      describeBatch(block);
    } else {
      copy(norm.runningMean(), block, means);
      copy(norm.runningVariance(), block, variances);
      // The running mean is that of outputs with their bias, which are computed without it.
      float[] bias = new float[means.length];
      copy(layer.bias, block, bias);
      for (int i = block.from(); i < block.from() + block.columns(); i++) {
        means[i] -= bias[i];
      }
    }
    copy(norm.weight(), block, scales);
    copy(norm.bias(), block, shifts);
    for (int i = block.from(); i < block.from() + block.columns(); i++) {
      scales[i] *= inverseDeviation(norm, i);
    }
  }

  private float inverseDeviation(Norm norm, int output) {
    return (float) (1 / Math.sqrt(variances[output] + norm.epsilon()));
  }

  /// Means and variances of the rows at hand.
  private void describeBatch(Block block) {
    forEachChunk(
        block,
        (first, count) ->
            BlockKernels.addColumnSums(
                block.y(), block.at(first), count, block.width(), block.from(), means));
    divideByRows(block, means);
    forEachChunk(
        block,
        (first, count) ->
            BlockKernels.addColumnSquares(
                block.y(), block.at(first), count, block.width(), block.from(), means, variances));
    divideByRows(block, variances);
  }

  private void divideByRows(Block block, float[] sums) {
    for (int i = block.from(); i < block.from() + block.width(); i++) {
      sums[i] /= rows;
    }
  }

  private static void copy(Tensor tensor, Block block, float[] values) {
    MemorySegment.copy(
        tensor.memory(),
        JAVA_FLOAT,
        (long) block.from() * Float.BYTES,
        values,
        block.from(),
        block.columns());
  }

  /// Lets the running statistics follow those of the batch. That of the variance is unbiased.
  private void follow(Norm norm) {
    float momentum = (float) statistics.momentum();
    if (momentum == 0) {
      return;
    }
    MemorySegment runningMeans = norm.runningMean().memory();
    MemorySegment runningVariances = norm.runningVariance().memory();
    MemorySegment bias = layer.bias.memory();
    for (int i = 0; i < outputs; i++) {
      float unbiased = (float) ((double) variances[i] * rows / (rows - 1));
      step(runningMeans, i, means[i] + bias.getAtIndex(JAVA_FLOAT, i), momentum);
      step(runningVariances, i, unbiased, momentum);
    }
  }

  private static void step(MemorySegment running, int i, float now, float momentum) {
    float before = running.getAtIndex(JAVA_FLOAT, i);
    running.setAtIndex(JAVA_FLOAT, i, (1 - momentum) * before + momentum * now);
  }

  /// Takes every number of a block to its error, and with `made` to the gradient of its output
  /// before activation.
  ///
  /// @param sums a vector for each row, which its errors are added to
  private void throughElements(Block block, float[] sums, @Nullable Gradients made) {
    int samples = rows / rowsOfTarget;
    layer.targets.hold(target);
    forEachChunk(
        block,
        (first, count) -> {
          int numbers = count * block.width();
          BlockKernels.normalise(
              block.y(),
              block.at(first),
              count,
              block.width(),
              block.from(),
              means,
              scales,
              shifts,
              chunk.inputs);
          ElementKernels.apply(layer.function, chunk.inputs, chunk.outputs, numbers);
          for (int row = 0; row < count; row++) {
            layer.targets.copy(
                (first + row) / samples,
                block.from(),
                block.width(),
                chunk.targets,
                row * block.width());
          }
          ElementKernels.apply(
              layer.error, chunk.outputs, chunk.targets, chunk.errors, chunk.gradients, numbers);
          BlockKernels.addRowSums(
              chunk.errors, count, block.width(), block.from(), counts, sums, first);
          if (made != null) {
            ElementKernels.timesDerivative(
                layer.function, chunk.inputs, chunk.outputs, chunk.gradients, numbers);
            BlockKernels.weighRows(
                chunk.gradients, count, block.width(), made.elementWeights, first);
            BlockKernels.addGradientSums(
                chunk.gradients,
                block.y(),
                block.at(first),
                count,
                block.width(),
                block.from(),
                means,
                made.sums,
                made.products);
            BlockKernels.store(chunk.gradients, numbers, made.block, block.at(first));
          }
        });
  }

  /// From the gradients of a block's numbers to those of the hidden rows and of the weights.
  private void goBack(Block block, Gradients made) {
    Norm norm = layer.norm;
    if (norm != null) {
      float[] slopes = new float[means.length];
      float[] offsets = new float[means.length];
      for (int i = block.from(); i < block.from() + block.columns(); i++) {
        float inverse = inverseDeviation(norm, i);
        made.products[i] *= inverse; // with (y - mean) / deviation
        if (statistics.ofBatch()) {
          slopes[i] = -scales[i] * inverse * made.products[i] / rows;
          offsets[i] = -scales[i] * made.sums[i] / rows;
        }
      }
      forEachChunk(
          block,
          (first, count) ->
              BlockKernels.throughNormalisation(
                  made.block,
                  block.y(),
                  block.at(first),
                  count,
                  block.width(),
                  block.from(),
                  means,
                  scales,
                  slopes,
                  offsets));
    }
    Matrix gradient = Matrix.rows(made.block, rows, block.columns(), block.width());
    layer.products.multiply(
        gradient,
        weights(block),
        Matrix.rows(made.hidden.memory(), rows, inputs, inputs),
        block.from() > 0);
    long start = (long) block.from() * inputs * Float.BYTES;
    layer.products.multiply(
        gradient.transposed(),
        Matrix.rows(hidden, rows, inputs, inputs),
        Matrix.rows(made.weight.memory().asSlice(start), block.columns(), inputs, inputs),
        false);
  }

  /// What the way back makes, for given weights of rows in the loss.
  private final class Gradients {
    final float[] rowWeights;

    /// The weight of each number: a row's error is the mean over outputs.
    final float[] elementWeights;

    /// By output: of the shift, and of the scale.
    final float[] sums = new float[means.length];

    final float[] products = new float[means.length];
    final MemorySegment block =
        layer.gradients((long) rows * Math.min(means.length, width) * Float.BYTES);
    final Tensor hidden = Tensor.blank(rows, inputs);
    final Tensor weight = Tensor.blank(outputs, inputs);

    Gradients(float[] rowWeights) {
      this.rowWeights = rowWeights;
      elementWeights = new float[rows];
      for (int row = 0; row < rows; row++) {
        elementWeights[row] = rowWeights[row] / outputs;
      }
    }

    void add() {
      layer.weight.addGradient(weight);
      if (layer.norm == null) {
        layer.bias.addGradient(vector(sums));
      } else {
        layer.norm.bias().addGradient(vector(sums));
        layer.norm.weight().addGradient(vector(products));
      }
    }

    private Tensor vector(float[] values) {
      return Tensor.of(DType.FLOAT32, Arrays.copyOf(values, outputs), outputs);
    }
  }
}
