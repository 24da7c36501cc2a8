package org.vaescape.train;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.vaescape.engine.DType;
import org.vaescape.engine.Scope;
import org.vaescape.engine.Tensor;

class LatentPlaneTest {
  /// Of mean 0, and without correlation; what is farthest from 0 is negative.
  private static final double[] LONG = {2, -4, 1, 3, 5, -7};

  private static final double[] SHORT = {1, 1, -3, 0, 1, 0};
  private static final double[] UP = {0, .6, 0, .8};
  private static final double[] ACROSS = {1, 0, 0, 0};
  private static final double[] MEAN = {3, -1, 8, 2};

  @Test
  void liesAlongTheDirectionsOfMostVariance() {
    double[][] codes = new double[LONG.length][MEAN.length];
    for (int i = 0; i < LONG.length; i++) {
      for (int d = 0; d < MEAN.length; d++) {
        codes[i][d] = MEAN[d] + LONG[i] * UP[d] + SHORT[i] * ACROSS[d];
      }
    }
    LatentPlane plane = plane(codes).orElseThrow();
    assertEquals(104. / 116, plane.first(), 1e-6); // sums of squares of LONG, and of both
    assertEquals(12. / 116, plane.second(), 1e-6);
    for (int i = 0; i < LONG.length; i++) {
      // What is farthest comes to lie on the positive side.
      assertEquals(-LONG[i], plane.points().get(i).x(), 1e-5);
      assertEquals(-SHORT[i], plane.points().get(i).y(), 1e-5);
    }
  }

  @Test
  void ofOneNumberIsALine() {
    LatentPlane plane = plane(new double[][] {{1}, {2}, {6}}).orElseThrow();
    assertEquals(
        List.of(
            new LatentPlane.Point(-2, 0),
            new LatentPlane.Point(-1, 0),
            new LatentPlane.Point(3, 0)),
        plane.points());
    assertEquals(1, plane.first());
    assertEquals(0, plane.second());
  }

  @Test
  void isNotThereWhereCodesTellNoSamplesApart() {
    assertEquals(Optional.empty(), plane(new double[][] {{.1, .7}, {.1, .7}, {.1, .7}}));
    assertEquals(Optional.empty(), plane(new double[][] {{1, 2}}));
    assertEquals(Optional.empty(), plane(new double[][] {{1, 2}, {Double.NaN, 1}}));
    assertEquals(Optional.empty(), plane(new double[][] {{1, 2}, {1, Double.POSITIVE_INFINITY}}));
  }

  private static Optional<LatentPlane> plane(double[][] rows) {
    Codes codes = new Codes(rows.length);
    try (Scope _ = Scope.open()) {
      double[] all = Arrays.stream(rows).flatMapToDouble(Arrays::stream).toArray();
      codes.put(0, Tensor.of(DType.FLOAT32, all, rows.length, rows[0].length));
    }
    return LatentPlane.of(codes);
  }
}
