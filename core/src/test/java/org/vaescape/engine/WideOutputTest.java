package org.vaescape.engine;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.vaescape.Golden;

/// Holds the layer to the same computation in libtorch's operations, in 64 bits.
class WideOutputTest {

  /// What is computed: shapes, choices, and how rows weigh.
  record Case(
      String name,
      int rows,
      int samples,
      int inputs,
      int outputs,
      boolean normalised,
      OutputFunction function,
      ElementError error,
      boolean learned,
      boolean evenly) {
    @Override
    public String toString() {
      return name;
    }
  }

  static Stream<Case> cases() {
    List<ElementError> errors =
        List.of(
            new ElementError.Squared(1, 0),
            new ElementError.Squared(0.3f, 0.7f),
            new ElementError.Absolute(0.5f, 0.2f),
            new ElementError.LogCosh(10),
            new ElementError.Bernoulli());
    List<Case> cases = new ArrayList<>();
    for (OutputFunction function : OutputFunction.values()) {
      for (boolean normalised : List.of(true, false)) {
        for (boolean evenly : List.of(true, false)) {
          errors.forEach(error -> cases.add(of(error, function, false, normalised, evenly)));
          cases.add(of(new ElementError.Squared(0.5f, 0.9f), function, true, normalised, evenly));
        }
      }
    }
    return cases.stream();
  }

  private static Case of(
      ElementError error,
      OutputFunction function,
      boolean learned,
      boolean normalised,
      boolean evenly) {
    String name =
        "%s of %s, %s, %s, %s"
            .formatted(
                error,
                function,
                learned ? "variances learned" : "without variances",
                normalised ? "normalised" : "plain",
                evenly ? "even" : "weighed");
    int samples = evenly ? 1 : 3;
    int outputs = 2 * OutputPass.WIDTH + 28; // the last block has no whole number of vectors
    return new Case(name, 24, samples, 9, outputs, normalised, function, error, learned, evenly);
  }

  @ParameterizedTest
  @MethodSource("cases")
  void equalsTheSameInLibtorch(Case c) {
    SplittableRandom random = new SplittableRandom(23);
    try (Scope _ = Scope.open()) {
      double[] rowWeights = random.doubles((long) c.rows * c.samples).toArray();
      Parts exact = new Parts(DType.FLOAT64, c);
      Parts fast = new Parts(DType.FLOAT32, c);
      WideOutput layer = fast.layer(c);
      for (int step = 0; step < 3; step++) {
        Tensor expected = exact.errors(c, exact.seen(2));
        Tensor actual = layer.error(fast.seen(2), fast.target, OF_BATCH);
        assertArrayEquals(expected.doubles(), actual.as(DType.FLOAT64).doubles(), 2e-6);
        backward(expected, c, rowWeights);
        backward(actual, c, rowWeights);
        compare(c, exact, fast);
      }
    }
  }

  /// Some processors take operands in 16 bits; elsewhere the same numbers are multiplied in 32.
  @ParameterizedTest
  @MethodSource("cases")
  void givesTheSameInBothFormsOfBfloat16(Case c) {
    assumeTrue(
        NativeLibrary.bfloat16Failure().isEmpty(),
        "oneDNN has no products of 16-bit numbers for this processor");
    double[] rowWeights = new SplittableRandom(23).doubles((long) c.rows * c.samples).toArray();
    try (Scope _ = Scope.open()) {
      Parts wide = new Parts(DType.FLOAT32, c);
      Parts narrow = new Parts(DType.FLOAT32, c);
      WideOutput inWide = wide.layer(c, Rounding.Form.WIDE);
      WideOutput inNarrow = narrow.layer(c, Rounding.Form.NARROW);
      for (int step = 0; step < 2; step++) {
        Tensor expected = inWide.error(wide.seen(2), wide.target, OF_BATCH);
        Tensor actual = inNarrow.error(narrow.seen(2), narrow.target, OF_BATCH);
        assertArrayEquals(expected.floats(), actual.floats(), 2e-6f);
        Golden.assertClose(
            squaredErrors(c, wide, inWide).byRow(),
            squaredErrors(c, narrow, inNarrow).byRow(),
            1e-5,
            0,
            "rows");
        backward(expected, c, rowWeights);
        backward(actual, c, rowWeights);
        compare(c, wide, narrow, ROUNDING);
      }
    }
  }

  /// How far gradients may be from each other, of the largest of them: order of sums, and beyond
  /// that a bfloat16 that another order rounds to its neighbour.
  private static final double SUMS = 2e-5;

  private static final double ROUNDING = 2e-3;

  private static final WideOutput.Statistics OF_BATCH = new WideOutput.Statistics(true, 0.1);

