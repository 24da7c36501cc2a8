package org.vaescape.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.SequencedMap;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.vaescape.data.PreparedData;
import org.vaescape.engine.DType;
import org.vaescape.engine.Device;
import org.vaescape.engine.Precision;
import org.vaescape.engine.Scope;
import org.vaescape.engine.Tensor;
import org.vaescape.model.Categorical;
import org.vaescape.model.Initialization;
import org.vaescape.model.LayerStyle;
import org.vaescape.model.Models;
import org.vaescape.model.Networks;
import org.vaescape.model.Outputs;
import org.vaescape.model.Posterior;
import org.vaescape.model.SquaredError;
import org.vaescape.model.VaeModel;

/// What is said of networks whose encoder says the same of every sample, and how that is measured.
class CollapseTest {
  private static final Numerics FP32 = new Numerics(Precision.FP32, Device.CPU, 1);
  private static final PreparedData DATA = TestData.lowRank(200, 40, 60, 3, 5);

  /// Every model by its defaults, and those that have another kind of encoder.
  static Stream<Arguments> models() {
    return Stream.concat(
        Models.CATALOGUE.names().stream().map(name -> Arguments.of(name, Map.of())),
        Stream.of(Arguments.of("aae", Map.of("encoder", "gaussian"))));
  }

  private static TrainingSettings settings(VaeModel model) {
    LayerStyle linear =
        new LayerStyle(
            LayerStyle.STANDARD.activation(),
            LayerStyle.STANDARD.normalization(),
            0,
            Outputs.CATALOGUE.member("linear").create(Map.of()),
            false,
            false);
    return new TrainingSettings(
        model,
        List.of(32),
        4,
        linear,
        Initialization.PYTORCH,
        Optimizers.CATALOGUE.member("adam").create(Map.of()),
        1e-2,
        new ConstantRate(),
        new SquaredError(),
        false,
        1e-4,
        new NoWarmUp(),
        0,
        50,
        false,
        Stopping.after(1),
        OptionalDouble.empty(),
        Validation.SAMPLED,
        false,
        FP32,
        Optional.empty());
  }

  /// The verdict on a network that gives every sample the same code, and decodes whatever it sees
  /// to almost the mean.
  ///
  /// @param away where all codes lie
  /// @param shift of the output from the training mean, in all genes
  private static Verdict verdict(VaeModel model, double away, double shift) {
    TrainingSettings settings = settings(model);
    try (TrainingData data = TrainingData.of(DATA, FP32);
        Scope _ = Scope.withoutGradients()) {
      Randomness randomness = Randomness.of(new Seeds(1, 2, 3, 4), FP32);
      Networks networks =
          new Networks(
              settings.shape(60),
              settings.parts(60),
              randomness.initializer(settings.initialization()),
              Precision.FP32,
              Device.CPU);
      Outcomes outcomes =
          new Outcomes(settings, data, new GatheredBatch(settings, data), randomness, networks);
      Outcomes.Recalibrated untrained = outcomes.recalibrated(() -> {});
      for (String head : List.of("mu", "logvar")) {
        if (networks.parameters().containsKey(head + ".weight")) {
          networks.extra(head + ".weight").zeroInPlace();
          networks.extra(head + ".bias").fillInPlace(head.equals("mu") ? away : 0);
        }
      }
      networks.extra("output.linear.weight").timesInPlace(1e-3);
      double[] mean = Pca.mean(SampleRows.of(DATA.training().values(), 60));
      Tensor bias = networks.extra("output.linear.bias");
      bias.copyInPlace(Tensor.of(DType.FLOAT32, mean, 60));
      bias.plusInPlace(shift);
      SequencedMap<String, Double> metrics = new LinkedHashMap<>();
      return outcomes.measure(metrics, untrained, () -> {}).verdict();
    }
  }

  @ParameterizedTest
  @MethodSource("models")
  void callsANetworkCollapsedWhoseCodesAreAllAlike(String name, Map<String, Object> settings) {
    VaeModel model = Models.CATALOGUE.member(name).create(settings);
    assertEquals(Verdict.COLLAPSED, verdict(model, 0, 0), name + " at the prior");
    assertEquals(Verdict.COLLAPSED, verdict(model, 3, 0.01), name + " beside the prior");
  }

