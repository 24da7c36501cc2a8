package org.vaescape.model;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.vaescape.engine.Device;
import org.vaescape.engine.Precision;
import org.vaescape.engine.Scope;

class InitializersTest {
  private static final int OUTPUTS = 150;
  private static final int INPUTS = 400;

  private static WeightDistribution distribution(String name) {
    return Initializers.CATALOGUE.member(name).create(Map.of());
  }

  private static double[] weight(String name) {
    return distribution(name).weight(OUTPUTS, INPUTS, new SplittableRandom(1));
  }

  /// Lower and upper end, as `torch.nn.init` documents them.
  private static final Map<String, double[]> UNIFORM =
      Map.of(
          "pytorch", new double[] {-0.05, 0.05},
          "kaiming-uniform", new double[] {-0.12247448713915890, 0.12247448713915890},
          "xavier-uniform", new double[] {-0.10444659357341870, 0.10444659357341870},
          "keras", new double[] {-0.10444659357341870, 0.10444659357341870},
          "lecun-uniform", new double[] {-0.08660254037844387, 0.08660254037844387},
          "uniform", new double[] {0, 1});

  /// Standard deviations.
  private static final Map<String, Double> NORMAL =
      Map.of(
          "kaiming-normal", 0.07071067811865475,
          "xavier-normal", 0.06030226891555273,
          "lecun-normal", 0.05,
          "normal", 1.0);

  static Stream<String> uniform() {
    return UNIFORM.keySet().stream().sorted();
  }

  static Stream<String> normal() {
    return NORMAL.keySet().stream().sorted();
  }

  @Test
  void knowsTheClosedFormOfEveryInitializer() {
    assertEquals(
        Initializers.CATALOGUE.names().stream().sorted().toList(),
        Stream.of(uniform(), normal(), Stream.of("orthogonal")).flatMap(n -> n).sorted().toList());
  }

  /// 60,000 numbers of each.
  @ParameterizedTest
  @MethodSource("uniform")
  void isUniformBetweenItsBounds(String name) {
    double[] ends = Objects.requireNonNull(UNIFORM.get(name));
    double from = ends[0];
    double to = ends[1];
    double[] values = weight(name);
    double width = to - from;
    assertEquals(OUTPUTS * INPUTS, values.length);
    assertTrue(Arrays.stream(values).allMatch(v -> v >= from && v < to));
    Arrays.sort(values);
    assertEquals(from, values[0], 1e-3 * width);
    assertEquals(to, values[values.length - 1], 1e-3 * width);
    for (int quartile = 1; quartile < 4; quartile++) {
      double expected = from + width * quartile / 4;
      assertEquals(expected, values[values.length * quartile / 4], 0.01 * width);
    }
  }

  @ParameterizedTest
  @MethodSource("normal")
  void isNormalWithItsDeviation(String name) {
    double deviation = Objects.requireNonNull(NORMAL.get(name));
    double[] values = weight(name);
    double scale = deviation / Math.sqrt(values.length);
    assertEquals(0, Arrays.stream(values).average().orElseThrow(), 4 * scale);
    double variance = Arrays.stream(values).map(v -> v * v).average().orElseThrow();
    assertEquals(deviation, Math.sqrt(variance), 4 * scale / Math.sqrt(2));
    // The share within one deviation tells a normal number from a uniform one (0.577).
    double within =
        Arrays.stream(values).filter(v -> Math.abs(v) < deviation).count() / (double) values.length;
    assertEquals(0.6827, within, 0.008);
  }

  @ParameterizedTest
  @CsvSource({"150, 400", "400, 150", "30, 30", "1, 5"})
  void isOrthogonalWhicheverSideIsLonger(int outputs, int inputs) {
    double[] w = distribution("orthogonal").weight(outputs, inputs, new SplittableRandom(2));
    int count = Math.min(outputs, inputs);
    int length = Math.max(outputs, inputs);
    for (int a = 0; a < count; a++) {
      for (int b = 0; b < count; b++) {
        double product = 0;
        for (int i = 0; i < length; i++) {
          product +=
              outputs < inputs
                  ? w[a * inputs + i] * w[b * inputs + i]
                  : w[i * inputs + a] * w[i * inputs + b];
        }
        assertEquals(a == b ? 1 : 0, product, 1e-12);
      }
    }
  }

