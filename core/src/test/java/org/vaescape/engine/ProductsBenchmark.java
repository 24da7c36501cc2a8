package org.vaescape.engine;

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
import org.vaescape.engine.Products.Matrix;

/// Products of a step of the study: whole ones, and those of a block of genes.
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
@State(Scope.Thread)
public class ProductsBenchmark {
  @Param({"1000x5000x256", "1000x256x5000", "256x1000x5000", "1000x256x128", "128x1000x256"})
  public String shape = "";

  @Param({"fp32", "bf16"})
  public String precision = "";

  private @Nullable Made made;

  private record Made(
      org.vaescape.engine.Scope scope,
      Products products,
      Rounding ofLeft,
      Rounding ofRight,
      Matrix left,
      Matrix right,
      Matrix result) {}

  /// On the thread that measures, which memory belongs to.
  @Setup
  public void make() {
    Kernels.onOneCore();
    org.vaescape.engine.Scope scope = org.vaescape.engine.Scope.open();
    String[] sizes = shape.split("x", -1);
    int rows = Integer.parseInt(sizes[0]);
    int inner = Integer.parseInt(sizes[1]);
    int columns = Integer.parseInt(sizes[2]);
    Rounding.Form form = Rounding.Form.of(precision.equals("bf16"));
    made =
        new Made(
            scope,
            new Products(),
            new Rounding(form),
            new Rounding(form),
            Matrix.of(Kernels.matrix(rows, inner)),
            Matrix.of(Kernels.matrix(inner, columns)),
            Matrix.of(Kernels.matrix(rows, columns)));
  }

  @Benchmark
  public void multiply() {
    Made now = Objects.requireNonNull(made);
    now.products.multiply(now.ofLeft.of(now.left), now.ofRight.of(now.right), now.result, false);
  }

  @TearDown
  public void free() {
    Made now = Objects.requireNonNull(made);
    now.products.close();
    now.ofLeft.close();
    now.ofRight.close();
    now.scope.close();
  }
}
