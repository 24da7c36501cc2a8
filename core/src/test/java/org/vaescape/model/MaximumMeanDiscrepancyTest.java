package org.vaescape.model;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.vaescape.Golden;
import org.vaescape.engine.DType;
import org.vaescape.engine.NativeMemory;
import org.vaescape.engine.PairSums;
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
    for (Way way : Way.values()) {
      try (Scope _ = Scope.withoutGradients()) {
        double value = way.between(mmd, single(prior), single(far)).item();
        Golden.assertClose(expected / (50 * 49), value, 1e-3, 0, "mmd");
      }
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
    for (Way way : Way.values()) {
      try (Scope _ = Scope.open()) {
        Tensor z = single(far);
        z.requireGradient();
        Tensor value = way.between(mmd, single(prior), z);
        Golden.assertClose(expected / (20 * 19), value.item(), 1e-5, 0, "mmd");
        value.backward();
        assertEquals(0, Objects.requireNonNull(z.gradient()).largest());
      }
    }
  }

  /// The two ways to compute in 32 bits.
  private enum Way {
    TENSORS {
      @Override
      Tensor between(MaximumMeanDiscrepancy mmd, Tensor prior, Tensor z) {
        return mmd.between(prior, z);
      }
    },
    BLOCKS {
      @Override
      Tensor between(MaximumMeanDiscrepancy mmd, Tensor prior, Tensor z) {
        return mmd.between(prior, z, new PairSums());
      }
    };

    abstract Tensor between(MaximumMeanDiscrepancy mmd, Tensor prior, Tensor z);
  }

  /// Both ways against 64 bits, on samples of a size, place and spread that a seed draws, some
  /// points of which are equal. The estimate is what is left of sums of up to 3: it is held to 1e-6
  /// of these, gradients to 1e-4 of the largest.
  @ParameterizedTest
  @MethodSource("forms")
  void isInBlocksWhatItIsIn64Bits(MaximumMeanDiscrepancy mmd) {
    SplittableRandom random = new SplittableRandom(11);
    for (int draw = 0; draw < 24; draw++) {
      int n = draw == 0 ? 1001 : 1 + (int) Math.exp(random.nextDouble(6));
      int latent = draw == 0 ? 50 : (int) Math.exp(random.nextDouble(5.7));
      double place = random.nextGaussian() * 2;
      double spread = Math.exp(random.nextGaussian());
      double[][] prior = points(random.nextInt(), n, latent);
      double[][] codes =
          Arrays.stream(points(random.nextInt(), n, latent))
              .map(row -> Arrays.stream(row).map(value -> place + spread * value).toArray())
              .toArray(double[][]::new);
      codes[n - 1] = codes[0];
      try (Scope _ = Scope.open()) {
        Tensor exact = single(codes).as(DType.FLOAT64).leaf();
        Tensor expected = mmd.between(single(prior).as(DType.FLOAT64), exact);
        expected.times(3).backward();
        double[] gradient = gradient(exact);
        double largest = DoubleStream.of(gradient).map(Math::abs).max().orElseThrow();
        for (Way way : Way.values()) {
          Tensor z = single(codes).leaf();
          Tensor value = way.between(mmd, single(prior), z);
          value.times(3).backward();
          assertEquals(expected.item(), value.item(), 1e-6, "draw " + draw);
          assertArrayEquals(gradient, gradient(z), 1e-4 * largest, "draw " + draw);
        }
      }
    }
  }

  private static double[] gradient(Tensor z) {
    return Objects.requireNonNull(z.gradient()).as(DType.FLOAT64).doubles();
  }

  private static Tensor single(double[][] points) {
    return tensor(points).as(DType.FLOAT32);
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
      step(Way.TENSORS, mmd, prior, z);
      long before = NativeMemory.liveBytes();
      long peak =
          peakOf(() -> {
            for (int repeat = 0; repeat < 20; repeat++) {
              step(Way.TENSORS, mmd, prior, z);
            }
          });
      double matrices = (peak - before) / matrix;
      assertTrue(matrices > 2, "the watcher saw only %.1f matrices".formatted(matrices));
      assertTrue(matrices <= 20, "held %.1f matrices".formatted(matrices));
    }
  }

  /// A matrix of all pairs would be 144 MB; the JVM, which counts too, moves by tens.
  @Test
  void holdsNoMatrixOfBatchTimesBatchInBlocks() throws InterruptedException {
    MaximumMeanDiscrepancy mmd =
        new MaximumMeanDiscrepancy(Kernel.INVERSE_MULTIQUADRATIC, 2, false);
    try (Scope _ = Scope.open()) {
      Tensor prior = single(points(1, 6000, 4));
      Tensor z = single(points(2, 6000, 4));
      z.requireGradient();
      long before = NativeMemory.liveBytes();
      long peak = peakOf(() -> step(Way.BLOCKS, mmd, prior, z));
      assertTrue(peak - before < 72_000_000, "held %d bytes".formatted(peak - before));
    }
  }

  private static void step(Way way, MaximumMeanDiscrepancy mmd, Tensor prior, Tensor z) {
    try (Scope _ = Scope.open()) {
      way.between(mmd, prior, z).backward();
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
    SplittableRandom random = new SplittableRandom(seed);
    double[][] points = new double[rows][units];
    for (double[] point : points) {
      Arrays.setAll(point, _ -> random.nextGaussian());
    }
    return points;
  }

  private static Tensor tensor(double[][] points) {
    double[] values = Stream.of(points).flatMapToDouble(Arrays::stream).toArray();
    return Tensor.of(DType.FLOAT64, values, points.length, points[0].length);
  }
}
