package org.vaescape.model;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.vaescape.engine.DType;
import org.vaescape.engine.Device;
import org.vaescape.engine.Precision;
import org.vaescape.engine.Scope;
import org.vaescape.engine.Tensor;

class LayerStyleTest {
  /// Where the normal distribution function is tabulated below.
  private static final double[] X = {-3, -2, -0.5, 0, 0.5, 1, 4};

  private static final double[] PHI = {
    0.0013498980316300946,
    0.02275013194817921,
    0.3085375387259869,
    0.5,
    0.6914624612740131,
    0.8413447460685429,
    0.9999683287581669
  };

  private static double closedForm(String activation, int at) {
    double x = X[at];
    return switch (activation) {
      case "relu" -> Math.max(0, x);
      case "leaky-relu" -> x > 0 ? x : x / 100;
      case "elu" -> x > 0 ? x : Math.expm1(x);
      case "gelu" -> x * PHI[at];
      case "silu" -> x / (1 + Math.exp(-x));
      case "tanh" -> Math.tanh(x);
      case "sigmoid" -> 1 / (1 + Math.exp(-x));
      case "linear" -> x;
      case "softplus" -> Math.log1p(Math.exp(x));
      default -> throw new IllegalArgumentException("no closed form of " + activation);
    };
  }

  @Test
  void hasTheClosedFormOfEveryActivationAndOutput() {
    try (Scope _ = Scope.withoutGradients()) {
      Tensor x = Tensor.of(DType.FLOAT64, X, X.length);
      for (String name : Activations.CATALOGUE.names()) {
        assertClosedForm(name, Activations.CATALOGUE.member(name).create(Map.of()).apply(x));
      }
      for (String name : Outputs.CATALOGUE.names()) {
        assertClosedForm(name, Outputs.CATALOGUE.member(name).create(Map.of()).apply(x));
      }
    }
  }

  private static void assertClosedForm(String name, Tensor y) {
    double[] expected =
        IntStream.range(0, X.length).mapToDouble(i -> closedForm(name, i)).toArray();
    assertArrayEquals(expected, y.doubles(), 1e-14, name);
  }

  /// The decoder closes what it gives to an output.
  @Test
  void keepsAnOutputWhoseInputIsClosed() {
    try (Scope _ = Scope.withoutGradients()) {
      for (String name : Outputs.CATALOGUE.names()) {
        Tensor x = Tensor.of(DType.FLOAT64, X, X.length);
        Tensor y = Outputs.CATALOGUE.member(name).create(Map.of()).apply(x);
        x.close();
        assertClosedForm(name, y);
      }
    }
  }

  private static NetworkShape shape(
      int genes, List<Integer> hidden, Normalization normalization, double dropout) {
    LayerStyle style =
        new LayerStyle(Tensor::tanh, normalization, dropout, Tensor::alias, false, false);
    return new NetworkShape(genes, hidden, 2, style);
  }

  @Test
  void normalisesTheUnitsOfEachRowAsLayerNormSays() {
    try (Scope _ = Scope.withoutGradients()) {
      Networks networks =
          SmallNetworks.of(shape(6, List.of(5), Normalization.LAYER, 0), Precision.FP64);
      SplittableRandom random = new SplittableRandom(1);
      double[] scale = random.doubles(5).toArray();
      double[] shift = random.doubles(5).toArray();
      set(networks, "encoder.0.norm.weight", scale);
      set(networks, "encoder.0.norm.bias", shift);
      double[] x = SmallNetworks.uniform(7, 6);
      double[] row = affine(networks, "encoder.0.linear", x);
      double mean = Arrays.stream(row).average().orElseThrow();
      double variance = Arrays.stream(row).map(v -> (v - mean) * (v - mean)).sum() / 5;
      double[] hidden = new double[5];
      for (int i = 0; i < 5; i++) {
        hidden[i] = Math.tanh((row[i] - mean) / Math.sqrt(variance + 1e-5) * scale[i] + shift[i]);
      }
      // Alone or in a batch, in training or not: no row sees another.
      Tensor alone = Tensor.of(DType.FLOAT64, x, 1, 6);
      assertArrayEquals(
          affine(networks, "mu", hidden), networks.encode(alone).mu().doubles(), 1e-12);
      networks.use(Networks.Mode.EVALUATION);
      Tensor batch = SmallNetworks.batch(Precision.FP64, 4, 6);
      assertArrayEquals(
          affine(networks, "mu", hidden), networks.encode(batch).mu().rows(0, 1).doubles(), 1e-12);
    }
  }

