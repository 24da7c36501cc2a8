package org.vaescape.train;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.vaescape.engine.DType;
import org.vaescape.engine.Scope;
import org.vaescape.engine.Tensor;

class LeadingEigenvectorsTest {
  private static final int SIZE = 150;
  private static final int COUNT = 10;
  private static final int WIDTH = 8;

  /// Widths of the space: restarts after two products, after five, and none; where it is the whole
  /// the last product is narrower.
  @ParameterizedTest
  @ValueSource(ints = {36, 60, SIZE})
  void findsTheLargestOfADiagonalMatrix(int widest) {
    double[] diagonal = IntStream.rangeClosed(1, SIZE).mapToDouble(j -> 1.0 / j).toArray();
    AtomicInteger products = new AtomicInteger();
    try (Scope _ = Scope.withoutGradients()) {
      Tensor values = Tensor.of(DType.FLOAT64, diagonal, SIZE, 1);
      double[] random = new SplittableRandom(1).doubles((long) SIZE * WIDTH, -1, 1).toArray();
      LeadingEigenvectors matrix =
          new LeadingEigenvectors(
              columns -> {
                products.incrementAndGet();
                return columns.times(values);
              },
              SIZE,
              widest);
      Tensor found =
          matrix.find(
              Tensor.of(DType.FLOAT64, random, SIZE, WIDTH), COUNT, _ -> products.get() == 30);
      double[] vectors = found.doubles(); // (size, count), ascending
      found.close();
      for (int k = 0; k < COUNT; k++) {
        double own = vectors[k * COUNT + COUNT - 1 - k];
        assertEquals(1, Math.abs(own), 1e-9, "vector of eigenvalue 1 / " + (k + 1));
      }
      assertEquals(widest == SIZE ? (SIZE + WIDTH - 1) / WIDTH : 30, products.get());
    }
  }
}
