package org.vaescape.engine;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.Objects;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Holds the first layer to operations on tensors, by small whole numbers: all sums of them are
/// exact, in whatever order and form.
class WideInputTest {
  /// More than one part, and a rest that fills no vector.
  private static final int INPUTS = 1_101;

  private static final int OUTPUTS = 6;

  /// Rows of two batches come through before either goes back, as networks that look at a batch
  /// twice have it: what is kept of the first is gone by then.
  @ParameterizedTest
  @EnumSource
  void multipliesAndGoesBack(Rounding.Form form) {
    assumeTrue(
        form != Rounding.Form.NARROW || NativeLibrary.bfloat16Failure().isEmpty(),
        "oneDNN has no products of 16-bit numbers for this processor");
    try (Scope _ = Scope.open()) {
      Tensor weight = numbers(1, OUTPUTS, INPUTS);
      Tensor same = weight.copy();
      weight.requireGradient();
      same.requireGradient();
      WideInput layer = new WideInput(weight, form);
      Tensor first = numbers(2, 5, INPUTS);
      Tensor second = numbers(3, 7, INPUTS);
      Tensor ofFirst = layer.multiply(first);
      Tensor ofSecond = layer.multiply(second);
      assertArrayEquals(first.matmul(same.transpose()).floats(), ofFirst.floats());
      assertArrayEquals(second.matmul(same.transpose()).floats(), ofSecond.floats());
      weighed(ofFirst).plus(weighed(ofSecond)).backward();
      weighed(first.matmul(same.transpose()))
          .plus(weighed(second.matmul(same.transpose())))
          .backward();
      assertArrayEquals(gradient(same), gradient(weight));
    }
  }

  private static float[] gradient(Tensor parameter) {
    return Objects.requireNonNull(parameter.gradient()).floats();
  }

  private static Tensor weighed(Tensor results) {
    return results.times(numbers(4, results.size(0), results.size(1))).sum();
  }

  private static Tensor numbers(int seed, long rows, long columns) {
    SplittableRandom random = new SplittableRandom(seed);
    float[] values = new float[Math.toIntExact(rows * columns)];
    for (int i = 0; i < values.length; i++) {
      values[i] = random.nextInt(-3, 4);
    }
    return Tensor.of(DType.FLOAT32, values, rows, columns);
  }
}
