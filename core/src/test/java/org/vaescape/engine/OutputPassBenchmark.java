package org.vaescape.engine;

import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import jdk.incubator.vector.FloatVector;
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

/// The decoder's last layer with its error and the way back, by term and activation; and what is
/// done to each number alone.
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
@State(Scope.Thread)
public class OutputPassBenchmark {
  @Param({"squared", "absolute", "logcosh", "bernoulli"})
  public String term = "";

  @Param({"IDENTITY", "SIGMOID", "SOFTPLUS"})
  public OutputFunction function = OutputFunction.IDENTITY;

  private ElementError error = new ElementError.Bernoulli();
  private @Nullable Made made;

  private record Made(
      org.vaescape.engine.Scope scope,
      WideOutput layer,
      Tensor hidden,
      Tensor target,
      List<Tensor> parameters) {}

  /// On the thread that measures, which memory belongs to.
  @Setup
  public void make() {
    Kernels.onOneCore();
    org.vaescape.engine.Scope scope = org.vaescape.engine.Scope.open();
    error =
        switch (term) {
          case "squared" -> new ElementError.Squared(1, 0);
          case "absolute" -> new ElementError.Absolute(1, 0);
          case "logcosh" -> new ElementError.LogCosh(10);
          case "bernoulli" -> new ElementError.Bernoulli();
          default -> throw new IllegalArgumentException(term);
        };
    Tensor weight = parameter(Kernels.matrix(Kernels.GENES, Kernels.HIDDEN));
    Tensor bias = parameter(Tensor.zeros(DType.FLOAT32, Kernels.GENES));
    Tensor ones = Tensor.zeros(DType.FLOAT32, Kernels.GENES);
    ones.fillInPlace(1);
    WideOutput.Norm norm =
        new WideOutput.Norm(
            parameter(ones.copy()),
            parameter(Tensor.zeros(DType.FLOAT32, Kernels.GENES)),
            Tensor.zeros(DType.FLOAT32, Kernels.GENES),
            ones,
            1e-5);
    Tensor hidden = parameter(Kernels.matrix(Kernels.BATCH, Kernels.HIDDEN));
    Tensor target = Kernels.matrix(Kernels.BATCH, Kernels.GENES);
    WideOutput layer = new WideOutput(weight, bias, norm, function, error, null, false);
    for (long numbers : List.of(layer.chunk.inputs, layer.chunk.targets)) {
      float[] drawn = Kernels.numbers(WideOutput.Chunk.SIZE);
      for (int i = 0; i < drawn.length; i += VectorMath.LANES) {
        NativeFloats.store(
            FloatVector.fromArray(VectorMath.SPECIES, drawn, i), numbers + (long) i * Float.BYTES);
      }
    }
    made =
        new Made(scope, layer, hidden, target, List.of(hidden, weight, norm.weight(), norm.bias()));
  }

  private static Tensor parameter(Tensor tensor) {
    tensor.requireGradient();
    return tensor;
  }

  /// Both products of the way back are part of it.
  @Benchmark
  public void wholeLayerForwardAndBack() {
    Made now = Objects.requireNonNull(made);
    try (org.vaescape.engine.Scope _ = org.vaescape.engine.Scope.open()) {
      now.layer
          .error(now.hidden, now.target, new WideOutput.Statistics(true, 0.1))
          .mean()
          .backward();
      now.parameters.forEach(Tensor::clearGradient);
    }
  }

  /// Of 2,048 numbers.
  @Benchmark
  public long elementsOfAChunk() {
    WideOutput.Chunk chunk = Objects.requireNonNull(made).layer.chunk;
    long bytes = (long) WideOutput.Chunk.SIZE * Float.BYTES;
    ElementKernels.apply(function, chunk.inputs, chunk.outputs, bytes);
    ElementKernels.apply(error, chunk.outputs, chunk.targets, chunk.errors, chunk.gradients, bytes);
    ElementKernels.timesDerivative(function, chunk.inputs, chunk.outputs, chunk.gradients, bytes);
    return chunk.gradients;
  }

  @TearDown
  public void free() {
    Objects.requireNonNull(made).scope.close();
  }
}