  private static void set(Networks networks, String name, double... values) {
    Tensor parameter = Objects.requireNonNull(networks.parameters().get(name), name);
    parameter.copyInPlace(Tensor.of(DType.FLOAT64, values, parameter.shape()));
  }

  private static double[] affine(Networks networks, String layer, double[] x) {
    double[] weight = doubles(networks, layer + ".weight");
    double[] y = doubles(networks, layer + ".bias");
    for (int i = 0; i < y.length; i++) {
      for (int j = 0; j < x.length; j++) {
        y[i] += weight[i * x.length + j] * x[j];
      }
    }
    return y;
  }

  private static double[] doubles(Networks networks, String name) {
    return Objects.requireNonNull(networks.parameters().get(name), name).doubles();
  }

  @ParameterizedTest
  @CsvSource({"BATCH, false, 2", "LAYER, false, 0", "NONE, false, 0", "NONE, true, 2"})
  void freezesBiasesAndKeepsStatisticsOnlyUnderBatchNormalisation(
      Normalization normalization, boolean outputNorm, int statisticsOfEach) {
    try (Scope _ = Scope.open()) {
      LayerStyle style =
          new LayerStyle(Tensor::silu, normalization, 0, Tensor::softplus, outputNorm, false);
      NetworkShape shape = new NetworkShape(6, List.of(5), 2, style);
      Networks networks = SmallNetworks.of(shape, Precision.FP32);
      boolean any = statisticsOfEach > 0;
      assertEquals(any, style.hasBatchNormalization(true));
      assertEquals(any, !networks.statistics().isEmpty());
      assertEquals(any, networks.trained().size() < networks.parameters().size());
      assertEquals(
          normalization != Normalization.NONE,
          networks.parameters().containsKey("encoder.0.norm.weight"));
      assertEquals(outputNorm, networks.parameters().containsKey("output.norm.bias"));
    }
  }

  @Test
  void givesTybaltItsHeads() {
    try (Scope _ = Scope.withoutGradients()) {
      LayerStyle style =
          new LayerStyle(Tensor::relu, Normalization.BATCH, 0, Tensor::sigmoid, false, true);
      Networks networks =
          SmallNetworks.of(new NetworkShape(6, List.of(), 3, style), Precision.FP64);
      assertEquals(
          List.of(
              "mu.weight",
              "mu.bias",
              "mu.norm.weight",
              "mu.norm.bias",
              "logvar.weight",
              "logvar.bias",
              "logvar.norm.weight",
              "logvar.norm.bias",
              "output.linear.weight",
              "output.linear.bias"),
          List.copyOf(networks.parameters().keySet()));
      assertTrue(style.hasBatchNormalization(false));
      assertFalse(networks.trained().containsKey("mu.bias"));
      Tensor x = SmallNetworks.batch(Precision.FP64, 9, 6);
      Posterior q = networks.encode(x);
      for (Tensor head : List.of(q.mu(), q.logvar())) {
        assertTrue(Arrays.stream(head.doubles()).allMatch(v -> v >= 0));
        assertTrue(Arrays.stream(head.doubles()).anyMatch(v -> v > 0));
      }
      // ReLU of what has mean 0 and variance 1 over the batch.
      double[] first = new double[9];
      for (int row = 0; row < 9; row++) {
        first[row] = affine(networks, "mu", x.rows(row, row + 1).doubles())[0];
      }
      double mean = Arrays.stream(first).average().orElseThrow();
      double variance = Arrays.stream(first).map(v -> (v - mean) * (v - mean)).sum() / 9;
      for (int row = 0; row < 9; row++) {
        double expected = Math.max(0, (first[row] - mean) / Math.sqrt(variance + 1e-5));
        assertEquals(expected, q.mu().doubles()[3 * row], 1e-12);
      }
    }
  }