  /// Without the correction of signs a QR decomposition gives 1 x 1 matrices of one sign only.
  @Test
  void drawsOrthogonalMatricesOfEitherSign() {
    long positive = 0;
    for (int seed = 0; seed < 400; seed++) {
      double[] w = distribution("orthogonal").weight(1, 1, new SplittableRandom(seed));
      assertEquals(1, Math.abs(w[0]), 1e-15);
      positive += w[0] > 0 ? 1 : 0;
    }
    assertTrue(positive > 160 && positive < 240, positive + " of 400 are positive");
  }

  @Test
  void leavesTheBiasToPytorchUnlessTheSourceHasItAtZero() {
    for (String name : Initializers.CATALOGUE.names()) {
      double[] bias = distribution(name).bias(50, INPUTS, new SplittableRandom(1));
      assertEquals(50, bias.length);
      if (name.equals("keras")) {
        assertArrayEquals(new double[50], bias);
      } else {
        assertTrue(Arrays.stream(bias).allMatch(v -> Math.abs(v) < 0.05), name);
        assertTrue(Arrays.stream(bias).anyMatch(v -> Math.abs(v) > 0.04), name);
      }
    }
  }

  static Stream<String> names() {
    return Initializers.CATALOGUE.names().stream();
  }

  private static Map<String, double[]> start(
      String name, boolean hiddenOnly, long seed, NetworkShape shape) {
    Initialization initialization = new Initialization(distribution(name), hiddenOnly);
    try (Scope _ = Scope.withoutGradients()) {
      Networks networks =
          new Networks(
              shape,
              SmallNetworks.parts(new Vae(), shape),
              initialization.seeded(key -> seed + key.hashCode()),
              Precision.FP64,
              Device.CPU);
      Map<String, double[]> values = new LinkedHashMap<>();
      networks.parameters().forEach((key, tensor) -> values.put(key, tensor.doubles()));
      return values;
    }
  }

  private static final NetworkShape SHAPE = new NetworkShape(12, List.of(8, 6), 3, true);

  @ParameterizedTest
  @MethodSource("names")
  void givesEqualBitsForEqualSeeds(String name) {
    Map<String, double[]> first = start(name, false, 1, SHAPE);
    Map<String, double[]> again = start(name, false, 1, SHAPE);
    Map<String, double[]> other = start(name, false, 2, SHAPE);
    first.forEach((key, values) -> assertArrayEquals(values, again.get(key), 0, key));
    assertFalse(Arrays.equals(first.get("mu.weight"), other.get("mu.weight")));
    assertFalse(Arrays.equals(first.get("mu.weight"), first.get("logvar.weight")));
  }

  @ParameterizedTest
  @MethodSource("names")
  void keepsTheValuesOfLayersWhoseSizesStay(String name) {
    Map<String, double[]> first = start(name, false, 1, SHAPE);
    Map<String, double[]> wider =
        start(name, false, 1, new NetworkShape(12, List.of(8, 6), 4, false));
    for (String key :
        List.of("encoder.0.linear.weight", "encoder.1.linear.bias", "output.linear.weight")) {
      assertArrayEquals(first.get(key), wider.get(key), 0, key);
    }
    assertFalse(Arrays.equals(first.get("mu.weight"), wider.get("mu.weight")));
  }

  @Test
  void startsNormalisationsAsTheIdentityAndEachInitializerElsewhere() {
    Map<Double, String> seen = new LinkedHashMap<>();
    for (String name : Initializers.CATALOGUE.names()) {
      Map<String, double[]> values = start(name, false, 1, SHAPE);
      assertArrayEquals(new double[] {1, 1, 1, 1, 1, 1, 1, 1}, values.get("encoder.0.norm.weight"));
      assertArrayEquals(new double[8], values.get("encoder.0.norm.bias"));
      double sum =
          Arrays.stream(values.get("mu.weight")).sum() + Arrays.stream(values.get("mu.bias")).sum();
      assertEquals(null, seen.put(sum, name), name);
    }
  }

  @Test
  void leavesHeadsAndOutputToPytorchWhereOnlyHiddenLayersAreAskedFor() {
    Map<String, double[]> pytorch = start("pytorch", false, 1, SHAPE);
    Map<String, double[]> hidden = start("uniform", true, 1, SHAPE);
    Map<String, double[]> all = start("uniform", false, 1, SHAPE);
    pytorch.forEach((key, values) -> {
      boolean ofHidden = key.contains("coder") && key.endsWith("linear.weight");
      assertArrayEquals(ofHidden ? all.get(key) : values, hidden.get(key), 0, key);
    });
    assertFalse(Arrays.equals(pytorch.get("mu.weight"), all.get("mu.weight")));
  }
}
