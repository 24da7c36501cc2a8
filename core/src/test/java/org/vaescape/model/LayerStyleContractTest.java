package org.vaescape.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.vaescape.Golden;
import org.vaescape.engine.Precision;
import org.vaescape.engine.Scope;
import org.vaescape.engine.Tensor;

/// What every way to put layers together must keep.
class LayerStyleContractTest {
  private static final int ROWS = 7;
  private static final int SAMPLES = 2;

  /// Each member of each catalogue once, the others as in the standard style, and some together.
  private static Map<String, LayerStyle> styles() {
    Map<String, LayerStyle> styles = new LinkedHashMap<>();
    Activations.CATALOGUE
        .names()
        .forEach(name -> styles.put(name, style(name, "batch", 0, "sigmoid", true, false)));
    Normalizations.CATALOGUE
        .names()
        .forEach(name ->
            styles.put(name + " normalization", style("relu", name, 0, "sigmoid", true, false)));
    Outputs.CATALOGUE
        .names()
        .forEach(name -> {
          styles.put(name, style("relu", "batch", 0, name, true, false));
          styles.put(name + " alone", style("relu", "batch", 0, name, false, false));
        });
    styles.put("dropout", style("relu", "batch", 0.3, "sigmoid", true, false));
    styles.put("more dropout", style("relu", "batch", 0.5, "sigmoid", true, false));
    styles.put("normalised heads", style("relu", "batch", 0, "sigmoid", true, true));
    styles.put("dropout, layer", style("gelu", "layer", 0.3, "linear", false, false));
    styles.put("dropout, none", style("tanh", "none", 0.5, "softplus", false, true));
    return styles;
  }

  private static LayerStyle style(
      String activation,
      String normalization,
      double dropout,
      String output,
      boolean outputNorm,
      boolean heads) {
    return new LayerStyle(
        Activations.CATALOGUE.member(activation).create(Map.of()),
        Normalizations.CATALOGUE.member(normalization).create(Map.of()),
        dropout,
        Outputs.CATALOGUE.member(output).create(Map.of()),
        outputNorm,
        heads);
  }

  static Stream<String> names() {
    return styles().keySet().stream();
  }

  private static Networks networks(String style, Precision precision) {
    NetworkShape shape =
        new NetworkShape(6, List.of(5, 4), 3, Objects.requireNonNull(styles().get(style)));
    return SmallNetworks.of(shape, precision);
  }

  /// Squared error of two samples a row, and a KL: the loss of nobody, which reaches everything.
  private static Tensor loss(Networks networks, Precision precision, long seed) {
    SeededNoise noise = new SeededNoise(seed, precision);
    networks.use(Networks.Mode.training(noise));
    Tensor x = SmallNetworks.batch(precision, ROWS, 6);
    Posterior q = networks.encode(x);
    Tensor z = q.samples(noise.normal(Noise.EPSILON, ROWS, SAMPLES, 3)).reshape(ROWS * SAMPLES, 3);
    Tensor y = networks.decode(z).reshape(ROWS, SAMPLES, 6);
    return y.squaredError(x.unsqueeze(1)).mean().plus(q.kl().mean().times(0.1));
  }

  @ParameterizedTest
  @MethodSource("names")
  void givesAFiniteLossInSinglePrecision(String style) {
    try (Scope _ = Scope.withoutGradients()) {
      assertTrue(Double.isFinite(loss(networks(style, Precision.FP32), Precision.FP32, 5).item()));
    }
  }

  @ParameterizedTest
  @MethodSource("names")
  void hasTheGradientOfItsLoss(String style) {
    try (Scope _ = Scope.open()) {
      Networks networks = networks(style, Precision.FP64);
      loss(networks, Precision.FP64, 5).backward();
      SplittableRandom random = new SplittableRandom(3);
      Set<String> moved = new TreeSet<>();
      networks
          .parameters()
          .forEach((name, parameter) -> {
            Tensor gradient = parameter.gradient();
            for (int sample = 0; sample < 4; sample++) {
              int entry = random.nextInt(parameter.doubles().length);
              double expected = finiteDifference(networks, parameter, entry);
              Golden.assertClose(
                  expected,
                  gradient == null ? 0 : gradient.doubles()[entry],
                  1e-5,
                  1e-8,
                  name + "[" + entry + "]");
            }
            if (gradient != null && gradient.largest() > 1e-9) {
              moved.add(name);
            }
          });
      // Every parameter that is trained has a say in the loss, and no other is trained.
      assertEquals(new TreeSet<>(networks.trained().keySet()), moved);
    }
  }

  private static double finiteDifference(Networks networks, Tensor parameter, int entry) {
    double step = 1e-5;
    double[] start = parameter.doubles();
    double[] losses = new double[2];
    for (int side = 0; side < 2; side++) {
      double[] moved = start.clone();
      moved[entry] += side == 0 ? step : -step;
      losses[side] = lossWith(networks, parameter, moved);
    }
    assertTrue(Double.isFinite(lossWith(networks, parameter, start)));
    return (losses[0] - losses[1]) / (2 * step);
  }

  private static double lossWith(Networks networks, Tensor parameter, double[] values) {
    try (Scope _ = Scope.withoutGradients()) {
      parameter.copyInPlace(Tensor.of(Precision.FP64.storage(), values, parameter.shape()));
      return loss(networks, Precision.FP64, 5).item();
    }
  }

  @ParameterizedTest
  @MethodSource("names")
  void givesEqualBitsForEqualNoise(String style) {
    try (Scope _ = Scope.withoutGradients()) {
      double first = loss(networks(style, Precision.FP32), Precision.FP32, 5).item();
      assertEquals(first, loss(networks(style, Precision.FP32), Precision.FP32, 5).item());
      assertNotEquals(first, loss(networks(style, Precision.FP32), Precision.FP32, 6).item());
    }
  }

  @Test
  void givesADifferentLossForEveryStyle() {
    try (Scope _ = Scope.withoutGradients()) {
      Map<Double, List<String>> byLoss = new LinkedHashMap<>();
      for (String style : styles().keySet()) {
        double loss = loss(networks(style, Precision.FP32), Precision.FP32, 5).item();
        byLoss.computeIfAbsent(loss, _ -> new ArrayList<>()).add(style);
      }
      // The standard style is written four ways above.
      assertEquals(
          List.of(List.of("relu", "batch normalization", "sigmoid")),
          byLoss.values().stream().filter(same -> same.size() > 1).toList());
    }
  }
}
