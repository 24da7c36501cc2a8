package org.vaescape.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.vaescape.EverySettingMatters;
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
  private static final double[] MINIMUM = {0.3, -0.4, 0.2, -0.1};

  /// Values that show in a few steps where one near the default does not.
  private static final Map<String, Object> TELLING =
      Map.of("rprop.min-step", 0.05, "rprop.max-step", 0.2, "asgd.t0", 3L);

  /// Settings beside which others do nothing on a path as short as this one; and beta1, which is 0
  /// only until a scheduler sets it.
  private static final Set<String> NOT_BESIDE =
      Set.of(
          "adam.epsilon",
          "nadam.beta1",
          "rprop.eta-plus",
          "rprop.min-step",
          "lion.beta1",
          "lion.beta2");

  /// Learning rates of those that 0.1 is too small for.
  private static final Map<String, Double> RATES = Map.of("adagrad", 1.0, "adadelta", 20.0);

  static Stream<String> optimizers() {
    return Optimizers.CATALOGUE.names().stream();
  }

  static Stream<Arguments> everyWay() {
    return optimizers()
        .flatMap(name -> Arrays.stream(WayOfUpdates.values()).map(way -> Arguments.of(name, way)));
  }

  @ParameterizedTest
  @MethodSource("everyWay")
  void findsTheMinimumOfAQuadratic(String name, WayOfUpdates way) {
    double rate = RATES.getOrDefault(name, 0.1);
    double[] end = path(way, Optimizers.CATALOGUE.member(name).create(Map.of()), rate, 600);
    assertArrayEquals(MINIMUM, end, 0.02);
  }

  @ParameterizedTest
  @MethodSource("everyWay")
  void takesTheSamePathTwice(String name, WayOfUpdates way) {
    Optimizer optimizer = Optimizers.CATALOGUE.member(name).create(Map.of());
    assertArrayEquals(path(way, optimizer, 0.1, 50), path(way, optimizer, 0.1, 50));
  }

  @ParameterizedTest
  @MethodSource("everyWay")
  void staysWhereTheLearningRateIsZero(String name, WayOfUpdates way) {
    Optimizer optimizer = Optimizers.CATALOGUE.member(name).create(Map.of());
    // PyTorch's smallest step of Rprop is 1e-6, whatever the learning rate.
    assertArrayEquals(START, path(way, optimizer, 0, 5), name.equals("rprop") ? 1e-5 : 0);
  }

  /// In 64 bits, which do not lose the smallest of them.
  @ParameterizedTest
  @MethodSource("optimizers")
  void hasNoSettingThatDoesNothing(String name) {
    Member<Optimizer> member = Optimizers.CATALOGUE.member(name);
    EverySettingMatters.check(
        member,
        NOT_BESIDE,
        setting -> others(name, setting),
        (one, other) -> {
          double[] path = path(WayOfUpdates.EXACT, one, 0.1, 20);
          double[] otherPath = path(WayOfUpdates.EXACT, other, 0.1, 20);
          return IntStream.range(0, path.length)
              .allMatch(i -> Math.abs(path[i] - otherPath[i]) <= 1e-12);
        });
  }

  private static List<Object> others(String name, HyperParameter setting) {
    Object telling = TELLING.get(name + "." + setting.name());
    return telling == null ? setting.others() : List.of(telling);
  }

  @ParameterizedTest
  @MethodSource("optimizers")
  void refusesWhatIsOutOfRangeWithItsRule(String name) {
    Member<Optimizer> member = Optimizers.CATALOGUE.member(name);
    for (HyperParameter setting : member.settings()) {
      Object wrong = setting instanceof HyperParameter.Flag ? "maybe" : -0.5;
      IllegalArgumentException refused =
          assertThrows(
              IllegalArgumentException.class,
              () -> member.create(Map.of(setting.name(), wrong)),
              setting.name());
      assertEquals(
          "%s must be %s but was %s".formatted(setting.name(), setting.rule(), wrong),
          refused.getMessage());
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          sgd|nesterov=true|nesterov needs a momentum above 0 but it was 0
          sgd|dampening=0.5|dampening needs a momentum above 0 but it was 0
          rprop|max-step=1e-7|min-step must be at most max-step but they were 1.0E-6 and 1.0E-7
          """)
  void refusesSettingsThatOnlyTogetherAreWrong(String name, String given, String message) {
    String[] parts = given.split("=", -1);
    Object value = parts[1].equals("true") ? true : (Object) Double.valueOf(parts[1]);
    IllegalArgumentException refused =
        assertThrows(
            IllegalArgumentException.class,
            () -> Optimizers.CATALOGUE.member(name).create(Map.of(parts[0], value)));
    assertEquals(message, refused.getMessage());
  }

  /// A scheduler's momentum is as good as the optimizer's own, and moves no optimizer without.
  @ParameterizedTest
  @MethodSource("everyWay")
  void takesTheMomentumOfAScheduler(String name, WayOfUpdates way) {
    Member<Optimizer> member = Optimizers.CATALOGUE.member(name);
    List<String> momenta =
        member.settings().stream()
            .map(HyperParameter::name)
            .filter(setting -> setting.equals("momentum") || setting.equals("beta1"))
            .toList();
    Optimizer usual = member.create(Map.of());
    double[] set = path(way, usual.withMomentum(0.5), 0.1, 20, OptionalDouble.of(0.5));
    if (momenta.isEmpty()) {
      assertArrayEquals(path(way, usual, 0.1, 20), set);
    } else {
      assertArrayEquals(path(way, member.create(Map.of(momenta.getFirst(), 0.5)), 0.1, 20), set);
      assertFalse(Arrays.equals(path(way, usual, 0.1, 20), set));
    }
  }

  @ParameterizedTest
  @MethodSource("everyWay")
  void saysHowManyTensorsItHolds(String name, WayOfUpdates way) {
    List<Optimizer> optimizers = new ArrayList<>();
    Member<Optimizer> member = Optimizers.CATALOGUE.member(name);
    optimizers.add(member.create(Map.of()));
    for (HyperParameter setting : member.settings()) {
      if (setting instanceof HyperParameter.Flag && !setting.name().equals("nesterov")) {
        optimizers.add(member.create(Map.of(setting.name(), true)));
      } else if (setting.name().equals("momentum")) {
        optimizers.add(member.create(Map.of("momentum", 0.9)));
      }
    }
    long size = 4_000_000;
    for (Optimizer optimizer : optimizers) {
      try (Scope _ = Scope.withoutGradients()) {
        Tensor parameter = Tensor.zeros(way.type, size);
        Tensor gradient = parameter.plus(1);
        double tensors =
            NativeMemory.medianOf(() -> {
              try (Scope _ = Scope.open()) {
                long before = NativeMemory.liveBytes();
                way.start(optimizer, parameter).apply(gradient, Pace.of(0.1));
                return (NativeMemory.liveBytes() - before) / (way.type.bytes() * (double) size);
              }
            });
        assertEquals(
            optimizer.tensorsForEachParameter(way.inOnePass), tensors, 0.4, optimizer.toString());
      }
    }
  }

  /// From the step after t0 on, the average is the plain mean of where steps ended.
  @ParameterizedTest
  @EnumSource
  void showsTheAverageOfAsgdAndGoesOnWhereItWas(WayOfUpdates way) {
    int t0 = 4;
    Optimizer asgd = Optimizers.CATALOGUE.member("asgd").create(Map.of("t0", (long) t0));
    try (Scope _ = Scope.withoutGradients()) {
      Tensor parameter = Tensor.of(way.type, START, 4);
      Optimizer.Update<Tensor> update = way.start(asgd, parameter);
      double[] sum = new double[4];
      for (int step = 0; step < 12; step++) {
        update.apply(parameter.copy(), Pace.of(0.3));
        double[] now = parameter.doubles();
        update.showResult();
        if (step > t0) {
          for (int i = 0; i < 4; i++) {
            sum[i] += now[i];
            assertEquals(
                sum[i] / (step - t0),
                parameter.doubles()[i],
                way.type == DType.FLOAT64 ? 1e-12 : 1e-6);
          }
        } else {
          assertArrayEquals(now, parameter.doubles());
        }
        update.showResult();
        update.goOn();
        update.goOn();
        assertArrayEquals(now, parameter.doubles());
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
  @MethodSource("everyWay")
  void freesItsMemoryWithTheScope(String name, WayOfUpdates way) {
    Optimizer optimizer = Optimizers.CATALOGUE.member(name).create(Map.of());
    long size = 1_000_000;
    Runnable work = () -> train(optimizer, way, size);
    NativeMemory.leastLiveBytesAfter(work); // code is compiled, and what is made once is there
    long before = NativeMemory.leastLiveBytesAfter(work);
    long left = NativeMemory.leastLiveBytesAfter(work) - before;
    // One tensor lost in each round would leave 20 MB.
    assertTrue(left < 8_000_000, left + " bytes are left");
  }

  private static void train(Optimizer optimizer, WayOfUpdates way, long size) {
    try (Scope _ = Scope.withoutGradients()) {
      Tensor parameter = Tensor.zeros(way.type, size);
      Optimizer.Update<Tensor> update = way.start(optimizer, parameter);
      for (int step = 0; step < 2; step++) {
        update.apply(parameter.plus(1), Pace.of(0.1));
      }
    }
  }

  /// Where the optimizer ends on the sum of curvature x (parameter - minimum)^2 / 2; the rate falls
  /// to 0 for those whose steps do not shrink by themselves.
  private static double[] path(WayOfUpdates way, Optimizer optimizer, double rate, int steps) {
    return path(way, optimizer, rate, steps, OptionalDouble.empty());
  }

  private static double[] path(
      WayOfUpdates way, Optimizer optimizer, double rate, int steps, OptionalDouble momentum) {
    try (Scope _ = Scope.withoutGradients()) {
      Tensor parameter = Tensor.of(way.type, START, 4);
      Tensor curvature = Tensor.of(way.type, CURVATURE, 4);
      Tensor minimum = Tensor.of(way.type, MINIMUM, 4);
      Optimizer.Update<Tensor> update = way.start(optimizer, parameter);
      for (int step = 0; step < steps; step++) {
        Pace pace = new Pace(rate * (1 - (double) step / steps), momentum);
        update.apply(parameter.minus(minimum).times(curvature), pace);
      }
      update.showResult();
      return parameter.doubles();
    }
  }
}
