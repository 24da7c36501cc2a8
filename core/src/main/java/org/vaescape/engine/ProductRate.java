package org.vaescape.engine;

import java.util.Locale;
import java.util.SplittableRandom;
import org.vaescape.engine.Products.Matrix;

/// How fast one core of this machine multiplies matrices, in floating-point operations a second: an
/// upper limit of what training can reach.
public final class ProductRate {
  /// Times that the operands are multiplied before a measurement; the first makes the kernel.
  private static final int WARM_UP = 2;

  private ProductRate() {}

  /// Who multiplies.
  public enum Library {
    /// Called directly, as [WideOutput] does.
    ONEDNN,
    /// As operations on whole tensors do.
    LIBTORCH;

    /// As files write it: `onednn`.
    public String text() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /// A product of dense matrices, (rows, inner) x (inner, columns).
  ///
  /// @param turned whether the right matrix lies in memory as (columns, inner)
  public record Shape(int rows, int inner, int columns, boolean turned) {
    /// A multiplication and an addition for each pair of numbers that meet.
    public double operations() {
      return 2.0 * rows * inner * columns;
    }
  }

  /// Why products cannot be measured here, as half a sentence; empty if they can.
  public static String failure(Library library, Precision precision) {
    if (precision == Precision.FP64) {
      return "training takes 64 bits to check formulas alone";
    }
    if (library == Library.ONEDNN) {
      return OneDnn.failure();
    }
    return precision == Precision.BF16 ? NativeLibrary.bfloat16Failure() : "";
  }

  /// The rate of the fastest of the products that fit into some time, at least one.
  ///
  /// In bfloat16 oneDNN takes operands as [Rounding] gives them, which is not timed, and gives
  /// 32-bit results; libtorch takes and gives bfloat16.
  ///
  /// @param seconds to measure for
  /// @return operations a second
  public static double measure(Library library, Precision precision, Shape shape, double seconds) {
    NativeLibrary.useThreads(1);
    try (Scope _ = Scope.withoutGradients()) {
      Tensor left = numbers(shape.rows(), shape.inner());
      Tensor right =
          shape.turned()
              ? numbers(shape.columns(), shape.inner())
              : numbers(shape.inner(), shape.columns());
      double shortest =
          switch (library) {
            case ONEDNN -> byOneDnn(left, right, precision, shape, seconds);
            case LIBTORCH -> byLibtorch(left, right, precision, shape, seconds);
          };
      return shape.operations() / shortest;
    }
  }

  private static double byOneDnn(
      Tensor left, Tensor right, Precision precision, Shape shape, double seconds) {
    Matrix b = shape.turned() ? Matrix.of(right).transposed() : Matrix.of(right);
    Matrix result = Matrix.of(Tensor.blank(shape.rows(), shape.columns()));
    Rounding.Form form = Rounding.Form.of(precision == Precision.BF16);
    try (Products products = new Products();
        Rounding ofLeft = new Rounding(form);
        Rounding ofRight = new Rounding(form)) {
      Matrix first = ofLeft.of(Matrix.of(left));
      Matrix second = ofRight.of(b);
      return shortest(() -> products.multiply(first, second, result, false), seconds);
    }
  }

  private static double byLibtorch(
      Tensor left, Tensor right, Precision precision, Shape shape, double seconds) {
    Tensor a = left.as(precision.products());
    Tensor b = right.as(precision.products());
    return shortest(
        () -> {
          try (Scope _ = Scope.open()) {
            a.matmul(shape.turned() ? b.transpose() : b).close();
          }
        },
        seconds);
  }

  /// Seconds of the shortest run of a task.
  private static double shortest(Runnable task, double seconds) {
    for (int i = 0; i < WARM_UP; i++) {
      task.run();
    }
    long shortest = Long.MAX_VALUE;
    long begun = System.nanoTime();
    long now = begun;
    do {
      task.run();
      long after = System.nanoTime();
      shortest = Math.min(shortest, after - now);
      now = after;
    } while (now - begun < seconds * 1e9);
    return shortest / 1e9;
  }

  private static Tensor numbers(int rows, int columns) {
    float[] values = new float[rows * columns];
    SplittableRandom random = new SplittableRandom(rows);
    for (int i = 0; i < values.length; i++) {
      values[i] = random.nextFloat() - 0.5f;
    }
    return Tensor.of(DType.FLOAT32, values, rows, columns);
  }
}
