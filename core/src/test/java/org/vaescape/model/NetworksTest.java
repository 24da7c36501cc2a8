package org.vaescape.model;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.vaescape.Arithmetic;
import org.vaescape.Golden;
import org.vaescape.UserError;
import org.vaescape.engine.Device;
import org.vaescape.engine.NativeLibrary;
import org.vaescape.engine.NativeMemory;
import org.vaescape.engine.Precision;
import org.vaescape.engine.Scope;
import org.vaescape.engine.Tensor;

class NetworksTest {

  @Test
  @Tag("golden")
  void namesAndOrdersParametersAsPytorchDoes() {
    for (GoldenCase golden : GoldenCase.of("models/vae")) {
      try (Scope _ = Scope.open()) {
        Networks networks = golden.networks(Arithmetic.PLAIN, "running_stats_before");
        List<String> expected = new ArrayList<>();
        for (String member : List.of("parameters", "running_stats_before")) {
          Golden.at(golden.json(), member)
              .properties()
              .forEach(entry -> expected.add(entry.getKey()));
        }
        assertEquals(expected, List.copyOf(networks.weights().arrays().keySet()));
      }
    }
  }

  static Stream<List<Integer>> hidden() {
    return Stream.of(List.of(), List.of(256), List.of(32, 16));
  }

  @ParameterizedTest
  @MethodSource("hidden")
  void mirrorsTheHiddenLayersOfTheEncoder(List<Integer> hidden) {
    try (Scope _ = Scope.withoutGradients()) {
      Networks networks = SmallNetworks.of(new NetworkShape(11, hidden, 3, true), Precision.FP32);
      List<Integer> sizes = new ArrayList<>(List.of(11));
      sizes.addAll(hidden);
      for (int i = 0; i < hidden.size(); i++) {
        assertShape(networks, "encoder." + i + ".linear.weight", sizes.get(i + 1), sizes.get(i));
      }
      assertShape(networks, "mu.weight", 3, sizes.getLast());
      assertShape(networks, "logvar.weight", 3, sizes.getLast());
      List<Integer> back = new ArrayList<>(List.of(3));
      back.addAll(hidden.reversed());
      for (int i = 0; i < hidden.size(); i++) {
        assertShape(networks, "decoder." + i + ".linear.weight", back.get(i + 1), back.get(i));
      }
      assertShape(networks, "output.linear.weight", 11, back.getLast());
      assertEquals(8 * hidden.size() + 8, networks.parameters().size());

      Tensor x = SmallNetworks.batch(Precision.FP32, 5, 11);
      Tensor y = networks.decode(networks.encode(x).mu());
      assertArrayEquals(new long[] {5, 11}, y.shape());
      for (float value : y.floats()) {
        assertTrue(value > 0 && value < 1, "outside (0, 1): " + value);
      }
    }
  }

  private static void assertShape(Networks networks, String name, long... shape) {
    Tensor parameter = Objects.requireNonNull(networks.parameters().get(name), name);
    assertArrayEquals(shape, parameter.shape(), name);
  }

  @Test
  void freezesExactlyTheBiasesThatANormalisationFollows() {
    try (Scope _ = Scope.open()) {
      Networks normalised =
          SmallNetworks.of(new NetworkShape(6, List.of(5, 4), 2, true), Precision.FP32);
      List<String> frozen = new ArrayList<>(normalised.parameters().keySet());
      frozen.removeAll(normalised.trained().keySet());
      assertEquals(
          List.of(
              "encoder.0.linear.bias",
              "encoder.1.linear.bias",
              "decoder.0.linear.bias",
              "decoder.1.linear.bias",
              "output.linear.bias"),
          frozen);
      Tensor x = SmallNetworks.batch(Precision.FP32, 5, 6);
      SmallNetworks.loss(new Vae(), x, normalised, new SeededNoise(1, Precision.FP32), 1)
          .loss()
          .backward();
      normalised
          .parameters()
          .forEach((name, parameter) ->
              assertEquals(frozen.contains(name), parameter.gradient() == null, name));
    }
  }

