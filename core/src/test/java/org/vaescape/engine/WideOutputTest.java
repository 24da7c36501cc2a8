package org.vaescape.engine;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

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
    return new Case(name, 24, samples, 9, 150, normalised, function, error, learned, evenly);
  }

  @ParameterizedTest
  @MethodSource("cases")
  void equalsTheSameInLibtorch(Case c) {
    SplittableRandom random = new SplittableRandom(17);
    try (Scope _ = Scope.open()) {
      double[] hidden = normal(random, c.rows * c.samples * c.inputs, 1);
      double[] weight = normal(random, c.outputs * c.inputs, 0.5);
      double[] bias = normal(random, c.outputs, 0.5);
      double[] scale = normal(random, c.outputs, 1);
      double[] shift = normal(random, c.outputs, 0.5);
      double[] logVariance = normal(random, c.outputs, 0.7);
      double[] target = random.doubles((long) c.rows * c.outputs).toArray();
      double[] rowWeights = random.doubles((long) c.rows * c.samples).toArray();
      Parts exact = new Parts(DType.FLOAT64, c, hidden, weight, bias, scale, shift, logVariance);
      Parts fast = new Parts(DType.FLOAT32, c, hidden, weight, bias, scale, shift, logVariance);
      Tensor x = Tensor.of(DType.FLOAT64, target, c.rows, c.outputs);
      WideOutput layer =
          new WideOutput(
              fast.weight,
              fast.bias,
              c.normalised
                  ? new WideOutput.Norm(
                      fast.scale, fast.shift, fast.runningMean, fast.runningVariance, 1e-5)
                  : null,
              c.function,
              c.error,
              c.learned ? fast.logVariance : null,
              false);
      for (int step = 0; step < 3; step++) {
        Tensor expected = exact.errors(c, x);
        Tensor actual =
            layer.error(fast.seen(), x.as(DType.FLOAT32), new WideOutput.Statistics(true, 0.1));
        assertArrayEquals(expected.doubles(), actual.as(DType.FLOAT64).doubles(), 2e-6);
        backward(expected, c, rowWeights);
        backward(actual, c, rowWeights);
        compare(c, exact, fast);
      }
    }
  }

  private static void backward(Tensor errors, Case c, double[] rowWeights) {
    if (c.evenly) {
      errors.mean().times(1.7).backward();
    } else {
      errors.times(Tensor.of(errors.type(), rowWeights, rowWeights.length)).sum().backward();
    }
  }

  private static void compare(Case c, Parts exact, Parts fast) {
    near("hidden", exact.hidden, fast.hidden);
    near("weight", exact.weight, fast.weight);
    if (c.learned) {
      near("variances", exact.logVariance, fast.logVariance);
    }
    if (c.normalised) {
      near("scale", exact.scale, fast.scale);
      near("shift", exact.shift, fast.shift);
      assertArrayEquals(
          exact.runningMean.doubles(), fast.runningMean.as(DType.FLOAT64).doubles(), 1e-6);
      assertArrayEquals(
          exact.runningVariance.doubles(), fast.runningVariance.as(DType.FLOAT64).doubles(), 2e-6);
    } else {
      near("bias", exact.bias, fast.bias);
    }
  }

  /// Gradients agree to 2e-5 of the largest of them, and are forgotten.
  private static void near(String what, Tensor exact, Tensor fast) {
    double[] expected = Objects.requireNonNull(exact.gradient()).doubles();
    double[] actual = Objects.requireNonNull(fast.gradient()).as(DType.FLOAT64).doubles();
    double largest = 0;
    for (double each : expected) {
      largest = Math.max(largest, Math.abs(each));
    }
    assertTrue(largest > 0, what);
    assertArrayEquals(expected, actual, 2e-5 * largest, what);
    exact.clearGradient();
    fast.clearGradient();
  }

  private static final class Parts {
    final Tensor hidden;
    final Tensor weight;
    final Tensor bias;
    final Tensor scale;
    final Tensor shift;
    final Tensor logVariance;
    final Tensor runningMean;
    final Tensor runningVariance;

    Parts(
        DType type,
        Case c,
        double[] hidden,
        double[] weight,
        double[] bias,
        double[] scale,
        double[] shift,
        double[] logVariance) {
      this.hidden = parameter(Tensor.of(type, hidden, (long) c.rows * c.samples, c.inputs));
      this.weight = parameter(Tensor.of(type, weight, c.outputs, c.inputs));
      this.bias =
          c.normalised
              ? Tensor.of(type, bias, c.outputs)
              : parameter(Tensor.of(type, bias, c.outputs));
      this.scale = parameter(Tensor.of(type, scale, c.outputs));
      this.shift = parameter(Tensor.of(type, shift, c.outputs));
      this.logVariance = parameter(Tensor.of(type, logVariance, c.outputs));
      runningMean = Tensor.zeros(type, c.outputs);
      runningVariance = Tensor.zeros(type, c.outputs);
      runningVariance.fillInPlace(1);
    }

    private static Tensor parameter(Tensor tensor) {
      tensor.requireGradient();
      return tensor;
    }

    /// What a layer before would give.
    Tensor seen() {
      return hidden.times(2);
    }

    Tensor errors(Case c, Tensor x) {
      Tensor linear = seen().linear(weight, bias, weight.type());
      Tensor free =
          c.normalised
              ? linear.batchNorm(scale, shift, runningMean, runningVariance, true, 0.1, 1e-5)
              : linear;
      Tensor output =
          (switch (c.function) {
                case IDENTITY -> free;
                case SIGMOID -> free.sigmoid();
                case SOFTPLUS -> free.softplus();
              })
              .reshape(c.rows, c.samples, c.outputs);
      Tensor errors = c.learned ? inUnits(c, output, x) : error(c.error, output, x.unsqueeze(1));
      return errors.mean(2).reshape(c.rows * (long) c.samples);
    }

    private Tensor inUnits(Case c, Tensor output, Tensor x) {
      Tensor units = logVariance.times(-0.5).exp();
      return error(c.error, output.times(units), x.unsqueeze(1).times(units))
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

  private static double[] normal(SplittableRandom random, int count, double deviation) {
    double[] values = new double[count];
    for (int i = 0; i < count; i++) {
      values[i] = (float) (deviation * random.nextGaussian());
    }
    return values;
  }
}
