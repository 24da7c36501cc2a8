package org.vaescape.model;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalDouble;
import java.util.SplittableRandom;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.vaescape.Golden;
import org.vaescape.engine.DType;
import org.vaescape.engine.Device;
import org.vaescape.engine.Precision;
import org.vaescape.engine.Scope;
import org.vaescape.engine.Tensor;
import org.vaescape.engine.WideLayers;
import org.vaescape.search.Inapplicable;

/// The fused path computes what the plain path does: every model, with every element-wise choice of
/// its output, on networks, rows and weights that a seed draws.
class FusedPathTest {
  /// Of the largest gradient, against 64 bits; losses by as much of themselves.
  private static final double OF_FP32 = 2e-4;

  /// The same where operands are rounded to 8 bits; normalisation of few rows can make much of
  /// that, on the plain path too, so that what is apart there is allowed twice in addition.
  private static final double OF_BF16 = 3e-2;

  private static final int CASES_OF_A_MODEL = 12;

  static Stream<String> models() {
    return Models.CATALOGUE.names().stream();
  }

  /// Without the one whose rows choose a code each: a rounding that moves a choice moves gradients
  /// by a jump.
  static Stream<String> smoothModels() {
    return models().filter(name -> !name.equals("vq-vae"));
  }

  /// One draw of everything that the two paths are compared on.
  private record Case(VaeModel model, NetworkShape shape, ReconstructionTerm term, int rows) {
    static Case draw(String name, List<String> terms, SplittableRandom random) {
      Map<String, Object> settings =
          name.equals("rae") && random.nextBoolean()
              ? Map.of("regularizer", "gradient-penalty")
              : Map.of();
      VaeModel model = Models.CATALOGUE.member(name).create(settings);
      ReconstructionTerm term = term(model, terms, random);
      Output output =
          one(Outputs.CATALOGUE.names(), random, Outputs.CATALOGUE::member).create(Map.of());
      LayerStyle style =
          new LayerStyle(Tensor::tanh, Normalization.BATCH, 0, output, random.nextBoolean(), false);
      List<Integer> hidden =
          one(List.of(List.<Integer>of(), List.of(9), List.of(12, 7)), random, h -> h);
      // Now and then more genes than are multiplied at a time.
      int genes = random.nextInt(4) == 0 ? 500 + random.nextInt(700) : 5 + random.nextInt(300);
      NetworkShape shape = new NetworkShape(genes, hidden, 3, style);
      return new Case(model, shape, term, 8 + random.nextInt(40));
    }

    private static ReconstructionTerm term(
        VaeModel model, List<String> terms, SplittableRandom random) {
      String name = one(terms, random, drawn -> drawn);
      ReconstructionTerm term =
          name.equals("gaussian") && random.nextBoolean()
              ? new GaussianLikelihood(OptionalDouble.empty())
              : Reconstructions.CATALOGUE.member(name).create(Map.of());
      try {
        return model.reconstruction(term).equals(term) ? term : new SquaredError();
      } catch (Inapplicable _) {
        return new SquaredError(); // of models that have a term of their own
      }
    }

    private static <T, R> R one(List<T> choices, SplittableRandom random, Function<T, R> chosen) {
      return chosen.apply(choices.get(random.nextInt(choices.size())));
    }

    Networks networks(Precision precision, GenePath.Choice path) {
      NetworkParts parts = NetworkParts.of(model, term, shape);
      return new Networks(shape, parts, SmallNetworks.initializer(1), precision, Device.CPU, path);
    }

    /// The loss of two steps, the second with networks that the first has left its statistics in.
    Terms loss(Networks networks, Precision precision) {
      Noise noise = new SeededNoise(5, precision);
      networks.use(Networks.Mode.training(noise));
      Tensor x = SmallNetworks.batch(precision, rows, shape.genes());
      return SmallNetworks.loss(model, x, networks, noise, 0.1);
    }
  }

  @ParameterizedTest
  @MethodSource("models")
  void givesTheLossAndGradientsOfThePlainPath(String name) {
    compare(name, Precision.FP32, OF_FP32, List.of("mse", "gaussian", "laplace", "logcosh", "bce"));
  }

  @ParameterizedTest
  @MethodSource("smoothModels")
  void givesThemNearlyInBfloat16(String name) {
    // Not laplace, whose derivative jumps where an error changes its sign.
    compare(name, Precision.BF16, OF_BF16, List.of("mse", "gaussian", "logcosh", "bce"));
  }