  /// A network whose hidden layers hand on the number 1: what it decodes is what dropout left.
  private static Networks ones(double dropout, List<Integer> hidden) {
    NetworkShape shape =
        new NetworkShape(
            1,
            hidden,
            2,
            new LayerStyle(
                Tensor::softplus, Normalization.NONE, dropout, Tensor::alias, false, false));
    double one = Math.log(Math.E - 1); // softplus of it is 1
    return new Networks(
        shape,
        SmallNetworks.parts(new Vae(), shape),
        (name, inputs, count) -> {
          double[] values = new double[count];
          if (name.startsWith("output") && name.endsWith("weight")) {
            Arrays.fill(values, 1.0 / inputs);
          } else if (name.contains("coder") && name.endsWith("bias")) {
            Arrays.fill(values, one);
          }
          return values;
        },
        Precision.FP64,
        Device.CPU);
  }

  @ParameterizedTest
  @CsvSource({"0.1", "0.5", "0.9"})
  void dropsTheShareAskedForAndKeepsTheMean(double share) {
    try (Scope _ = Scope.withoutGradients()) {
      int units = 10_000;
      Networks networks = ones(share, List.of(units));
      networks.use(Networks.Mode.training(new SeededNoise(3, Precision.FP64)));
      double[] means = networks.decode(Tensor.zeros(DType.FLOAT64, 20, 2)).doubles();
      double mean = Arrays.stream(means).average().orElseThrow();
      // Each unit is 0 or 1 / (1 - share): variance share / (1 - share).
      double error = Math.sqrt(share / (1 - share) / (20.0 * units));
      assertEquals(1, mean, 4 * error);
      // Kept units are whole: the mean of a row is a multiple of one unit's share.
      double unit = 1 / (1 - share) / units;
      for (double row : means) {
        assertEquals(Math.rint(row / unit), row / unit, 1e-6);
        assertTrue(row != 1 || share == 0.5, "nothing dropped out");
      }
      networks.use(Networks.Mode.EVALUATION);
      for (double row : networks.decode(Tensor.zeros(DType.FLOAT64, 20, 2)).doubles()) {
        assertEquals(1, row, 1e-12);
      }
    }
  }

  @Test
  void drawsAMaskForEveryLayerRowAndSampleApart() {
    try (Scope _ = Scope.withoutGradients()) {
      int units = 64;
      NetworkShape shape = shape(6, List.of(units, units), Normalization.NONE, 0.5);
      Networks networks = SmallNetworks.of(shape, Precision.FP64);
      List<String> purposes = new ArrayList<>();
      SeededNoise seeded = new SeededNoise(3, Precision.FP64);
      networks.use(
          Networks.Mode.training((purpose, lengths) -> {
            purposes.add(purpose + Arrays.toString(lengths));
            return seeded.normal(purpose, lengths);
          }));
      Tensor x = SmallNetworks.batch(Precision.FP64, 3, 6);
      Tensor z = networks.encode(x).mu();
      // Two samples of each row: six rows for the decoder.
      Tensor twice = z.rows(Tensor.of(new long[] {0, 0, 1, 1, 2, 2}));
      double[] y = networks.decode(twice).doubles();
      assertEquals(
          List.of(
              "dropout encoder.0[3, 64]",
              "dropout encoder.1[3, 64]",
              "dropout decoder.0[6, 64]",
              "dropout decoder.1[6, 64]"),
          purposes);
      assertFalse(
          Arrays.equals(Arrays.copyOfRange(y, 0, 6), Arrays.copyOfRange(y, 6, 12)),
          "two samples of one row saw one mask");
      assertArrayEquals(y, networks.decode(twice).doubles(), 0, "equal noise, equal masks");
      networks.use(Networks.Mode.EVALUATION);
      int drawn = purposes.size();
      double[] still = networks.decode(twice).doubles();
      assertEquals(drawn, purposes.size());
      assertArrayEquals(Arrays.copyOfRange(still, 0, 6), Arrays.copyOfRange(still, 6, 12), 0);
    }
  }

  @Test
  void refusesAShareThatLeavesNothingAndTrainingWithoutNoise() {
    for (double share : new double[] {-0.1, 1, Double.NaN}) {
      assertTrue(
          assertThrows(
                  IllegalArgumentException.class,
                  () -> shape(6, List.of(5), Normalization.NONE, share))
              .toString()
              .contains("dropout must be at least 0 and below 1 but was " + share));
    }
    try (Scope _ = Scope.withoutGradients()) {
      Networks networks =
          SmallNetworks.of(shape(6, List.of(5), Normalization.NONE, 0.5), Precision.FP64);
      Tensor x = SmallNetworks.batch(Precision.FP64, 3, 6);
      assertThrows(IllegalStateException.class, () -> networks.encode(x));
    }
  }
}