  @ParameterizedTest
  @MethodSource("models")
  void callsATrainedNetworkLearned(String name, Map<String, Object> settings) {
    VaeModel model = Models.CATALOGUE.member(name).create(settings);
    TrainingResult result =
        TrainerTest.train(
            TrainerTest.settings(model, 1e-2, Stopping.after(60)), new Seeds(1, 2, 3, 4));
    assertEquals(Optional.of(Verdict.LEARNED), result.verdict(), name);
    double information = result.metrics().getOrDefault("val_information", Double.NaN);
    if (model.hasPosterior()) {
      assertTrue(information > 1, name + " but was " + information);
    } else {
      assertTrue(Double.isNaN(information), name);
    }
  }

  /// Two groups of means 2a apart, unit variance: between the information of the group, at most log
  /// 2, and infinity; and never above the KL from N(0, 1).
  @Test
  void boundsTheInformationOfGaussianUnitsFromAboveByLessThanTheKl() {
    for (double a : new double[] {0, 0.1, 0.5, 2}) {
      try (Scope _ = Scope.withoutGradients()) {
        int rows = 1000;
        double[] means = new double[2 * rows];
        Arrays.setAll(means, i -> i % 2 == 1 ? 5 : (i / 2) % 2 == 0 ? a : -a);
        Information.Gathering gathering = new Information.Gathering(false);
        Tensor mu = Tensor.of(DType.FLOAT64, means, rows, 2);
        gathering.add(new Posterior(mu.rows(0, 400), Tensor.zeros(DType.FLOAT64, 400, 2)));
        gathering.add(new Posterior(mu.rows(400, rows), Tensor.zeros(DType.FLOAT64, 600, 2)));
        double[] nats = gathering.information().nats();
        assertEquals(0.5 * Math.log(1 + a * a), nats[0], 1e-12);
        assertTrue(nats[0] >= information(a) - 1e-9, a + ": " + nats[0] + " " + information(a));
        assertTrue(nats[0] <= a * a / 2 + 1e-12);
        assertEquals(0, nats[1], 1e-12, "12.5 nats from the prior, and nothing told");
      }
    }
  }

  /// Of the mixture of N(a, 1) and N(-a, 1), by integration: its entropy less that of one.
  private static double information(double a) {
    double sum = 0;
    double step = 1e-3;
    for (double z = -12; z < 12; z += step) {
      double density =
          (Math.exp(-(z - a) * (z - a) / 2) + Math.exp(-(z + a) * (z + a) / 2))
              / Math.sqrt(8 * Math.PI);
      sum -= density * Math.log(density) * step;
    }
    return sum - 0.5 * Math.log(2 * Math.PI * Math.E);
  }

  @Test
  void isTheMutualInformationOfCategoricalVariables() {
    try (Scope _ = Scope.withoutGradients()) {
      SplittableRandom random = new SplittableRandom(1);
      int rows = 50;
      double[][] p = new double[rows][4];
      double[] logits = new double[rows * 8];
      for (int i = 0; i < rows; i++) {
        double sum = 0;
        for (int c = 0; c < 4; c++) {
          p[i][c] = random.nextDouble();
          sum += p[i][c];
          logits[8 * i + c] = Math.log(p[i][c]);
          logits[8 * i + 4 + c] = c; // the same for all rows, far from uniform
        }
        for (int c = 0; c < 4; c++) {
          p[i][c] /= sum;
        }
      }
      double expected = 0;
      for (int c = 0; c < 4; c++) {
        double mean = 0;
        for (double[] row : p) {
          mean += row[c] / rows;
        }
        for (double[] row : p) {
          expected += row[c] * Math.log(row[c] / mean) / rows;
        }
      }
      Information.Gathering gathering = new Information.Gathering(false);
      gathering.add(new Categorical(Tensor.of(DType.FLOAT64, logits, rows, 2, 4)));
      double[] nats = gathering.information().nats();
      assertEquals(expected, nats[0], 1e-12);
      assertEquals(0, nats[1], 1e-12);
    }
  }

  @Test
  void findsACodeConstantThatDiffersInItsLastDigitsAlone() {
    try (Scope _ = Scope.withoutGradients()) {
      double[] codes = {7, 0.1, 7 + 1e-6, 0.1, 7, 0.1001};
      Information.Gathering gathering = new Information.Gathering(true);
      gathering.add(
          new Posterior(Tensor.of(DType.FLOAT64, codes, 3, 2), Tensor.zeros(DType.FLOAT64, 3, 2)));
      Information information = gathering.information();
      assertEquals(0, information.nats()[0]);
      assertEquals(Double.POSITIVE_INFINITY, information.nats()[1]);
      assertEquals(1, information.unitsInUse());
      assertNotEquals(0, information.total());
    }
  }
}