  private static void compare(
      String name, Precision precision, double tolerance, List<String> terms) {
    assumeTrue(WideLayers.failure().isEmpty(), WideLayers.failure());
    SplittableRandom random = new SplittableRandom(name.hashCode());
    for (int i = 0; i < CASES_OF_A_MODEL; i++) {
      Case drawn = Case.draw(name, terms, random);
      try (Scope _ = Scope.open()) {
        Networks exact = drawn.networks(Precision.FP64, GenePath.Choice.PLAIN);
        Networks fused = drawn.networks(precision, GenePath.Choice.AUTO);
        Networks plain = drawn.networks(precision, GenePath.Choice.PLAIN);
        for (int step = 0; step < 2; step++) { // the first learns how rows weigh
          double expected = backward(drawn.loss(exact, Precision.FP64));
          double usual = Math.abs(backward(drawn.loss(plain, precision)) - expected);
          double actual = backward(drawn.loss(fused, precision));
          double size = Math.max(1e-3, Math.abs(expected));
          assertEquals(expected, actual, tolerance * size + 2 * usual, "" + drawn);
          compareGradients(exact, plain, fused, tolerance, "" + drawn);
        }
        exact
            .statistics()
            .forEach((statistic, tensor) ->
                Golden.assertClose(
                    tensor.doubles(),
                    Objects.requireNonNull(fused.statistics().get(statistic))
                        .as(DType.FLOAT64)
                        .doubles(),
                    tolerance,
                    tolerance,
                    drawn + ": " + statistic));
      }
    }
  }

  /// Only layers whose input is data take their products in parts; those of the decoder, which may
  /// have as many inputs, sum in the order of the plain path.
  @Test
  void takesNoLayerForOneOfTheDataWhichHasAsManyInputs() {
    assumeTrue(WideLayers.failure().isEmpty(), WideLayers.failure());
    int genes = 600;
    NetworkShape shape = new NetworkShape(genes, List.of(genes), 3, LayerStyle.STANDARD);
    Case drawn = new Case(new Vae(), shape, new SquaredError(), 8);
    try (Scope _ = Scope.open();
        Scope _ = Scope.withoutGradients()) {
      Tensor z = SmallNetworks.batch(Precision.FP32, drawn.rows(), shape.latent());
      double[][] decoded =
          Stream.of(GenePath.Choice.PLAIN, GenePath.Choice.AUTO)
              .map(path -> drawn.networks(Precision.FP32, path).decode(z).doubles())
              .toArray(double[][]::new);
      assertArrayEquals(decoded[0], decoded[1]);
    }
  }

  private static double backward(Terms terms) {
    terms.loss().backward();
    return terms.loss().item();
  }

  private static void compareGradients(
      Networks exact, Networks plain, Networks fused, double tolerance, String what) {
    double largest = 0;
    for (Tensor parameter : exact.trained().values()) {
      largest = Math.max(largest, largest(parameter.gradient()));
    }
    double usual = 0;
    for (String name : exact.trained().keySet()) {
      usual = Math.max(usual, apart(exact, plain, name));
    }
    List<String> wrong = new ArrayList<>();
    for (String name : exact.trained().keySet()) {
      double apart = apart(exact, fused, name);
      double own = largest(gradient(exact, name));
      // A gradient that is nearly nothing is the difference of large numbers.
      if (!(apart <= tolerance * Math.max(own, 0.05 * largest) + 2 * usual)) {
        wrong.add(
            "%s by %s, largest %s of %s, plain %s".formatted(name, apart, own, largest, usual));
      }
    }
    for (Networks each : List.of(exact, plain, fused)) {
      each.trained().values().forEach(Tensor::clearGradient);
    }
    assertTrue(wrong.isEmpty(), () -> what + ": gradients are apart: " + wrong);
  }

  private static double largest(@Nullable Tensor gradient) {
    return gradient == null ? 0 : gradient.largest();
  }

  /// Infinite where one of two networks has no gradient.
  private static double apart(Networks exact, Networks other, String name) {
    Tensor expected = gradient(exact, name);
    Tensor actual = gradient(other, name);
    if (expected == null || actual == null) {
      return expected == actual ? 0 : Double.POSITIVE_INFINITY;
    }
    return expected.minus(actual.as(DType.FLOAT64)).largest();
  }

  private static @Nullable Tensor gradient(Networks networks, String name) {
    return Objects.requireNonNull(networks.trained().get(name)).gradient();
  }

  @Test
  @EnabledIfSystemProperty(named = "os.arch", matches = "amd64", disabledReason = "narrow vectors")
  void isTakenByTheStandardNetworksOnThisMachine() {
    GenePath path =
        GenePath.of(
            GenePath.Choice.AUTO,
            LayerStyle.STANDARD,
            new SquaredError(),
            Precision.FP32,
            Device.CPU);
    assertEquals(GenePath.Kind.FUSED, path.kind(), path.reason());
  }

  @Test
  void isNotTakenWhereItCannotBeAndSaysWhy() {
    GenePath counts =
        GenePath.of(
            GenePath.Choice.AUTO,
            LayerStyle.STANDARD,
            new NegativeBinomial(),
            Precision.FP32,
            Device.CPU);
    assertEquals(GenePath.Kind.PLAIN, counts.kind());
    assertEquals("the reconstruction term is not a function of each number alone", counts.reason());
    GenePath asked =
        GenePath.of(
            GenePath.Choice.PLAIN,
            LayerStyle.STANDARD,
            new SquaredError(),
            Precision.FP32,
            Device.CPU);
    assertEquals("it was asked for", asked.reason());
  }
}
