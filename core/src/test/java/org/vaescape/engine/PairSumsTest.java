package org.vaescape.engine;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Holds sums over pairs to their definition, pair by pair in 64 bits.
class PairSumsTest {
  /// Of the largest sum and of the largest gradient.
  private static final double TOLERANCE = 3e-6;

  private static final List<DistanceKernel> KERNELS =
      List.of(new DistanceKernel.InverseMultiquadratic(5, 5.5), new DistanceKernel.Gaussian(5));

  /// What sums are taken over.
  record Case(DistanceKernel kernel, double[][] x, double[][] y, boolean own) {
    @Override
    public String toString() {
      return "%d and %d points of %d, %s, own pairs %s"
          .formatted(x.length, y.length, x[0].length, kernel, own);
    }
  }

  static Stream<Case> cases() {
    SplittableRandom random = new SplittableRandom(5);
    int[][] shapes = {
      {1, 1, 1}, {2, 2, 3}, {17, 30, 5}, {130, 129, 2}, {300, 128, 40}, {40, 257, 7}
    };
    return KERNELS.stream()
        .flatMap(kernel ->
            Arrays.stream(shapes)
                .map(shape ->
                    new Case(
                        kernel,
                        points(random, shape[0], shape[2]),
                        points(random, shape[1], shape[2]),
                        random.nextBoolean())));
  }

  @ParameterizedTest
  @MethodSource("cases")
  void areThoseOfTheirDefinition(Case c) {
    assertAsDefined(c, TOLERANCE);
  }

  /// Many blocks, of which the last is not full.
  @Test
  void areThoseOfTheirDefinitionForManyPoints() {
    SplittableRandom random = new SplittableRandom(6);
    KERNELS.forEach(kernel ->
        assertAsDefined(
            new Case(kernel, points(random, 2100, 3), points(random, 150, 3), true), TOLERANCE));
  }

  /// Equal points, points whose kernel is next to nothing, and points whose squared length 32 bits
  /// cannot hold.
  @Test
  void areThoseOfTheirDefinitionForPointsNearAndFar() {
    SplittableRandom random = new SplittableRandom(7);
    for (DistanceKernel kernel : KERNELS) {
      for (boolean own : List.of(true, false)) {
        double[][] x = points(random, 50, 4);
        double[][] y = points(random, 50, 4);
        y[3] = x[3];
        y[7] = x[3];
        x[20] = x[3];
        Arrays.fill(x[1], 1e4);
        Arrays.fill(y[40], -30);
        Arrays.fill(x[30], 1e25);
        Arrays.fill(y[31], -1e25);
        Arrays.fill(y[32], 3e25);
        Arrays.fill(x[33], 1.2e19);
        assertAsDefined(new Case(kernel, x, y, own), TOLERANCE);
      }
    }
  }

  private static void assertAsDefined(Case c, double tolerance) {
    int rows = c.x.length;
    int coordinates = c.x[0].length;
    double[] rowWeights = new SplittableRandom(8).doubles(rows).toArray();
    double[] sums = new double[rows];
    double[] gradient = new double[rows * coordinates];
    for (int i = 0; i < rows; i++) {
      for (int j = 0; j < c.y.length; j++) {
        if (!c.own && i == j) {
          continue;
        }
        double squared = 0;
        for (int k = 0; k < coordinates; k++) {
          squared += Math.pow(c.x[i][k] - c.y[j][k], 2);
        }
        double value =
            switch (c.kernel) {
              case DistanceKernel.InverseMultiquadratic(double width, double offset) ->
                  width / (offset + squared);
              case DistanceKernel.Gaussian(double width) -> Math.exp(-squared / width);
            };
        double slope =
            switch (c.kernel) {
              case DistanceKernel.InverseMultiquadratic(double width, double offset) ->
                  -value / (offset + squared);
              case DistanceKernel.Gaussian(double width) -> -value / width;
            };
        sums[i] += value;
        for (int k = 0; k < coordinates; k++) {
          gradient[i * coordinates + k] += rowWeights[i] * slope * 2 * (c.x[i][k] - c.y[j][k]);
        }
      }
    }
    try (Scope _ = Scope.open()) {
      Tensor x = tensor(c.x);
      x.requireGradient();
      Tensor actual = new PairSums().of(x, tensor(c.y), c.kernel, c.own);
      assertArrayEquals(sums, actual.as(DType.FLOAT64).doubles(), tolerance * largest(sums));
      actual.times(Tensor.of(DType.FLOAT32, rowWeights, rows)).sum().backward();
      double[] byPoints = Objects.requireNonNull(x.gradient()).as(DType.FLOAT64).doubles();
      assertArrayEquals(gradient, byPoints, tolerance * largest(gradient) + 1e-30);
    }
  }

  @Test
  void areTheSameWithAndWithoutGradientsAndAtEachCall() {
    SplittableRandom random = new SplittableRandom(9);
    double[][] points = points(random, 140, 6);
    double[][] others = points(random, 140, 6);
    for (DistanceKernel kernel : KERNELS) {
      try (Scope _ = Scope.open()) {
        PairSums pairs = new PairSums();
        Tensor y = tensor(others);
        float[] sums = pairs.of(tensor(points), y, kernel, true).floats();
        for (int call = 0; call < 3; call++) {
          Tensor x = tensor(points);
          x.requireGradient();
          assertArrayEquals(sums, pairs.of(x, y, kernel, true).floats());
        }
      }
    }
  }

  @Test
  void refuseOthersThatAreRecordedAndGradientsThatAre() {
    try (Scope _ = Scope.open()) {
      PairSums pairs = new PairSums();
      Tensor x = tensor(points(new SplittableRandom(1), 5, 2));
      x.requireGradient();
      Tensor fixed = x.detach();
      DistanceKernel kernel = KERNELS.getFirst();
      assertThrows(IllegalArgumentException.class, () -> pairs.of(fixed, x, kernel, true));
      Tensor sum = pairs.of(x, fixed, kernel, true).sum();
      assertEquals(5, sum.gradientBy(x, false).size(0));
      assertThrows(RuntimeException.class, () -> sum.gradientBy(x, true));
    }
  }

  private static double largest(double[] values) {
    return DoubleStream.of(values).map(Math::abs).max().orElseThrow();
  }

  /// As 32 bits hold them.
  private static double[][] points(SplittableRandom random, int rows, int coordinates) {
    double[][] points = new double[rows][coordinates];
    for (double[] point : points) {
      Arrays.setAll(point, _ -> (float) random.nextGaussian());
    }
    return points;
  }

  private static Tensor tensor(double[][] points) {
    double[] values = Stream.of(points).flatMapToDouble(Arrays::stream).toArray();
    return Tensor.of(DType.FLOAT32, values, points.length, points[0].length);
  }
}
