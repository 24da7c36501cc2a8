package org.vaescape.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.vaescape.engine.DType;
import org.vaescape.engine.Scope;
import org.vaescape.engine.Tensor;
import org.vaescape.search.HyperParameter;

/// Holds optimizers that go over memory once to the same ones on whole tensors: over all settings,
/// with and without whole vectors and blocks, and under the momentum of a scheduler.
class OptimizerInOnePassTest {
  private static final int[] SIZES = {1, 15, 16, 17, 1000, 4099};
  private static final int STEPS = 25;

  /// Settings without which others do nothing, or are refused.
  private static final Map<String, Map<String, Object>> BESIDE =
      Map.of(
          "sgd", Map.of("momentum", 0.9),
          "asgd", Map.of("t0", 3L));

  private static final Map<String, List<Map<String, Object>>> TOGETHER =
      Map.of(
          "sgd",
          List.of(
              Map.of("momentum", 0.0),
              Map.of("momentum", 0.0, "weight-decay", 0.1),
              Map.of("momentum", 0.9, "nesterov", true, "weight-decay", 0.1),
              Map.of("momentum", 0.9, "dampening", 0.3, "weight-decay", 0.1)),
          "adam",
          List.of(Map.of("amsgrad", true, "weight-decay", 0.1)),
          "adamw",
          List.of(Map.of("amsgrad", true, "weight-decay", 0.1)),
          "rmsprop",
          List.of(
              Map.of("momentum", 0.9, "weight-decay", 0.1),
              Map.of("momentum", 0.9, "centered", true, "weight-decay", 0.1)),
          "nadam",
          List.of(Map.of("weight-decay", 0.1, "decoupled-weight-decay", true)),
          // Its first steps do not divide; with a beta2 of 0.9 those from the seventh on do.
          "radam",
          List.of(
              Map.of("beta2", 0.9, "weight-decay", 0.1),
              Map.of("beta2", 0.9, "weight-decay", 0.1, "decoupled-weight-decay", true)),
          "asgd",
          List.of(Map.of("t0", 0L), Map.of("t0", 3L, "weight-decay", 0.1)));

  record Case(String name, Map<String, Object> settings) {
    Optimizer optimizer() {
      return Optimizers.CATALOGUE.member(name).create(settings);
    }
  }

  static Stream<Case> cases() {
    List<Case> cases = new ArrayList<>();
    for (String name : Optimizers.CATALOGUE.names()) {
      Map<String, Object> beside = BESIDE.getOrDefault(name, Map.of());
      cases.add(new Case(name, beside));
      for (HyperParameter setting : Optimizers.CATALOGUE.member(name).settings()) {
        for (Object other : setting.others()) {
          Map<String, Object> settings = new LinkedHashMap<>(beside);
          settings.put(setting.name(), other);
          cases.add(new Case(name, settings));
        }
      }
      TOGETHER.getOrDefault(name, List.of()).forEach(s -> cases.add(new Case(name, s)));
    }
    return cases.stream();
  }

  @ParameterizedTest
  @MethodSource("cases")
  void takesTheStepsOfWholeTensors(Case c) {
    for (int size : SIZES) {
      for (boolean scheduled : new boolean[] {false, true}) {
        float[][] plain = path(c.optimizer(), WayOfUpdates.PLAIN, size, scheduled);
        float[][] inOnePass = path(c.optimizer(), WayOfUpdates.IN_ONE_PASS, size, scheduled);
        for (int step = 0; step < STEPS; step++) {
          for (int i = 0; i < size; i++) {
            // Each step may round apart by some 8 units in the last place.
            double allowed = 1e-6 * (step + 1) * Math.max(1, Math.abs(plain[step][i]));
            assertEquals(
                plain[step][i],
                inOnePass[step][i],
                allowed,
                () -> "%s, of %d elements, %s".formatted(c, size, scheduled));
          }
        }
      }
    }
  }

