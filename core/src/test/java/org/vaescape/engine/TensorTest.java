package org.vaescape.engine;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Objects;
import org.junit.jupiter.api.Test;

class TensorTest {

  @Test
  void keepsValuesAndShape() {
    try (Scope _ = Scope.open()) {
      Tensor x = Tensor.of(DType.FLOAT32, new float[] {1, 2, 3, 4, 5, 6}, 2, 3);
      assertArrayEquals(new long[] {2, 3}, x.shape());
      assertArrayEquals(new float[] {1, 4, 2, 5, 3, 6}, x.transpose().floats());
      assertEquals(DType.FLOAT64, x.as(DType.FLOAT64).type());
    }
  }

  @Test
  void refusesValuesThatDoNotFillTheShape() {
    IllegalArgumentException refused =
        assertThrows(
            IllegalArgumentException.class,
            () -> Tensor.of(DType.FLOAT32, new float[] {1, 2, 3}, 2, 2));
    assertEquals("3 values do not fill the shape [2, 2]", refused.getMessage());
  }

  @Test
  void differentiatesThroughAProduct() {
    try (Scope _ = Scope.open()) {
      Tensor w = Tensor.of(DType.FLOAT64, new double[] {2, -3}, 1, 2);
      w.requireGradient();
      Tensor x = Tensor.of(DType.FLOAT64, new double[] {5, 7, 11, 13}, 2, 2);
      x.linear(w, Tensor.zeros(DType.FLOAT64, 1), DType.FLOAT64).sum().backward();
      assertArrayEquals(
          new double[] {16, 20}, Objects.requireNonNull(w.gradient()).doubles(), 1e-12);
      w.clearGradient();
      assertEquals(null, w.gradient());
    }
  }

  @Test
  void recordsNothingWithoutGradients() {
    try (Scope _ = Scope.open()) {
      Tensor w = Tensor.of(DType.FLOAT64, new double[] {2}, 1);
      w.requireGradient();
      Tensor product;
      try (Scope quiet = Scope.withoutGradients()) {
        product = quiet.release(w.times(3));
      }
      assertThrows(RuntimeException.class, product::backward);
      w.times(3).backward();
      assertEquals(3, Objects.requireNonNull(w.gradient()).item());
      product.close();
    }
  }

  @Test
  void roundsOperandsOfProductsToBfloat16WhenToldTo() {
    try (Scope _ = Scope.open()) {
      // 1 + 2^-9 lies between two bfloat16 numbers, 1 and 1 + 2^-7.
      Tensor x = Tensor.of(DType.FLOAT32, new float[] {1f + 0x1p-9f}, 1, 1);
      Tensor one = Tensor.of(DType.FLOAT32, new float[] {1}, 1, 1);
      Tensor zero = Tensor.zeros(DType.FLOAT32, 1);
      assertEquals(1f + 0x1p-9f, x.linear(one, zero, DType.FLOAT32).item());
      assertEquals(1f, x.linear(one, zero, DType.BFLOAT16).item());
    }
  }

  @Test
  void freesEveryByteOfAScope() {
    // Large against the JVM's own memory, which the allocator's figures hold too.
    long size = 5_000_000;
    long before = NativeMemory.leastLiveBytesAfter(() -> allocate(size));
    try (Scope _ = Scope.open()) {
      Tensor held = Tensor.zeros(DType.FLOAT32, size);
      long during = NativeMemory.liveBytes();
      assertTrue(during - before > 3 * size, "the allocator does not see tensors");
      assertEquals(0, held.sum().item());
    }
    long left = NativeMemory.leastLiveBytesAfter(() -> allocate(size)) - before;
    assertTrue(left < 4 * size, "%d bytes are left".formatted(left));
  }

  private static void allocate(long size) {
    try (Scope _ = Scope.open()) {
      Tensor x = Tensor.zeros(DType.FLOAT32, size);
      x.requireGradient();
      x.plus(1).square().sum().backward();
    }
  }
}
