package org.vaescape.train;

import java.util.Map;
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
import org.vaescape.engine.Tensor;

/// An optimizer's step on the weights of a wide layer.
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
@State(Scope.Thread)
public class OptimizerBenchmark {
  @Param({"sgd", "adam", "adamw", "rmsprop", "adagrad", "lion"})
  public String optimizer = "";

  @Param({"true", "false"})
  public boolean inOnePass;

  private @Nullable Made made;

  private record Made(
      org.vaescape.engine.Scope scope, Optimizer.Update<Tensor> update, Tensor gradient) {}

  /// On the thread that measures, which memory belongs to.
  @Setup
  public void make() {
    Kernels.onOneCore();
    org.vaescape.engine.Scope scope = org.vaescape.engine.Scope.withoutGradients();
    Tensor weights = Kernels.matrix(Kernels.HIDDEN, Kernels.GENES);
    made =
        new Made(
            scope,
            Optimizers.CATALOGUE.member(optimizer).create(Map.of()).start(weights, inOnePass),
            Kernels.matrix(Kernels.HIDDEN, Kernels.GENES));
  }

  @Benchmark
  public void step() {
    Made now = Objects.requireNonNull(made);
    try (org.vaescape.engine.Scope _ = org.vaescape.engine.Scope.withoutGradients()) {
      now.update.apply(now.gradient, Pace.of(1e-6));
    }
  }

  @TearDown
  public void free() {
    Objects.requireNonNull(made).scope.close();
  }
}
