package org.vaescape.engine;

import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.vaescape.engine.OutputBlock.Rows;
import org.vaescape.engine.Products.Matrix;
import org.vaescape.engine.WideOutput.Chunk;

/// One way of some rows through a [WideOutput], and back.
///
/// For each block of outputs: product; statistics of its columns; then, a few rows at a time, what
/// is done to each number; and for the way back the normalisation's own and two products.
final class OutputPass {
  /// Outputs of a block. Products of narrower ones, and the rows of the target, are read in pieces
  /// that are too short; wider ones gained nothing, though of 5,000 rows no block is in a core's
  /// second cache either way.
  static final int WIDTH = 256;

  private final WideOutput layer;
  private final OutputError error;
  private final Chunk chunk;
  private final Matrix hidden;
  private final MemorySegment weight;
  private final MemorySegment target;
  private final int rows;
  private final int rowsOfTarget;
  private final int inputs;
  private final int outputs;

  private final OutputColumns columns;
  private final @Nullable OutputVariances variances;
  private final MemorySegment memory;
  private final boolean keepsOutputs;
  private @Nullable Gradients gradients;

  /// @param keepsOutputs whether outputs before normalisation stay for [#gradients]
  OutputPass(
      WideOutput layer,
      OutputError error,
      Tensor hidden,
      Tensor target,
      WideOutput.Statistics statistics,
      boolean keepsOutputs) {
    this.layer = layer;
    this.error = error;
    this.chunk = layer.chunk;
    this.hidden = Matrix.of(hidden);
    this.weight = layer.weight.memory();
    this.target = target.memory();
    this.keepsOutputs = keepsOutputs;
    rows = Math.toIntExact(hidden.size(0));
    rowsOfTarget = Math.toIntExact(target.size(0));
    inputs = Math.toIntExact(hidden.size(1));
    outputs = Math.toIntExact(layer.weight.size(0));
    columns = new OutputColumns(layer, statistics);
    variances = error.logVariance() == null ? null : new OutputVariances(error.logVariance());
    memory =
        layer.outputs((long) rows * (keepsOutputs ? columns.size() : blockWidth()) * Float.BYTES);
  }

  private int blockWidth() {
    return Math.min(columns.size(), WIDTH);
  }

  int rows() {
    return rows;
  }

