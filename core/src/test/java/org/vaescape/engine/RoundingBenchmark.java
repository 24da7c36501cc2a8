package org.vaescape.engine;

import static java.lang.foreign.ValueLayout.JAVA_FLOAT;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/// Rounding of hidden activations of a batch of the study (1000 x 256) to bfloat16, as vectors and
/// one by one.
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
@State(Scope.Thread)
public class RoundingBenchmark {
  private static final int COUNT = 1000 * 256;

  private final Arena arena = Arena.ofConfined();
  private final MemorySegment from = arena.allocateFrom(JAVA_FLOAT, numbers());
  private final MemorySegment to = arena.allocate(JAVA_FLOAT, COUNT);

  private static float[] numbers() {
    Random random = new Random(7);
    float[] values = new float[COUNT];
    for (int i = 0; i < COUNT; i++) {
      values[i] = (float) random.nextGaussian();
    }
    return values;
  }

  @Benchmark
  public void vectors() {
    RoundingLoops.toBfloat16(from, 0, to, 0, COUNT);
  }

  @Benchmark
  public void vectorsToHalves() {
    RoundingLoops.toHalves(from, 0, to, 0, COUNT);
  }

  @Benchmark
  public void oneByOne() {
    for (int i = 0; i < COUNT; i++) {
      to.setAtIndex(JAVA_FLOAT, i, Rounding.bfloat16(from.getAtIndex(JAVA_FLOAT, i)));
    }
  }

  @TearDown
  public void free() {
    arena.close();
  }
}