  /// The second pass of a step must leave the gradients of the first alone, and gradients that
  /// nobody has cleared are added to.
  @Test
  void takesSeveralPassesInAStepAndAddsToGradientsThatAreThere() {
    Case c = of(new ElementError.Squared(1, 0), OutputFunction.SIGMOID, false, true, true);
    try (Scope _ = Scope.open()) {
      Parts exact = new Parts(DType.FLOAT64, c);
      Parts fast = new Parts(DType.FLOAT32, c);
      WideOutput layer = fast.layer(c);
      for (int step = 0; step < 3; step++) {
        try (Scope _ = Scope.open()) {
          exact.errors(c, exact.seen(2)).plus(exact.errors(c, exact.seen(-1))).mean().backward();
          Tensor first = layer.error(fast.seen(2), fast.target, OF_BATCH);
          Tensor second = layer.error(fast.seen(-1), fast.target, OF_BATCH);
          first.plus(second).mean().backward();
        }
      }
      compare(c, exact, fast);
    }
  }

  @Test
  void givesTheGradientOfItsInputAsOftenAsItIsAskedAndThenThoseOfParameters() {
    Case c = of(new ElementError.Squared(1, 0), OutputFunction.SIGMOID, false, true, false);
    try (Scope _ = Scope.open()) {
      Parts exact = new Parts(DType.FLOAT64, c);
      Parts fast = new Parts(DType.FLOAT32, c);
      Tensor expected = exact.errors(c, exact.seen(2)).square().sum();
      Tensor actual = fast.layer(c).error(fast.seen(2), fast.target, OF_BATCH).square().sum();
      double[] byInput = expected.gradientBy(exact.hidden, false).doubles();
      for (int time = 0; time < 2; time++) {
        assertArrayEquals(
            byInput, actual.gradientBy(fast.hidden, false).as(DType.FLOAT64).doubles(), 1e-6);
      }
      assertNull(fast.weight.gradient());
      assertThrows(RuntimeException.class, () -> actual.gradientBy(fast.hidden, true));
      expected.backward();
      actual.backward();
      compare(c, exact, fast);
    }
  }

  /// Its own error and variances have no part in these; nor have they in a way back that waits.
  @ParameterizedTest
  @MethodSource("cases")
  void sumsSquaredErrorsUnderRunningStatisticsBetweenAStepsTwoWays(Case c) {
    double[] rowWeights = new SplittableRandom(23).doubles((long) c.rows * c.samples).toArray();
    try (Scope _ = Scope.open()) {
      Parts exact = new Parts(DType.FLOAT64, c);
      Parts fast = new Parts(DType.FLOAT32, c);
      WideOutput layer = fast.layer(c);
      for (int step = 0; step < 2; step++) {
        Tensor expected = exact.errors(c, exact.seen(2));
        Tensor actual = layer.error(fast.seen(2), fast.target, OF_BATCH);
        Tensor squares = exact.squaredErrors(c, exact.seen(-1).rows(0, c.rows));
        ErrorSums sums = squaredErrors(c, fast, layer);
        Golden.assertClose(squares.sum(1).doubles(), sums.byRow(), 2e-6, 0, "rows");
        Golden.assertClose(squares.sum(0).doubles(), sums.byOutput(), 2e-5, 0, "outputs");
        backward(expected, c, rowWeights);
        backward(actual, c, rowWeights);
        compare(c, exact, fast);
      }
    }
  }

  private static ErrorSums squaredErrors(Case c, Parts parts, WideOutput layer) {
    return layer.squaredErrors(parts.seen(-1).rows(0, c.rows), parts.target, c.function);
  }

  private static void backward(Tensor errors, Case c, double[] rowWeights) {
    if (c.evenly) {
      errors.mean().times(1.7).backward();
    } else {
      errors.times(Tensor.of(errors.type(), rowWeights, rowWeights.length)).sum().backward();
    }
  }

  private static void compare(Case c, Parts exact, Parts fast) {
    compare(c, exact, fast, SUMS);
  }

  private static void compare(Case c, Parts exact, Parts fast, double tolerance) {
    near("hidden", exact.hidden, fast.hidden, tolerance);
    near("weight", exact.weight, fast.weight, tolerance);
    if (c.learned) {
      near("variances", exact.logVariance, fast.logVariance, tolerance);
    }
    if (c.normalised) {
      near("scale", exact.scale, fast.scale, tolerance);
      near("shift", exact.shift, fast.shift, tolerance);
      assertArrayEquals(
          exact.runningMean.doubles(), fast.runningMean.as(DType.FLOAT64).doubles(), 1e-6);
      assertArrayEquals(
          exact.runningVariance.doubles(), fast.runningVariance.as(DType.FLOAT64).doubles(), 2e-6);
    } else {
      near("bias", exact.bias, fast.bias, tolerance);
    }
  }

