package org.vaescape.engine;

import static java.lang.foreign.ValueLayout.JAVA_FLOAT;

import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.vaescape.engine.DistanceKernel.InverseMultiquadratic;
import org.vaescape.engine.PairLoops.Block;
import org.vaescape.engine.Products.Matrix;

/// Sums of a kernel over pairs of points, computed without ever holding a number for each pair:
/// block by block of points, so that what is done to each number is done while the block is in the
/// cache.
///
/// It computes what operations on tensors do, up to the order of sums. For one thread; its memory
/// belongs to the scope that is open when it is made.
public final class PairSums {
  /// Points of a block: the distances of a batch's points from them stay in a core's second cache.
  private static final int WIDTH = 128;

  private final Products products = new Products();
  private final Buffer pairs = new Buffer();

  public PairSums() {
    Scope.atClose(this::free);
  }

  private void free() {
    products.close();
    pairs.close();
  }

  /// For each point of `x` the sum of its kernels with points of `y`. Squared distances are |x|^2 +
  /// |y|^2 - 2 x y; where a step towards one overflows the kernel is 0, and so is its slope.
  ///
  /// @param x (points, coordinates)
  /// @param y (others, coordinates), which is not recorded
  /// @param own whether points of the same number in `x` and `y` make a pair too
  /// @return (points)
  /// @throws IllegalArgumentException if `y` is recorded, as only `x` gets gradients
  public Tensor of(Tensor x, Tensor y, DistanceKernel kernel, boolean own) {
    if (y.isRecorded()) {
      throw new IllegalArgumentException("others must be fixed points but are recorded");
    }
    boolean recorded = x.isRecorded();
    Pass pass = new Pass(x.detach().contiguous(), y.contiguous(), kernel, recorded);
    pass.go(own);
    Tensor sums = Tensor.of(DType.FLOAT32, inRows(pass.sums), pass.rows);
    if (!recorded) {
      return sums;
    }
    Tensor gradient = pass.gradient();
    return Tensor.computed(
        sums,
        x,
        weights -> {
          if (WayBack.ofThread() == WayBack.RECORDED) {
            throw new IllegalStateException(
                "a gradient of the sums is part of a loss: compute them by operations on tensors");
          }
          return gradient.times(weights.unsqueeze(1));
        });
  }

  /// How many numbers are kept outside of tensors from one call to the next.
  ///
  /// @param points of each sample
  public static long bufferedNumbers(long points, long coordinates) {
    long width = Math.min(WIDTH, points);
    return width * (points + 2 * coordinates);
  }

  private static float[] inRows(float[] sums) {
    float[] rows = new float[sums.length / VectorMath.LANES];
    for (int row = 0; row < rows.length; row++) {
      rows[row] = (float) BlockKernels.inPairs(sums, row);
    }
    return rows;
  }

  /// One way over all pairs.
  private final class Pass {
    final Tensor x;
    final Tensor y;
    final DistanceKernel kernel;
    final int rows;
    final int others;
    final float[] lengths;
    final float[] lengthsOfOthers;

    /// A vector for each row: of its kernels, and of what weighs the others in its gradient. The
    /// slope of both kernels by the squared distance is -weight / width.
    final float[] sums;

    final float[] weights;

    /// By row, the sum of others in these weights; null where nobody asks for gradients.
    final @Nullable Tensor weighed;

    Pass(Tensor x, Tensor y, DistanceKernel kernel, boolean recorded) {
      this.x = x;
      this.y = y;
      this.kernel = kernel;
      rows = Math.toIntExact(x.size(0));
      others = Math.toIntExact(y.size(0));
      lengths = lengths(x);
      lengthsOfOthers = Arrays.copyOf(lengths(y), OutputColumns.wholeVectors(others));
      Arrays.fill(lengthsOfOthers, others, lengthsOfOthers.length, Float.POSITIVE_INFINITY);
      sums = new float[rows * VectorMath.LANES];
      weights = kernel instanceof InverseMultiquadratic ? new float[sums.length] : sums;
      weighed = recorded ? Tensor.blank(rows, x.size(1)) : null;
    }

    private static float[] lengths(Tensor points) {
      try (Tensor squares = points.square();
          Tensor lengths = squares.sum(1)) {
        return lengths.floats();
      }
    }

    void go(boolean own) {
      Matrix points = Matrix.of(x);
      long bytes = x.size(1) * Float.BYTES;
      for (int from = 0; from < others; from += WIDTH) {
        int count = Math.min(WIDTH, others - from);
        int filled = OutputColumns.wholeVectors(count);
        MemorySegment memory = pairs.of((long) rows * filled * Float.BYTES);
        Matrix block = Matrix.rows(memory, rows, count, filled);
        Matrix some = Matrix.rows(y.memory().asSlice(from * bytes), count, x.size(1), x.size(1));
        products.multiply(points, some.transposed(), block, false);
        if (!own) {
          setApart(block, from);
        }
        toKernels(new Block(rows, filled, from, lengths, lengthsOfOthers), memory.address());
        if (weighed != null) {
          products.multiply(block, some, Matrix.of(weighed), from > 0);
        }
      }
    }

    /// Makes points of the same number infinitely far from each other, by their product.
    private void setApart(Matrix block, int from) {
      for (int i = 0; i < Math.min(block.layout().columns(), rows - from); i++) {
        long place = (from + i) * block.layout().rowStride() + i;
        block.memory().setAtIndex(JAVA_FLOAT, place, Float.NEGATIVE_INFINITY);
      }
    }

    /// Makes kernels of products, and weights of these.
    private void toKernels(Block block, long products) {
      PairLoops.apply(kernel, block, products, sums);
      if (weighed != null && kernel instanceof InverseMultiquadratic) {
        PairLoops.square(block, products, weights);
      }
    }

    /// Of each row's sum by its point: -2 / width x (the sum of weights x point - the weighed
    /// others).
    Tensor gradient() {
      Tensor gradient = Objects.requireNonNull(weighed);
      try (Tensor ofRows = Tensor.of(DType.FLOAT32, inRows(weights), rows, 1)) {
        gradient.plusProductInPlace(x, ofRows, -1);
        gradient.timesInPlace(2 / kernel.width());
      }
      return gradient;
    }
  }
}