  @Test
  void trainsTheOutputsBiasWhereNoNormalisationFollows() {
    try (Scope _ = Scope.open()) {
      Networks plain = SmallNetworks.of(new NetworkShape(6, List.of(5), 2, false), Precision.FP64);
      assertTrue(plain.trained().containsKey("output.linear.bias"));
      assertTrue(
          plain.weights().arrays().keySet().stream().noneMatch(n -> n.startsWith("output.norm")));
      Tensor x = SmallNetworks.batch(Precision.FP64, 5, 6);
      SmallNetworks.loss(new Autoencoder(), x, plain, new SeededNoise(1, Precision.FP64), 1)
          .loss()
          .backward();
      Tensor bias = Objects.requireNonNull(plain.parameters().get("output.linear.bias"));
      assertTrue(Objects.requireNonNull(bias.gradient()).largest() > 0);
      assertNull(plain.statistics().get("output.norm.running_mean"));
      // Without hidden layers and normalisation no row sees another.
      Networks rows = SmallNetworks.of(new NetworkShape(6, List.of(), 2, false), Precision.FP64);
      assertTrue(rows.statistics().isEmpty());
      assertArrayEquals(
          rows.encode(x).mu().rows(2, 3).doubles(),
          rows.encode(x.rows(2, 3)).mu().doubles(),
          1e-15);
    }
  }

  @Test
  void comesBackFromItsWeights() {
    try (Scope _ = Scope.withoutGradients()) {
      Networks networks = SmallNetworks.of(SmallNetworks.SHAPE, Precision.FP32);
      Tensor x = SmallNetworks.batch(Precision.FP32, 9, 6);
      assertEquals(9, networks.encode(x).mu().size(0)); // moves the running statistics
      Weights weights = networks.weights();
      Networks again =
          new Networks(
              SmallNetworks.SHAPE,
              SmallNetworks.parts(new Vae(), SmallNetworks.SHAPE),
              (name, _, count) -> {
                float[] values = weights.array(name).values();
                assertEquals(count, values.length);
                double[] wide = new double[count];
                for (int i = 0; i < count; i++) {
                  wide[i] = values[i];
                }
                return wide;
              },
              Precision.FP32,
              Device.CPU);
      weights
          .arrays()
          .forEach((name, array) -> {
            Weights.Array other = again.weights().array(name);
            assertEquals(array.shape(), other.shape(), name);
            assertArrayEquals(array.values(), other.values(), name);
          });
      for (Networks each : List.of(networks, again)) {
        each.use(Networks.Mode.EVALUATION);
      }
      assertArrayEquals(
          networks.decode(networks.encode(x).mu()).floats(),
          again.decode(again.encode(x).mu()).floats());
      assertTrue(weights.arrays().keySet().containsAll(networks.statistics().keySet()));
    }
  }

  @Test
  void keepsItsWeightsApartFromLaterTraining() {
    try (Scope _ = Scope.withoutGradients()) {
      Networks networks = SmallNetworks.of(SmallNetworks.SHAPE, Precision.FP32);
      Weights weights = networks.weights();
      float[] before = weights.array("mu.weight").values().clone();
      Objects.requireNonNull(networks.parameters().get("mu.weight")).fillInPlace(9);
      assertArrayEquals(before, weights.array("mu.weight").values());
    }
  }

  @Test
  void leavesRunningStatisticsAloneInEvaluation() {
    try (Scope _ = Scope.withoutGradients()) {
      Networks networks = SmallNetworks.of(SmallNetworks.SHAPE, Precision.FP64);
      Tensor x = SmallNetworks.batch(Precision.FP64, 9, 6);
      networks.use(Networks.Mode.EVALUATION);
      assertEquals(9, networks.decode(networks.encode(x).mu()).size(0));
      networks
          .statistics()
          .forEach((name, values) -> {
            for (double value : values.doubles()) {
              assertEquals(name.endsWith("running_var") ? 1 : 0, value, name);
            }
          });
    }
  }

  @Test
  void recalibratesRunningStatisticsToThePlainMeanOverBatches() {
    try (Scope _ = Scope.withoutGradients()) {
      Networks networks = SmallNetworks.of(SmallNetworks.SHAPE, Precision.FP64);
      Tensor all = SmallNetworks.batch(Precision.FP64, 18, 6);
      assertEquals(18, networks.encode(all.times(50)).mu().size(0)); // to be forgotten
      Tensor weight = parameter(networks, "encoder.0.linear.weight");
      Tensor bias = parameter(networks, "encoder.0.linear.bias");
      int units = 5;
      double[] mean = new double[units];
      double[] variance = new double[units];
      for (int batch = 0; batch < 3; batch++) {
        Tensor x = all.rows(6L * batch, 6L * batch + 6);
        networks.use(Networks.Mode.recalibrating(batch + 1));
        assertEquals(6, networks.encode(x).mu().size(0));
        double[] values = x.linear(weight, bias, Precision.FP64.products()).doubles();
        for (int unit = 0; unit < units; unit++) {
          double sum = 0;
          double squares = 0;
          for (int row = 0; row < 6; row++) {
            sum += values[row * units + unit];
          }
          for (int row = 0; row < 6; row++) {
            squares += Math.pow(values[row * units + unit] - sum / 6, 2);
          }
          mean[unit] += sum / 6 / 3;
          variance[unit] += squares / 5 / 3;
        }
      }
      assertArrayEquals(mean, statistic(networks, "encoder.0.norm.running_mean"), 1e-12);
      assertArrayEquals(variance, statistic(networks, "encoder.0.norm.running_var"), 1e-12);
    }
  }