  /// Gradients agree to so much of the largest of them, and are forgotten.
  private static void near(String what, Tensor exact, Tensor fast, double tolerance) {
    double[] expected = Objects.requireNonNull(exact.gradient()).doubles();
    double[] actual = Objects.requireNonNull(fast.gradient()).as(DType.FLOAT64).doubles();
    double largest = 0;
    for (double each : expected) {
      largest = Math.max(largest, Math.abs(each));
    }
    assertTrue(largest > 0, what);
    assertArrayEquals(expected, actual, tolerance * largest, what);
    exact.clearGradient();
    fast.clearGradient();
  }

  /// Parameters, input and target, the same for every type.
  private static final class Parts {
    final Tensor hidden;
    final Tensor weight;
    final Tensor bias;
    final Tensor scale;
    final Tensor shift;
    final Tensor logVariance;
    final Tensor runningMean;
    final Tensor runningVariance;
    final Tensor target;

    Parts(DType type, Case c) {
      SplittableRandom random = new SplittableRandom(17);
      hidden = drawn(random, type, 1, (long) c.rows * c.samples, c.inputs);
      weight = drawn(random, type, 0.5, c.outputs, c.inputs);
      bias = drawn(random, type, 0.5, c.outputs);
      scale = drawn(random, type, 1, c.outputs);
      shift = drawn(random, type, 0.5, c.outputs);
      logVariance = drawn(random, type, 0.7, c.outputs);
      List.of(hidden, weight, scale, shift, logVariance).forEach(Tensor::requireGradient);
      if (!c.normalised) {
        bias.requireGradient();
      }
      runningMean = Tensor.zeros(type, c.outputs);
      runningVariance = Tensor.zeros(type, c.outputs);
      runningVariance.fillInPlace(1);
      double[] values = random.doubles((long) c.rows * c.outputs).toArray();
      target = Tensor.of(type, values, c.rows, c.outputs);
    }

    private static Tensor drawn(
        SplittableRandom random, DType type, double deviation, long... shape) {
      double[] values =
          new double[Math.toIntExact(Arrays.stream(shape).reduce(1, (a, b) -> a * b))];
      for (int i = 0; i < values.length; i++) {
        values[i] = (float) (deviation * random.nextGaussian());
      }
      return Tensor.of(type, values, shape);
    }

    WideOutput layer(Case c) {
      return layer(c, Rounding.Form.EXACT);
    }

    WideOutput layer(Case c, Rounding.Form operands) {
      WideOutput.Norm norm =
          c.normalised
              ? new WideOutput.Norm(scale, shift, runningMean, runningVariance, 1e-5)
              : null;
      return new WideOutput(
          weight, bias, norm, c.function, c.error, c.learned ? logVariance : null, operands);
    }

    /// What a layer before would give.
    Tensor seen(double factor) {
      return hidden.times(factor);
    }

    Tensor errors(Case c, Tensor seen) {
      Tensor output = output(c, seen, true).reshape(c.rows, c.samples, c.outputs);
      Tensor errors = c.learned ? inUnits(c, output) : error(c.error, output, target.unsqueeze(1));
      return errors.mean(2).reshape(c.rows * (long) c.samples);
    }

    Tensor squaredErrors(Case c, Tensor seen) {
      return output(c, seen, false).minus(target).square();
    }

    private Tensor output(Case c, Tensor seen, boolean ofBatch) {
      Tensor linear = seen.linear(weight, bias, weight.type());
      Tensor free =
          c.normalised
              ? linear.batchNorm(scale, shift, runningMean, runningVariance, ofBatch, 0.1, 1e-5)
              : linear;
      return switch (c.function) {
        case IDENTITY -> free;
        case SIGMOID -> free.sigmoid();
        case SOFTPLUS -> free.softplus();
      };
    }

    private Tensor inUnits(Case c, Tensor output) {
      Tensor units = logVariance.times(-0.5).exp();
      return error(c.error, output.times(units), target.unsqueeze(1).times(units))
          .plus(logVariance.times(0.5));
    }

    private static Tensor error(ElementError error, Tensor y, Tensor x) {
      Tensor difference = y.minus(x);
      return switch (error) {
        case ElementError.Squared(float factor, float constant) ->
            difference.square().times(factor).plus(constant);
        case ElementError.Absolute(float scale, float constant) ->
            difference.abs().times(1 / scale).plus(constant);
        case ElementError.LogCosh(float alpha) -> {
          Tensor t = difference.times(alpha);
          yield t.plus(t.times(-2).softplus()).plus(-StrictMath.log(2)).times(1 / alpha);
        }
        case ElementError.Bernoulli() -> y.softplus().minus(y.times(x));
      };
    }
  }
}
