package org.vaescape.engine;

import java.util.Objects;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;
import org.vaescape.Kernels;

/// Gathering the rows of a batch from the training part.
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
@State(Scope.Thread)
public class GatherBenchmark {
  private static final int SAMPLES = 9900;

  private @Nullable Made made;

  private record Made(
      org.vaescape.engine.Scope scope, Tensor training, Tensor batch, long[] rows) {}

  /// On the thread that measures, which memory belongs to.
  @Setup
  public void make() {
    Kernels.onOneCore();
    org.vaescape.engine.Scope scope = org.vaescape.engine.Scope.open();
    long[] rows = new SplittableRandom(1).longs(Kernels.BATCH, 0, SAMPLES).toArray();
    made =
        new Made(
            scope,
            Kernels.matrix(SAMPLES, Kernels.GENES),
            Kernels.matrix(Kernels.BATCH, Kernels.GENES),
            rows);
  }

  @Benchmark
  public void gatherRows() {
    Made now = Objects.requireNonNull(made);
    try (org.vaescape.engine.Scope _ = org.vaescape.engine.Scope.open()) {
      now.batch.takeRowsInPlace(now.training, Tensor.of(now.rows));
    }
  }

  @TearDown
  public void free() {
    Objects.requireNonNull(made).scope.close();
  }
}