  private void forEachBlock(Consumer<OutputBlock> work) {
    Matrix rounded = layer.hidden.of(hidden);
    for (int from = 0; from < outputs; from += WIDTH) {
      int count = Math.min(WIDTH, outputs - from);
      int filled = OutputColumns.wholeVectors(count);
      long start = keepsOutputs ? (long) from * rows * Float.BYTES : 0;
      long bytes = (long) filled * rows * Float.BYTES;
      Matrix weights = layer.weights.of(weights(from, count));
      MemorySegment y = memory.asSlice(start, bytes);
      work.accept(new OutputBlock(from, count, filled, rows, y, rounded, weights));
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
    gradients = new Gradients(rowWeights, true);
    return errors(gradients);
  }

  private Tensor errors(@Nullable Gradients made) {
    float[] sums = new float[rows * VectorMath.LANES];
    forEachBlock(block -> {
      multiply(block);
      columns.describe(block);
      if (made == null) {
        block.forEachChunk(some -> toErrors(some, block, sums));
      } else {
        throughAndBack(block, sums, made);
      }
    });
    columns.follow(rows);
    double constant = variances == null ? 0 : variances.constant;
    float[] errors = new float[rows];
    for (int row = 0; row < rows; row++) {
      errors[row] = (float) (BlockKernels.inPairs(sums, row) / outputs + constant);
    }
    return Tensor.of(DType.FLOAT32, errors, rows);
  }

  /// Errors summed, without the constant of learned variances.
  ErrorSums errorSums() {
    float[] ofRows = new float[rows * VectorMath.LANES];
    float[] ofOutputs = new float[columns.size()];
    forEachBlock(block -> {
      multiply(block);
      columns.describe(block);
      block.forEachChunk(some -> {
        toErrors(some, block, ofRows);
        BlockKernels.addColumnSums(some, chunk.errors, ofOutputs);
      });
    });
    double[] byRow = new double[rows];
    Arrays.setAll(byRow, row -> BlockKernels.inPairs(ofRows, row));
    double[] byOutput = new double[outputs];
    Arrays.setAll(byOutput, output -> ofOutputs[output]);
    return new ErrorSums(byRow, byOutput);
  }

  /// The gradient of the hidden rows, where rows have these weights in the loss. (rows, inputs)
  ///
  /// @param ofParameters whether those of the parameters are added to theirs
  Tensor gradients(float[] rowWeights, boolean ofParameters) {
    Gradients made = gradients;
    gradients = null; // their memory becomes that of others
    if (made == null || !Arrays.equals(rowWeights, made.rowWeights)) {
      made = new Gradients(rowWeights, ofParameters);
      Gradients anew = made;
      float[] known = new float[rows * VectorMath.LANES];
      forEachBlock(block -> {
        if (!keepsOutputs) {
          multiply(block);
        }
        throughAndBack(block, known, anew);
      });
    }
    if (ofParameters) {
      made.add();
    }
    return made.hidden;
  }

  private void multiply(OutputBlock block) {
    layer.products.multiply(
        block.hidden(),
        block.weights().transposed(),
        Matrix.rows(block.y(), rows, block.columns(), block.width()),
        false);
  }

  /// The weights of some outputs.
  private Matrix weights(int from, int count) {
    long start = (long) from * inputs * Float.BYTES;
    return Matrix.rows(weight.asSlice(start), count, inputs, inputs);
  }

  /// Takes the numbers of some rows of a block to their errors.
  ///
  /// This and [#toGradients] are methods of their own, whatever calls them: as one, compiled when
  /// the first part had run alone for a while, the second put its vectors on the heap.
  ///
  /// @param sums a vector for each row, which its errors are added to
  private void toErrors(Rows some, OutputBlock block, float[] sums) {
    BlockKernels.normalise(
        some, some.in(block.y()), columns.means, columns.scales, columns.shifts, chunk.inputs);
    ElementKernels.apply(error.function(), chunk.inputs, chunk.outputs, some.bytes());
    copyTargets(some, block.columns());
    if (variances != null) {
      BlockKernels.timesColumns(some, chunk.outputs, variances.units, chunk.scaled);
      BlockKernels.timesColumns(some, chunk.targets, variances.units, chunk.targets);
    }
    ElementKernels.apply(
        error.error(), compared(), chunk.targets, chunk.errors, chunk.gradients, some.bytes());
    BlockKernels.addRowSums(some, chunk.errors, columns.counts, sums);
  }

  /// What is compared with the targets: outputs, where variances are learned in units of their
  /// deviations.
  private long compared() {
    return variances == null ? chunk.outputs : chunk.scaled;
  }

  /// Takes what [#toErrors] left in the chunk to the gradients of the outputs before activation.
  private void toGradients(Rows some, OutputBlock block, Gradients made) {
    BlockKernels.weighRows(some, chunk.gradients, made.elementWeights);
    if (variances != null) {
      BlockKernels.addDifferenceSums(
          some, chunk.gradients, compared(), chunk.targets, made.differences);
      BlockKernels.timesColumns(some, chunk.gradients, variances.units, chunk.gradients);
    }
    ElementKernels.timesDerivative(
        error.function(), chunk.inputs, chunk.outputs, chunk.gradients, some.bytes());
    BlockKernels.addGradientSums(
        some, chunk.gradients, some.in(block.y()), columns.means, made.sums, made.products);
    ElementLoops.copy(some.in(made.block), chunk.gradients, some.bytes());
  }

  private void copyTargets(Rows some, int columns) {
    int samples = rows / rowsOfTarget;
    for (int row = 0; row < some.count(); row++) {
      long place = (long) ((some.first() + row) / samples) * outputs + some.from();
      MemorySegment.copy(
          target,
          place * Float.BYTES,
          chunk.targetRows,
          row * some.bytesOfRow(),
          (long) columns * Float.BYTES);
    }
  }

  private void throughAndBack(OutputBlock block, float[] sums, Gradients made) {
    block.forEachChunk(some -> {
      toErrors(some, block, sums);
      toGradients(some, block, made);
    });
    goBack(block, made);
  }

  /// From the gradients of a block's numbers to those of the hidden rows and of the weights.
  private void goBack(OutputBlock block, Gradients made) {
    columns.goBack(block, made.block, made.sums, made.products);
    Matrix gradient =
        layer.outputGradients.of(Matrix.rows(made.block, rows, block.columns(), block.width()));
    layer.products.multiply(
        gradient,
        block.weights(),
        Matrix.rows(made.hidden.memory(), rows, inputs, inputs),
        block.from() > 0);
    if (made.weight != null) {
      long start = (long) block.from() * inputs * Float.BYTES;
      layer.products.multiply(
          gradient.transposed(),
          block.hidden(),
          Matrix.rows(made.weight.memory().asSlice(start), block.columns(), inputs, inputs),
          false);
    }
  }

  /// What the way back makes, for given weights of rows in the loss.
  private final class Gradients {
    final float[] rowWeights;

    /// The weight of each number: a row's error is the mean over outputs.
    final float[] elementWeights;

    /// By output: of the shift, and of the scale.
    final float[] sums = new float[columns.size()];

    final float[] products = new float[columns.size()];

    /// By output, of gradients x (output - target), where variances are learned.
    final float[] differences = new float[columns.size()];

    final MemorySegment block = layer.gradients((long) rows * blockWidth() * Float.BYTES);
    final Tensor hidden = Tensor.blank(rows, inputs);

    /// Null where nobody asks for it.
    final @Nullable Tensor weight;

    Gradients(float[] rowWeights, boolean ofParameters) {
      this.rowWeights = rowWeights;
      weight = ofParameters ? layer.weightGradients.take() : null;
      elementWeights = new float[rows];
      for (int row = 0; row < rows; row++) {
        elementWeights[row] = rowWeights[row] / outputs;
      }
    }

    void add() {
      layer.weight.addGradient(Objects.requireNonNull(weight));
      if (variances != null) {
        variances.addGradient(differences, elementWeights);
      }
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
