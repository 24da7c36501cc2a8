package org.vaescape.engine;

import static java.lang.foreign.ValueLayout.JAVA_FLOAT;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.lang.foreign.Arena;
import java.util.SplittableRandom;
import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.vaescape.engine.Products.Matrix;

/// Holds products of operands in every form to sums in 64 bits.
class ProductsTest {
  private static final int APART = 9;

  /// Shapes from below what tiles are used for to those of a block, with odd numbers.
  @ParameterizedTest
  @CsvSource({
    "EXACT, 7, 21, 5", "WIDE, 7, 21, 5", "NARROW, 7, 21, 5",
    "EXACT, 65, 256, 128", "WIDE, 65, 256, 128", "NARROW, 65, 256, 128",
    "WIDE, 100, 129, 33", "NARROW, 100, 129, 33", "NARROW, 1, 1, 1"
  })
  void areThoseOfTheRoundedNumbers(Rounding.Form form, int rows, int inner, int columns) {
    assumeTrue(
        form != Rounding.Form.NARROW || NativeLibrary.bfloat16Failure().isEmpty(),
        "oneDNN has no products of 16-bit numbers for this processor");
    DoubleUnaryOperator rounded =
        form == Rounding.Form.EXACT ? x -> x : x -> Rounding.bfloat16((float) x);
    try (Scope _ = Scope.open();
        Products products = new Products();
        Rounding left = new Rounding(form);
        Rounding right = new Rounding(form)) {
      Tensor a = numbers(1, rows, inner + APART);
      Tensor b = numbers(2, columns, inner);
      Tensor c = numbers(3, rows, columns);
      float[] before = c.floats();
      Matrix first = left.of(Matrix.rows(a.memory(), rows, inner, inner + APART));
      Matrix second = right.of(Matrix.of(b).transposed());
      products.multiply(first, second, Matrix.of(c), true);
      for (int row = 0; row < rows; row++) {
        for (int column = 0; column < columns; column++) {
          double sum = before[row * columns + column];
          for (int i = 0; i < inner; i++) {
            sum +=
                rounded.applyAsDouble(at(a, row * (inner + APART) + i))
                    * rounded.applyAsDouble(at(b, column * inner + i));
          }
          assertEquals(sum, at(c, row * columns + column), 1e-4);
        }
      }
    }
  }

  /// Matrices that do not fit are refused when half of what a product needs is made. Each would
  /// leave 2 kB behind.
  @Test
  void keepNothingOfOneThatCannotBePrepared() {
    OneDnn.Layout left = OneDnn.Layout.rows(7, 21, 21);
    OneDnn.Layout right = OneDnn.Layout.rows(20, 5, 5);
    OneDnn.Layout result = OneDnn.Layout.rows(7, 5, 5);
    Runnable refusals =
        () -> {
          try (Arena arena = Arena.ofConfined()) {
            for (int i = 0; i < 4_000; i++) {
              assertThrows(
                  IllegalStateException.class,
                  () -> OneDnn.product(left, right, result, true, arena));
            }
          }
        };
    long before = NativeMemory.leastLiveBytesAfter(refusals);
    long after = NativeMemory.leastLiveBytesAfter(refusals);
    assertTrue(after - before < 10 << 20, "bytes kept: " + (after - before));
  }

  private static Tensor numbers(long seed, int rows, int columns) {
    SplittableRandom random = new SplittableRandom(seed);
    float[] values = new float[rows * columns];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) random.nextGaussian();
    }
    return Tensor.of(DType.FLOAT32, values, rows, columns);
  }

  private static float at(Tensor tensor, int element) {
    return tensor.memory().getAtIndex(JAVA_FLOAT, element);
  }
}
