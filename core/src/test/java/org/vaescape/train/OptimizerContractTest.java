package org.vaescape.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.vaescape.AnotherValue;
import org.vaescape.engine.DType;
import org.vaescape.engine.NativeMemory;
import org.vaescape.engine.Scope;
import org.vaescape.engine.Tensor;
import org.vaescape.search.HyperParameter;
import org.vaescape.search.Member;

/// What every optimizer of the catalogue must do; a new one is found by itself.
class OptimizerContractTest {
  private static final double[] START = {1, -2, 0.5, 3};
  private static final double[] CURVATURE = {1, 0.5, 2, 1.5};

  /// Settings that matter, or are allowed, only beside another one.
  private static final Map<String, Map<String, Object>> BESIDE =
      Map.of("sgd.nesterov", Map.of("momentum", 0.9));

  static Stream<String> optimizers() {
    return Optimizers.CATALOGUE.names().stream();
  }

  @ParameterizedTest
  @MethodSource("optimizers")
  void findsTheMinimumOfAQuadratic(String name) {
    double[] end = path(Optimizers.CATALOGUE.member(name).create(Map.of()), 0.1, 600);
    assertArrayEquals(new double[4], end, 0.02);
  }

  @ParameterizedTest
  @MethodSource("optimizers")
  void takesTheSamePathTwice(String name) {
    Optimizer optimizer = Optimizers.CATALOGUE.member(name).create(Map.of());
    assertArrayEquals(path(optimizer, 0.1, 50), path(optimizer, 0.1, 50));
  }

  @ParameterizedTest
  @MethodSource("optimizers")
  void staysWhereTheLearningRateIsZero(String name) {
    Optimizer optimizer = Optimizers.CATALOGUE.member(name).create(Map.of());
    assertArrayEquals(START, path(optimizer, 0, 5));
  }

  @ParameterizedTest
  @MethodSource("optimizers")
  void hasNoSettingThatDoesNothing(String name) {
    Member<Optimizer> member = Optimizers.CATALOGUE.member(name);
    for (HyperParameter setting : member.settings()) {
      Map<String, Object> beside = BESIDE.getOrDefault(name + "." + setting.name(), Map.of());
      double[] usual = path(member.create(beside), 0.1, 20);
      for (Object value : AnotherValue.of(setting)) {
        Map<String, Object> moved = new LinkedHashMap<>(beside);
        moved.put(setting.name(), value);
        double[] other = path(member.create(moved), 0.1, 20);
        double change = 0;
        for (int i = 0; i < other.length; i++) {
          change = Math.max(change, Math.abs(other[i] - usual[i]));
        }
        assertTrue(change > 1e-12, "%s: %s changes nothing".formatted(setting.name(), value));
      }
    }
  }

  @ParameterizedTest
  @MethodSource("optimizers")
  void refusesAnUnknownSettingByName(String name) {
    Member<Optimizer> member = Optimizers.CATALOGUE.member(name);
    IllegalArgumentException refused =
        assertThrows(
            IllegalArgumentException.class, () -> member.create(Map.of("weight-decays", 0.1)));
    assertEquals("unknown setting weight-decays; did you mean weight-decay?", refused.getMessage());
  }

  @ParameterizedTest
  @MethodSource("optimizers")
  void freesItsMemoryWithTheScope(String name) {
    Optimizer optimizer = Optimizers.CATALOGUE.member(name).create(Map.of());
    long size = 1_000_000;
    train(optimizer, size);
    long before = NativeMemory.liveBytes().orElseThrow();
    for (int run = 0; run < 20; run++) {
      train(optimizer, size);
    }
    long left = NativeMemory.liveBytes().orElseThrow() - before;
    assertTrue(left < size, left + " bytes are left");
  }

  private static void train(Optimizer optimizer, long size) {
    try (Scope _ = Scope.withoutGradients()) {
      Tensor parameter = Tensor.zeros(DType.FLOAT32, size);
      Optimizer.Update update = optimizer.start(parameter);
      for (int step = 0; step < 2; step++) {
        update.apply(parameter.plus(1), 0.1);
      }
    }
  }

  /// Where the optimizer ends on the sum of curvature x parameter^2 / 2; the rate falls to 0 for
  /// those whose steps do not shrink by themselves.
  private static double[] path(Optimizer optimizer, double rate, int steps) {
    try (Scope _ = Scope.withoutGradients()) {
      Tensor parameter = Tensor.of(DType.FLOAT64, START, 4);
      Tensor curvature = Tensor.of(DType.FLOAT64, CURVATURE, 4);
      Optimizer.Update update = optimizer.start(parameter);
      for (int step = 0; step < steps; step++) {
        update.apply(parameter.times(curvature), rate * (1 - (double) step / steps));
      }
      return parameter.doubles();
    }
  }
}
