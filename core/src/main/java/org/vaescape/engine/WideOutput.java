package org.vaescape.engine;

import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A linear layer with many outputs, its normalisation, its activation and the error against a
/// target, computed without ever holding all outputs: block by block of them, so that what is done
/// to each number is done while the block is in the cache.
///
/// The way back needs the weight of each row in the loss. Where all rows had the same at the last
/// step, the layer expects that again and computes gradients along with errors; where it was
/// mistaken, it goes over the blocks once more. Where rows have weights of their own
/// (importance-weighted bounds), outputs before normalisation are kept until the weights are known.
///
/// It computes what [Tensor#linear], [Tensor#batchNorm] and operations on each number do, up to the
/// order of sums. For one thread; its memory belongs to the scope that is open when it is made.
public final class WideOutput {
  final Tensor weight;
  final Tensor bias;
  final @Nullable Norm norm;
  private final OutputError error;
  final GradientRoom weightGradients;
  final Products products = new Products();

  // Of the rows at hand, and of a block's weights and gradients.
  final Rounding hidden;
  final Rounding weights;
  final Rounding outputGradients;

  final Chunk chunk = new Chunk();
  private final List<Buffer> outputs = new ArrayList<>();
  private final Buffer gradients = new Buffer();

  /// The weight that all rows had at the last step with so many of them.
  private final Map<Integer, Float> evenWeights = new HashMap<>();

  private boolean evenly = true;

  /// Those of open scopes that can be gone back.
  private int passes;

  /// Batch normalisation over rows; tensors are (outputs). See [Tensor#batchNorm].
  public record Norm(
      Tensor weight, Tensor bias, Tensor runningMean, Tensor runningVariance, double epsilon) {}

  /// Where the statistics of the normalisation come from.
  ///
  /// @param ofBatch from the rows at hand, which the running ones then follow; else the running
  ///   ones
  /// @param momentum weight of the batch in that
  public record Statistics(boolean ofBatch, double momentum) {}

  /// A layer on these parameters, which it reads at every step and gives gradients to.
  ///
  /// @param weight (outputs, inputs)
  /// @param bias (outputs)
  /// @param norm after the linear part, or null; a bias before it is taken as fixed
  /// @param logVariance v (outputs), where the error is that of outputs and targets in units of
  ///   exp(v / 2), plus v / 2; or null
  /// @param inBfloat16 whether operands of products are rounded
  public WideOutput(
      Tensor weight,
      Tensor bias,
      @Nullable Norm norm,
      OutputFunction function,
      ElementError error,
      @Nullable Tensor logVariance,
      boolean inBfloat16) {
    this(weight, bias, norm, function, error, logVariance, Rounding.Form.of(inBfloat16));
  }

  WideOutput(
      Tensor weight,
      Tensor bias,
      @Nullable Norm norm,
      OutputFunction function,
      ElementError error,
      @Nullable Tensor logVariance,
      Rounding.Form operands) {
    this.weight = weight;
    this.bias = bias;
    this.norm = norm;
    this.error = new OutputError(function, error, logVariance);
    this.weightGradients = new GradientRoom(weight);
    hidden = new Rounding(operands);
    weights = new Rounding(operands);
    outputGradients = new Rounding(operands);
    Scope.atClose(this::free);
  }

  /// The error of each row, averaged over outputs.
  ///
  /// @param hidden (rows, inputs), where rows is a multiple of the target's: all rows for the first
  ///   target, then all for the second, and so on
  /// @param target (targets, outputs)
  /// @return (rows)
  public Tensor error(Tensor hidden, Tensor target, Statistics statistics) {
    boolean recorded = hidden.isRecorded();
    OutputPass pass =
        new OutputPass(
            this, error, hidden.contiguous(), target.contiguous(), statistics, recorded && !evenly);
    if (!recorded) {
      return pass.errors();
    }
    passes++;
    Scope.atClose(() -> passes--);
    Tensor errors =
        evenly
            // Until a step has told, the weight of a loss that is the mean over rows.
            ? pass.errorsAndGradients(evenWeights.getOrDefault(pass.rows(), 1f / pass.rows()))
            : pass.errors();
    return Tensor.computed(errors, hidden, weights -> wayBack(pass, weights));
  }