  private static Tensor parameter(Networks networks, String name) {
    return Objects.requireNonNull(networks.parameters().get(name), name);
  }

  private static double[] statistic(Networks networks, String name) {
    return Objects.requireNonNull(networks.statistics().get(name), name).doubles();
  }

  @Test
  void startsLikePytorchsLinearLayers() {
    try (Scope _ = Scope.withoutGradients()) {
      Networks networks =
          SmallNetworks.of(new NetworkShape(400, List.of(50), 3, true), Precision.FP64);
      double[] values = parameter(networks, "encoder.0.linear.weight").doubles();
      double bound = 1 / Math.sqrt(400);
      double squares = 0;
      for (double value : values) {
        assertTrue(Math.abs(value) < bound);
        squares += value * value;
      }
      // Variance of a uniform number in (-bound, bound); 20,000 of them.
      assertEquals(bound * bound / 3, squares / values.length, 0.03 * bound * bound);
      assertFalse(
          java.util.Arrays.equals(
              parameter(networks, "mu.weight").doubles(),
              parameter(networks, "logvar.weight").doubles()));
    }
  }

  @Test
  void freesEveryByteWhenItsScopeCloses() {
    long before = NativeMemory.leastLiveBytesAfter(NetworksTest::makeTrainAndCloseSix);
    long left = NativeMemory.leastLiveBytesAfter(NetworksTest::makeTrainAndCloseSix) - before;
    // A weight lost of each network would leave 38 MB; what compilers hold moves by up to 14.
    assertTrue(left < 20_000_000, left + " bytes are left of 30 networks");
  }

  private static void makeTrainAndCloseSix() {
    for (int i = 0; i < 6; i++) {
      makeTrainAndClose();
    }
  }

  private static void makeTrainAndClose() {
    try (Scope _ = Scope.open()) {
      Networks networks =
          SmallNetworks.of(new NetworkShape(5000, List.of(64), 10, true), Precision.FP32);
      Tensor x = SmallNetworks.batch(Precision.FP32, 50, 5000);
      for (int step = 0; step < 3; step++) {
        try (Scope _ = Scope.open()) {
          SeededNoise noise = new SeededNoise(step, Precision.FP32);
          SmallNetworks.loss(new Iwae(3, false), x, networks, noise, 0.1).loss().backward();
          for (Tensor parameter : networks.trained().values()) {
            parameter.clearGradient();
          }
        }
      }
      assertEquals(5000, networks.weights().array("output.norm.weight").values().length);
    }
  }

  @Test
  void isCloseInBfloat16() {
    try {
      NativeLibrary.requireBfloat16();
    } catch (UserError unusable) {
      Assumptions.abort(unusable.toString());
    }
    try (Scope _ = Scope.open()) {
      NetworkShape shape = new NetworkShape(40, List.of(32), 5, true);
      Networks fine = SmallNetworks.of(shape, Precision.FP32);
      Networks coarse = SmallNetworks.of(shape, Precision.BF16);
      double expected = lossAfterBackward(fine, Precision.FP32);
      double actual = lossAfterBackward(coarse, Precision.BF16);
      Golden.assertClose(expected, actual, 2e-2, 0, "loss");
      assertTrue(expected != actual, "bfloat16 is not used");
      fine.trained()
          .forEach((name, parameter) -> {
            Tensor wanted = Objects.requireNonNull(parameter.gradient(), name);
            Tensor got = Objects.requireNonNull(parameter(coarse, name).gradient(), name);
            double off = got.minus(wanted).norm() / wanted.norm();
            assertTrue(off < 0.1, "gradient of %s is off by %s".formatted(name, off));
          });
    }
  }

  private static double lossAfterBackward(Networks networks, Precision precision) {
    Tensor x = SmallNetworks.batch(precision, 64, 40);
    Terms terms = SmallNetworks.loss(new Vae(), x, networks, new SeededNoise(1, precision), 0.01);
    terms.loss().backward();
    return terms.loss().item();
  }

  @Test
  void refusesSizesBelowOne() {
    assertEquals(
        "sizes must be at least 1 but were genes 6, hidden [5, 0], latent 2",
        assertThrows(
                IllegalArgumentException.class, () -> new NetworkShape(6, List.of(5, 0), 2, true))
            .getMessage());
  }
}
