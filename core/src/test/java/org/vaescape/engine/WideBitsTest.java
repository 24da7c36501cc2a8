package org.vaescape.engine;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/// The wide layers, and sums over pairs, give the same bits before and after the just-in-time
/// compiler steps in.
class WideBitsTest {
  private static final int ROWS = 12;
  private static final int INPUTS = 5;
  private static final int OUTPUTS = 150;

  /// More than the compilers wait for.
  private static final int ROUNDS = 4000;

  @Test
  void areTheSameInterpretedAndCompiled() throws IOException, InterruptedException {
    List<String> command =
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xint",
            "--add-modules",
            "jdk.incubator.vector",
            "--enable-native-access=ALL-UNNAMED",
            "-cp",
            System.getProperty("java.class.path"),
            WideBitsTest.class.getName());
    Process child =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
    String interpreted = new String(child.getInputStream().readAllBytes(), UTF_8).strip();
    assertEquals(0, child.waitFor());
    assertFalse(interpreted.isEmpty());
    assertEquals(interpreted, bits(ROUNDS));
  }

  /// Prints the bits of one round.
  public static void main(String[] args) {
    System.out.println(bits(1));
  }

  /// Of the last of some equal rounds: errors and gradients of every term and activation, sums and
  /// gradients of every kernel.
  private static String bits(int rounds) {
    int hash = 0;
    for (ElementError error :
        List.of(
            new ElementError.Squared(1, 0),
            new ElementError.Absolute(1, 0),
            new ElementError.LogCosh(10),
            new ElementError.Bernoulli())) {
      for (OutputFunction function : OutputFunction.values()) {
        int last = 0;
        for (int round = 0; round < Math.ceilDiv(rounds, 12); round++) {
          last = round(error, function);
        }
        hash = 31 * hash + last;
      }
    }
    for (DistanceKernel kernel :
        List.of(
            new DistanceKernel.InverseMultiquadratic(20, 20.5), new DistanceKernel.Gaussian(20))) {
      int last = 0;
      for (int round = 0; round < Math.ceilDiv(rounds, 12); round++) {
        last = round(kernel);
      }
      hash = 31 * hash + last;
    }
    return Integer.toHexString(hash);
  }

  private static int round(ElementError error, OutputFunction function) {
    SplittableRandom random = new SplittableRandom(3);
    try (Scope _ = Scope.open()) {
      Tensor hidden = parameter(random, ROWS, INPUTS);
      Tensor weight = parameter(random, OUTPUTS, INPUTS);
      Tensor scale = parameter(random, OUTPUTS);
      Tensor shift = parameter(random, OUTPUTS);
      Tensor logVariance = parameter(random, OUTPUTS);
      WideOutput layer =
          new WideOutput(
              weight,
              Tensor.zeros(DType.FLOAT32, OUTPUTS),
              new WideOutput.Norm(
                  scale,
                  shift,
                  Tensor.zeros(DType.FLOAT32, OUTPUTS),
                  Tensor.zeros(DType.FLOAT32, OUTPUTS),
                  1e-5),
              function,
              error,
              logVariance,
              false);
      Tensor target = tensor(random, ROWS, OUTPUTS);
      Tensor errors = layer.error(hidden, target, new WideOutput.Statistics(true, 0.1));
      errors.mean().backward();
      int hash = Arrays.hashCode(errors.detach().floats());
      for (Tensor each : List.of(hidden, weight, scale, shift, logVariance)) {
        hash = 31 * hash + Arrays.hashCode(Objects.requireNonNull(each.gradient()).floats());
      }
      return hash;
    }
  }

  private static int round(DistanceKernel kernel) {
    SplittableRandom random = new SplittableRandom(4);
    try (Scope _ = Scope.open()) {
      Tensor x = parameter(random, OUTPUTS, INPUTS);
      Tensor sums = new PairSums().of(x, tensor(random, OUTPUTS, INPUTS), kernel, false);
      sums.sum().backward();
      return 31 * Arrays.hashCode(sums.detach().floats())
          + Arrays.hashCode(Objects.requireNonNull(x.gradient()).floats());
    }
  }

  private static Tensor parameter(SplittableRandom random, long... shape) {
    Tensor tensor = tensor(random, shape);
    tensor.requireGradient();
    return tensor;
  }

  private static Tensor tensor(SplittableRandom random, long... shape) {
    float[] values =
        new float[Math.toIntExact(Arrays.stream(shape).reduce(1, Math::multiplyExact))];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) random.nextGaussian();
    }
    return Tensor.of(DType.FLOAT32, values, shape);
  }
}