  /// Squared errors under running statistics, whatever error the layer is trained with; gradients
  /// are not recorded.
  ///
  /// @param hidden (rows, inputs)
  /// @param target (rows, outputs)
  /// @param function what is done to each number before it is compared
  public ErrorSums squaredErrors(Tensor hidden, Tensor target, OutputFunction function) {
    OutputError squared = OutputError.squared(function);
    Statistics running = new Statistics(false, 0);
    return new OutputPass(this, squared, hidden.contiguous(), target.contiguous(), running, false)
        .errorSums();
  }

  /// Frees what is kept from step to step for gradients, until the next step; they must be cleared.
  public void freeGradients() {
    weightGradients.free();
  }

  /// How many numbers the layer keeps outside of tensors for passes of so many rows.
  ///
  /// @param weighed whether rows have weights of their own in the loss
  public static long bufferedNumbers(long rows, long outputs, boolean weighed) {
    long block = blockNumbers(rows, outputs);
    return block + (weighed ? rows * outputs : block);
  }

  /// How many of these are outputs of a block: all that passes need which are not gone back.
  public static long blockNumbers(long rows, long outputs) {
    return rows * Math.min(OutputPass.WIDTH, outputs);
  }

  /// How many it keeps beside these for products of one number of rows: copies of weights and of
  /// gradients in oneDNN's order, of a whole block and of the last one.
  ///
  /// @param rows that are gone back; 0 where none are
  /// @param inputs of the layer
  /// @param outputs of the layer
  public static long productNumbers(long rows, long inputs, long outputs) {
    long whole = Math.min(OutputPass.WIDTH, outputs);
    return (whole + outputs % whole) * (rows + inputs);
  }

  /// How many its rounded operands take, whatever the numbers of rows; 0 where none are rounded.
  ///
  /// @param rows at most
  /// @param inputs of the layer
  public static long roundedNumbers(long rows, long inputs, boolean inBfloat16) {
    long width = OutputPass.WIDTH;
    return Rounding.room(rows * (width + inputs) + width * inputs, inBfloat16);
  }

  private Tensor wayBack(OutputPass pass, Tensor weights) {
    WayBack way = WayBack.ofThread();
    if (way == WayBack.RECORDED) {
      throw new IllegalStateException(
          "a gradient of the error is part of a loss: compute the error by operations on tensors");
    }
    float[] ofRows = weights.floats();
    evenly = true;
    for (float each : ofRows) {
      evenly &= each == ofRows[0];
    }
    if (evenly) {
      evenWeights.put(pass.rows(), ofRows[0]);
    }
    return pass.gradients(ofRows, way == WayBack.TO_PARAMETERS);
  }

  /// Memory for the outputs of a new pass, which is its own while it can be gone back.
  MemorySegment outputs(long bytes) {
    while (outputs.size() <= passes) {
      outputs.add(new Buffer());
    }
    return outputs.get(passes).of(bytes);
  }

  /// Memory for the gradients of a block.
  MemorySegment gradients(long bytes) {
    return gradients.of(bytes);
  }

  private void free() {
    outputs.forEach(Buffer::close);
    gradients.close();
    chunk.close();
    products.close();
    hidden.close();
    weights.close();
    outputGradients.close();
  }

  /// What goes through one loop after the other while it is in the innermost cache. Addresses of so
  /// many floats each.
  static final class Chunk implements AutoCloseable {
    static final int SIZE = 1 << 11;

    private static final long BYTES = (long) SIZE * Float.BYTES;

    private final Buffer buffer = new Buffer();
    final long inputs;
    final long outputs;
    final MemorySegment targetRows;
    final long targets;

    /// Outputs in units of their deviations.
    final long scaled;

    final long errors;
    final long gradients;

    Chunk() {
      MemorySegment memory = buffer.of(6 * BYTES);
      inputs = memory.address();
      outputs = inputs + BYTES;
      targetRows = memory.asSlice(2 * BYTES, BYTES);
      targets = targetRows.address();
      scaled = targets + BYTES;
      errors = scaled + BYTES;
      gradients = errors + BYTES;
    }

    @Override
    public void close() {
      buffer.close();
    }
  }
}
