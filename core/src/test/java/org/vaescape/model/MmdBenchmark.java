package org.vaescape.model;

import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;
import org.vaescape.Kernels;
import org.vaescape.engine.PairSums;
import org.vaescape.engine.Tensor;

/// The maximum mean discrepancy of a batch's codes from the prior, and the way back.
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
@State(Scope.Thread)
public class MmdBenchmark {
  @Param public MaximumMeanDiscrepancy.Kernel kernel = MaximumMeanDiscrepancy.Kernel.GAUSSIAN;

  @Param({"50", "200"})
  public int latent;

  private @Nullable Made made;

  private record Made(
      org.vaescape.engine.Scope scope, Tensor codes, Tensor prior, PairSums pairs) {}

  /// On the thread that measures, which memory belongs to.
  @Setup
  public void make() {
    Kernels.onOneCore();
    org.vaescape.engine.Scope scope = org.vaescape.engine.Scope.open();
    Tensor codes = Kernels.matrix(Kernels.BATCH, latent);
    codes.requireGradient();
    made = new Made(scope, codes, Kernels.matrix(Kernels.BATCH, latent), new PairSums());
  }

  @Benchmark
  public void byTensors() {
    Made now = Objects.requireNonNull(made);
    try (org.vaescape.engine.Scope _ = org.vaescape.engine.Scope.open()) {
      new MaximumMeanDiscrepancy(kernel, 2, false).between(now.prior, now.codes).backward();
      now.codes.clearGradient();
    }
  }

  @Benchmark
  public void inBlocks() {
    Made now = Objects.requireNonNull(made);
    try (org.vaescape.engine.Scope _ = org.vaescape.engine.Scope.open()) {
      new MaximumMeanDiscrepancy(kernel, 2, false)
          .between(now.prior, now.codes, now.pairs)
          .backward();
      now.codes.clearGradient();
    }
  }

  @TearDown
  public void free() {
    Objects.requireNonNull(made).scope.close();
  }
}
