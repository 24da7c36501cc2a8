package org.vaescape.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.vaescape.Golden;
import org.vaescape.engine.DType;
import org.vaescape.engine.Device;
import org.vaescape.engine.Precision;
import org.vaescape.engine.Scope;
import org.vaescape.engine.Tensor;

/// What corruption, sliced distance and regularisers do, in closed form.
class DeterministicModelsTest {
  private static final Objective PLAIN = new Objective(0, 0, false, 10);

  /// A code that is the sum over genes, and an output that is the code.
  private static double errorOfSum(DenoisingAutoencoder model, boolean training) {
    try (Scope _ = Scope.withoutGradients()) {
      Networks networks =
          LinearNetworks.of(
              model,
              new SquaredError(),
              4,
              1,
              Map.of(
                  "mu.weight", new double[] {1, 1, 1, 1},
                  "output.linear.weight", new double[] {1, 1, 1, 1}));
      Noise noise = (_, shape) -> Tensor.of(DType.FLOAT64, new double[] {-2, 0, 1, -2}, shape);
      Tensor ones = Tensor.of(DType.FLOAT64, new double[] {1, 1, 1, 1}, 1, 4);
      return model.loss(new Batch(ones, noise, 0, training), networks, PLAIN).loss().item();
    }
  }

  /// A sum s of what is seen is off by s - 1 in each gene; two of the four draws lie in the lowest
  /// quarter of the normal distribution.
  @ParameterizedTest
  @CsvSource({"MASKING, 0.25, 2", "MASKING, 0, 4", "GAUSSIAN, 0.5, 2.5", "GAUSSIAN, 0, 4"})
  void corruptsInTrainingAlone(
      DenoisingAutoencoder.Corruption corruption, double level, double seen) {
    DenoisingAutoencoder model = new DenoisingAutoencoder(corruption, level);
    assertEquals((seen - 1) * (seen - 1), errorOfSum(model, true), 1e-14);
    assertEquals(9, errorOfSum(model, false), 1e-14);
  }

  @Test
  void refusesCorruptionThatLeavesNothingOrNoCounts() {
    assertThrows(
        IllegalArgumentException.class,
        () -> new DenoisingAutoencoder(DenoisingAutoencoder.Corruption.MASKING, 1));
    VaeModel gaussian = new DenoisingAutoencoder(DenoisingAutoencoder.Corruption.GAUSSIAN, 1);
    assertThrows(
        IllegalArgumentException.class, () -> gaussian.reconstruction(new NegativeBinomial()));
  }

  @Test
  void slicedDistanceIsZeroForASampleInAnyOrderAndTheShiftAlongEachDirection() {
    SlicedWassersteinAutoencoder model = new SlicedWassersteinAutoencoder(1, 3, 8, false);
    SeededNoise mixed = new SeededNoise(1, Precision.FP64, 2, 0, 4, 1, 3);
    double[] points = SmallNetworks.uniform(3, 10);
    double[] shift = {0.7, -0.4};
    try (Scope _ = Scope.withoutGradients()) {
      Tensor directions = new SeededNoise(5, Precision.FP64).directions("d", 8, 2);
      double[] lengths = directions.square().sum(1).doubles();
      Golden.assertClose(
          new double[] {1, 1, 1, 1, 1, 1, 1, 1}, lengths, 1e-14, 0, "lengths of directions");
      Tensor a = Tensor.of(DType.FLOAT64, points, 5, 2);
      Tensor b = Tensor.of(DType.FLOAT64, mixed.permuted(points), 5, 2);
      assertEquals(0, model.distance(a, b, directions).item(), 1e-15);
      double expected = 0;
      double[] along = directions.doubles();
      for (int i = 0; i < 8; i++) {
        double moved = along[2 * i] * shift[0] + along[2 * i + 1] * shift[1];
        expected += Math.pow(Math.abs(moved), 3) / 8;
      }
      Tensor shifted = b.plus(Tensor.of(DType.FLOAT64, shift, 2));
      Golden.assertClose(
          expected, model.distance(a, shifted, directions).item(), 1e-12, 0, "shift");
    }
  }

  @Test
  void slicedDistanceRefusesAnotherTermWhereTheCodeBaseHasItsOwn() {
    VaeModel model = new SlicedWassersteinAutoencoder(1, 2, 8, true);
    assertThrows(
        IllegalArgumentException.class, () -> model.reconstruction(new LaplaceLikelihood(1)));
  }

  @Test
  void squaresTheTrainedParametersOfTheDecoderAlone() {
    VaeModel model = new RegularizedAutoencoder(RegularizedAutoencoder.Regularizer.L2, 0, 1);
    try (Scope _ = Scope.withoutGradients()) {
      Networks networks =
          LinearNetworks.of(
              model,
              new SquaredError(),
              2,
              1,
              Map.of(
                  "mu.weight", new double[] {5, 5},
                  "output.linear.weight", new double[] {1, 2},
                  "output.linear.bias", new double[] {3, 0}));
      Tensor zero = Tensor.zeros(DType.FLOAT64, 1, 2);
      Noise none = (_, shape) -> Tensor.zeros(DType.FLOAT64, shape);
      Terms terms = model.loss(new Batch(zero, none, 0, true), networks, PLAIN);
      assertEquals(14, Objects.requireNonNull(terms.parts().get("regularizer")).item());
    }
  }