  @ParameterizedTest
  @MethodSource("cases")
  void takesTheSameStepsTwice(Case c) {
    float[][] once = path(c.optimizer(), WayOfUpdates.IN_ONE_PASS, 4099, false);
    float[][] again = path(c.optimizer(), WayOfUpdates.IN_ONE_PASS, 4099, false);
    for (int step = 0; step < STEPS; step++) {
      assertArrayEquals(once[step], again[step]);
    }
  }

  /// Where the parameter is after each step along seeded gradients of many sizes, some of them 0;
  /// what the optimizer shows in between, every fifth step, is among them.
  private static float[][] path(
      Optimizer optimizer, WayOfUpdates way, int size, boolean scheduled) {
    SplittableRandom random = new SplittableRandom(size);
    float[][] path = new float[STEPS][];
    try (Scope _ = Scope.withoutGradients()) {
      Optimizer used = scheduled ? optimizer.withMomentum(0.85) : optimizer;
      Tensor parameter = Tensor.of(DType.FLOAT32, numbers(random, size, 1), size);
      Optimizer.Update<Tensor> update = way.start(used, parameter);
      for (int step = 0; step < STEPS; step++) {
        Tensor gradient = Tensor.of(DType.FLOAT32, numbers(random, size, 2), size);
        double momentum = 0.85 + 0.1 * Math.sin(step);
        update.apply(
            gradient,
            step % 3 == 0 ? 0.7 : 1,
            new Pace(
                0.05 / (1 + step),
                scheduled ? OptionalDouble.of(momentum) : OptionalDouble.empty()));
        if (step % 5 == 4) {
          update.showResult();
        }
        path[step] = parameter.floats();
        update.goOn();
      }
      return path;
    }
  }

  private static float[] numbers(SplittableRandom random, int size, double spread) {
    float[] numbers = new float[size];
    for (int i = 0; i < size; i++) {
      numbers[i] =
          random.nextInt(20) == 0
              ? 0
              : (float) (random.nextGaussian() * Math.pow(10, -spread * random.nextDouble()));
    }
    return numbers;
  }

  /// Numbers that are none, or nearly too large or too small to be any, do in both what they do in
  /// one.
  @ParameterizedTest
  @MethodSource("cases")
  void endsWhereWholeTensorsEndAlsoWithoutFiniteGradients(Case c) {
    float[] odd = {
      Float.NaN,
      Float.POSITIVE_INFINITY,
      Float.NEGATIVE_INFINITY,
      0,
      -0f,
      1e-30f,
      -1e-30f,
      1e-40f,
      1e15f,
      -1e25f
    };
    float[] plain = afterOdd(c.optimizer(), WayOfUpdates.PLAIN, odd);
    float[] inOnePass = afterOdd(c.optimizer(), WayOfUpdates.IN_ONE_PASS, odd);
    for (int i = 0; i < plain.length; i++) {
      String message = "%s of %s: %s, %s".formatted(c, odd[i], plain[i], inOnePass[i]);
      if (Float.isFinite(plain[i])) {
        assertTrue(
            Math.abs(plain[i] - inOnePass[i]) <= 1e-5 * Math.max(1, Math.abs(plain[i])), message);
      } else {
        assertEquals(plain[i], inOnePass[i], message);
      }
    }
  }

  /// After two steps along odd gradients between two usual ones.
  private static float[] afterOdd(Optimizer optimizer, WayOfUpdates way, float[] odd) {
    try (Scope _ = Scope.withoutGradients()) {
      Tensor parameter = Tensor.zeros(DType.FLOAT32, odd.length);
      parameter.fillInPlace(0.5);
      Optimizer.Update<Tensor> update = way.start(optimizer, parameter);
      for (int step = 0; step < 4; step++) {
        Tensor gradient = Tensor.zeros(DType.FLOAT32, odd.length);
        if (step == 1 || step == 2) {
          gradient.copyInPlace(Tensor.of(DType.FLOAT32, odd, odd.length));
        } else {
          gradient.fillInPlace(0.3);
        }
        update.apply(gradient, Pace.of(0.01));
      }
      return parameter.floats();
    }
  }
}
