package org.vaescape.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.vaescape.Golden;
import org.vaescape.engine.DType;
import org.vaescape.engine.NativeMemory;
import org.vaescape.engine.Scope;
import org.vaescape.engine.Tensor;
import org.vaescape.model.MaximumMeanDiscrepancy.Kernel;

class MaximumMeanDiscrepancyTest {

  static Stream<MaximumMeanDiscrepancy> forms() {
    return Stream.of(Kernel.values())
        .flatMap(kernel ->
            Stream.of(true, false).map(compat -> new MaximumMeanDiscrepancy(kernel, 1.5, compat)));
  }

  @ParameterizedTest
  @MethodSource("forms")
  void isTheDoubleSumOfItsDefinition(MaximumMeanDiscrepancy mmd) {
    double[][] a = points(1, 7, 3);
    double[][] b = points(2, 7, 3);
    try (Scope _ = Scope.withoutGradients()) {
      double expected = bySums(mmd, a, a) + bySums(mmd, b, b) - 2 * bySums(mmd, a, b);
      Golden.assertClose(
          expected / (7 * 6), mmd.between(tensor(a), tensor(b)).item(), 1e-10, 1e-14, "mmd");
    }
  }

  @ParameterizedTest
  @MethodSource("forms")
  void isZeroForASampleAndItself(MaximumMeanDiscrepancy mmd) {
    try (Scope _ = Scope.withoutGradients()) {
      Tensor a = tensor(points(1, 20, 3));
      assertEquals(0, mmd.between(a, a).item(), 1e-14);
    }
  }

  @ParameterizedTest
  @MethodSource("forms")
  void isZeroForOnePointAndDiffersByDistributionForMany(MaximumMeanDiscrepancy mmd) {
    try (Scope _ = Scope.withoutGradients()) {
      assertEquals(0, mmd.between(tensor(points(1, 1, 3)), tensor(points(2, 1, 3))).item(), 1e-300);
      Tensor a = tensor(points(1, 200, 3));
      Tensor b = tensor(points(2, 200, 3));
      double same = mmd.between(a, b).item();
      double shifted = mmd.between(a, b.plus(2)).item();
      assertTrue(shifted > 5 * Math.abs(same), "%s and %s".formatted(same, shifted));
    }
  }

  /// In 32 bits |a|^2 of such points is 3e8, and a distance taken from it is off by tens.
  @ParameterizedTest
  @MethodSource("forms")
  void keepsItsDigitsFarFromTheOrigin(MaximumMeanDiscrepancy mmd) {
    double[][] prior = points(1, 50, 3);
    double[][] far =
        Arrays.stream(points(2, 50, 3)).map(row -> shifted(row, 1e4)).toArray(double[][]::new);
    double expected =
        bySums(mmd, prior, prior) + bySums(mmd, far, far) - 2 * bySums(mmd, prior, far);
    try (Scope _ = Scope.withoutGradients()) {
      double single =
          mmd.between(tensor(prior).as(DType.FLOAT32), tensor(far).as(DType.FLOAT32)).item();
      Golden.assertClose(expected / (50 * 49), single, 1e-3, 0, "mmd");
    }
  }

  private static double[] shifted(double[] row, double by) {
    return Arrays.stream(row).map(value -> value + by).toArray();
  }

  /// Squares of 1e25 overflow 32 bits; the kernel of such distances is 0, and so is its slope.
  @ParameterizedTest
  @MethodSource("forms")
  void countsDistancesThatOverflowAsInfinite(MaximumMeanDiscrepancy mmd) {
    double[][] prior = points(1, 20, 3);
    double[][] far =
        Arrays.stream(points(2, 20, 3))
            .map(row -> Arrays.stream(row).map(value -> value * 1e25).toArray())
            .toArray(double[][]::new);
    double expected =
        bySums(mmd, prior, prior) + bySums(mmd, far, far) - 2 * bySums(mmd, prior, far);
    try (Scope _ = Scope.open()) {
      Tensor z = tensor(far).as(DType.FLOAT32);
      z.requireGradient();
      Tensor value = mmd.between(tensor(prior).as(DType.FLOAT32), z);
      Golden.assertClose(expected / (20 * 19), value.item(), 1e-5, 0, "mmd");
      value.backward();
      assertEquals(0, Objects.requireNonNull(z.gradient()).largest());
    }
  }

  /// Laid out as pairs x latent units it would hold 200 matrices.
  @Test
  void holdsNoMoreThanAFewMatricesOfBatchTimesBatch() throws InterruptedException {
    int batch = 1000;
    double matrix = 4.0 * batch * batch;
    MaximumMeanDiscrepancy mmd =
        new MaximumMeanDiscrepancy(Kernel.INVERSE_MULTIQUADRATIC, 2, false);
    try (Scope _ = Scope.open()) {
      Tensor prior = tensor(points(1, batch, 200)).as(DType.FLOAT32);
      Tensor z = tensor(points(2, batch, 200)).as(DType.FLOAT32);
      z.requireGradient();
      step(mmd, prior, z);
      long before = NativeMemory.liveBytes();
      long peak =
          peakOf(() -> {
            for (int repeat = 0; repeat < 20; repeat++) {
              step(mmd, prior, z);
            }
          });
      double matrices = (peak - before) / matrix;
      assertTrue(matrices > 2, "the watcher saw only %.1f matrices".formatted(matrices));
      assertTrue(matrices <= 20, "held %.1f matrices".formatted(matrices));
    }
  }

  private static void step(MaximumMeanDiscrepancy mmd, Tensor prior, Tensor z) {
    try (Scope _ = Scope.open()) {
      mmd.between(prior, z).backward();
      z.clearGradient();
    }
  }

  /// The most native bytes alive at one time while the work is done.
  private static long peakOf(Runnable work) throws InterruptedException {
    AtomicBoolean done = new AtomicBoolean();
    long[] peak = {0};
    Thread watcher =
        Thread.ofPlatform()
            .start(() -> {
              while (!done.get()) {
                peak[0] = Math.max(peak[0], NativeMemory.liveBytes());
                LockSupport.parkNanos(50_000);
              }
            });
    work.run();
    done.set(true);
    watcher.join();
    return peak[0];
  }

  /// S(a, b) of the definition, pair by pair.
  private static double bySums(MaximumMeanDiscrepancy mmd, double[][] a, double[][] b) {
    boolean averaged = mmd.likePytorchVae() && mmd.kernel() == Kernel.GAUSSIAN;
    int n = a.length;
    double units = a[0].length;
    double width = 2 * units * mmd.scale();
    double sum = 0;
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < n; j++) {
        double squared = 0;
        for (int k = 0; k < units; k++) {
          squared += (a[i][k] - b[j][k]) * (a[i][k] - b[j][k]);
        }
        if (averaged) {
          sum += Math.exp(-squared / units / width) / (n * n);
        } else if (i != j) {
          sum +=
              mmd.kernel() == Kernel.GAUSSIAN
                  ? Math.exp(-squared / width)
                  : width / (1e-7 + width + squared);
        }
      }
    }
    return sum;
  }

  private static double[][] points(long seed, int rows, int units) {
    java.util.SplittableRandom random = new java.util.SplittableRandom(seed);
    double[][] points = new double[rows][units];
    for (double[] point : points) {
      java.util.Arrays.setAll(point, _ -> random.nextGaussian());
    }
    return points;
  }

  private static Tensor tensor(double[][] points) {
    double[] values = Stream.of(points).flatMapToDouble(java.util.Arrays::stream).toArray();
    return Tensor.of(DType.FLOAT64, values, points.length, points[0].length);
  }
}