  /// The mean over all signs is the estimate's expectation; the derivatives come from differences,
  /// in training, where batch normalisation lets every row move every other.
  @ParameterizedTest
  @ValueSource(strings = {"mse", "bce", "laplace", "nb", "zinb"})
  void penalisesTheSquaresOfAllDerivativesOfTheMeanThatTheDecoderGives(String term) {
    int rows = 3;
    NetworkShape shape = new NetworkShape(4, java.util.List.of(3), 2, true);
    double[] code = SmallNetworks.uniform(3, rows * 2);
    double[] counts = {3, 0, 1, 2, 0, 0, 5, 1, 1, 0, 2, 4};
    try (Scope _ = Scope.withoutGradients()) {
      Tensor x = Tensor.of(DType.FLOAT64, counts, rows, 4);
      Networks networks =
          new Networks(
              shape,
              NetworkParts.of(
                  new Vae(), Reconstructions.CATALOGUE.member(term).create(Map.of()), shape),
              SmallNetworks.initializer(1),
              Precision.FP64,
              Device.CPU);
      double expected = 0;
      double step = 1e-5;
      for (int i = 0; i < code.length; i++) {
        double[] above = code.clone();
        double[] below = code.clone();
        above[i] += step;
        below[i] -= step;
        Tensor difference =
            networks
                .reconstruct(Tensor.of(DType.FLOAT64, above, rows, 2), x)
                .minus(networks.reconstruct(Tensor.of(DType.FLOAT64, below, rows, 2), x));
        expected += difference.times(0.5 / step).square().sum().item() / rows;
      }
      Map<String, double[]> before = new java.util.LinkedHashMap<>();
      networks.statistics().forEach((name, values) -> before.put(name, values.doubles()));
      double mean = 0;
      int patterns = 1 << (rows + 4);
      for (int pattern = 0; pattern < patterns; pattern++) {
        int bits = pattern;
        Noise signs =
            (purpose, lengths) -> {
              int from = purpose.endsWith("rows") ? 0 : rows;
              double[] values = new double[purpose.endsWith("rows") ? rows : 4];
              java.util.Arrays.setAll(values, i -> (bits >> (from + i) & 1) == 0 ? -1 : 1);
              return Tensor.of(DType.FLOAT64, values, lengths);
            };
        try (Scope _ = Scope.withoutGradients()) {
          Tensor z = Tensor.of(DType.FLOAT64, code, rows, 2);
          mean +=
              RegularizedAutoencoder.squaredDerivatives(networks, z, x, signs).item() / patterns;
        }
      }
      Golden.assertClose(expected, mean, 1e-7, 0, "squares of derivatives");
      before.forEach((name, values) ->
          Golden.assertClose(
              values,
              Objects.requireNonNull(networks.statistics().get(name)).doubles(),
              0,
              0,
              name + " after a second look"));
    }
  }

  /// The penalty is made of a gradient; this is the gradient of that.
  @Test
  void followsTheGradientOfItsGradientPenalty() {
    VaeModel model =
        new RegularizedAutoencoder(RegularizedAutoencoder.Regularizer.GRADIENT_PENALTY, 0.1, 0.5);
    double step = 1e-5;
    try (Scope _ = Scope.open()) {
      Networks networks = SmallNetworks.of(model, SmallNetworks.SHAPE, Precision.FP64);
      penalised(model, networks).backward();
      networks
          .trained()
          .forEach((name, parameter) -> {
            if (name.startsWith("logvar.")) {
              return; // not used
            }
            double[] start = parameter.doubles();
            double[] gradient = Objects.requireNonNull(parameter.gradient(), name).doubles();
            for (int entry = 0; entry < start.length; entry += 4) {
              double difference =
                  moved(model, networks, parameter, start, entry, step)
                      - moved(model, networks, parameter, start, entry, -step);
              Golden.assertClose(
                  difference / (2 * step), gradient[entry], 1e-5, 1e-7, name + " " + entry);
            }
            assertTrue(Double.isFinite(moved(model, networks, parameter, start, 0, 0)));
          });
    }
  }

  private static Tensor penalised(VaeModel model, Networks networks) {
    Tensor x = SmallNetworks.batch(Precision.FP64, 7, 6);
    return SmallNetworks.loss(model, x, networks, new SeededNoise(3, Precision.FP64), 0).loss();
  }

  private static double moved(
      VaeModel model, Networks networks, Tensor parameter, double[] start, int entry, double by) {
    double[] values = start.clone();
    values[entry] += by;
    try (Scope _ = Scope.withoutGradients()) {
      parameter.copyInPlace(Tensor.of(DType.FLOAT64, values, parameter.shape()));
      return penalised(model, networks).item();
    }
  }
}
