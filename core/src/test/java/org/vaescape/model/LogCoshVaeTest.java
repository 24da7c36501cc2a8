package org.vaescape.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.vaescape.Golden;
import org.vaescape.engine.Precision;
import org.vaescape.engine.Scope;
import org.vaescape.engine.Tensor;

/// The log-cosh error of one number, through a decoder that always answers 1/2.
class LogCoshVaeTest {
  private static final NetworkShape ONE_GENE = new NetworkShape(1, List.of(), 1, false);

  @ParameterizedTest
  @ValueSource(doubles = {1, 10, 100})
  void isHalfAlphaTimesTheSquareForSmallErrors(double alpha) {
    double t = 1e-3 / alpha;
    double expected = alpha / 2 * t * t;
    Golden.assertClose(expected, error(Precision.FP64, alpha, t), 1e-6, 0, "alpha " + alpha);
  }

  @ParameterizedTest
  @ValueSource(doubles = {1, 10, 100})
  void isTheDistanceLessAConstantForLargeErrors(double alpha) {
    double t = 30 / alpha;
    double expected = t - Math.log(2) / alpha;
    Golden.assertClose(expected, error(Precision.FP64, alpha, t), 1e-12, 0, "alpha " + alpha);
    Golden.assertClose(expected, error(Precision.FP64, alpha, -t), 1e-12, 0, "alpha " + alpha);
  }

  @Test
  void isLogCoshBetween() {
    for (double t = -0.5; t <= 0.5; t += 0.05) {
      double expected = Math.log(Math.cosh(10 * t)) / 10;
      Golden.assertClose(expected, error(Precision.FP64, 10, t), 1e-9, 1e-15, "t " + t);
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = Precision.class,
      names = {"FP32", "FP64"})
  void overflowsNowhere(Precision precision) {
    for (double t : new double[] {-1e4, -0.5, 0, 0.5, 1, 1e4}) {
      double expected = Math.max(0, Math.abs(t) - Math.log(2) / 100);
      assertEquals(expected, error(precision, 100, t), 1e-6 + 1e-6 * Math.abs(t), "t " + t);
    }
  }

  @Test
  void hasAFiniteGradientAtSharpness100() {
    try (Scope _ = Scope.open()) {
      Networks networks =
          SmallNetworks.of(new LogCoshVae(100, 1), SmallNetworks.SHAPE, Precision.FP32);
      Tensor x = SmallNetworks.batch(Precision.FP32, 9, 6).times(100);
      SmallNetworks.loss(new LogCoshVae(100, 1), x, networks, new SeededNoise(1, Precision.FP32), 1)
          .loss()
          .backward();
      networks
          .trained()
          .forEach((name, parameter) -> {
            Tensor gradient = Objects.requireNonNull(parameter.gradient(), name);
            assertTrue(Double.isFinite(gradient.largest()), name);
          });
    }
  }

  /// The error of a reconstruction that is off by `t`.
  private static double error(Precision precision, double alpha, double t) {
    try (Scope _ = Scope.withoutGradients()) {
      Networks networks =
          SmallNetworks.withZeros(
              new LogCoshVae(alpha, 1), ONE_GENE, precision, "mu.", "logvar.", "output.");
      Tensor x = Tensor.of(precision.storage(), new double[] {0.5 - t}, 1, 1);
      Terms terms =
          SmallNetworks.loss(
              new LogCoshVae(alpha, 1), x, networks, new SeededNoise(1, precision), 0);
      double error = Objects.requireNonNull(terms.parts().get(Terms.RECONSTRUCTION)).item();
      assertEquals(error, terms.loss().item(), "with a KL weight of 0 it is the loss");
      return error;
    }
  }
}
