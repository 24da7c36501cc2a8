package org.vaescape.engine;

import static java.lang.foreign.ValueLayout.JAVA_FLOAT;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.vaescape.engine.Products.Matrix;

/// Holds products in bfloat16 to sums of rounded operands in 64 bits.
class ProductsTest {
  private static final int ROWS = 7;
  private static final int INNER = 21;
  private static final int COLUMNS = 5;
  private static final int APART = 30;

  @Test
  void roundOperandsWhateverTheirLayout() {
    try (Scope _ = Scope.open();
        Products products = new Products(true)) {
      Tensor left = numbers(1, ROWS, APART);
      Tensor right = numbers(2, COLUMNS, INNER);
      Tensor result = Tensor.blank(ROWS, COLUMNS);
      products.multiply(
          Matrix.rows(left.memory(), ROWS, INNER, APART),
          Matrix.of(right).transposed(),
          Matrix.of(result),
          false);
      for (int row = 0; row < ROWS; row++) {
        for (int column = 0; column < COLUMNS; column++) {
          double sum = 0;
          for (int i = 0; i < INNER; i++) {
            sum += rounded(left, row * APART + i) * rounded(right, column * INNER + i);
          }
          assertEquals(sum, at(result, row * COLUMNS + column), 1e-5);
        }
      }
    }
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

  private static double rounded(Tensor tensor, int element) {
    return Products.bfloat16(at(tensor, element));
  }
}
