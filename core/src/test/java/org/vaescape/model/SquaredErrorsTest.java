package org.vaescape.model;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.vaescape.Golden;
import org.vaescape.engine.Device;
import org.vaescape.engine.ErrorSums;
import org.vaescape.engine.Precision;
import org.vaescape.engine.Scope;
import org.vaescape.engine.Tensor;
import org.vaescape.engine.WideLayers;

/// Squared errors of either path are those of what networks reconstruct, for every term and output
/// of the catalogues.
class SquaredErrorsTest {
  /// More than are decoded at once, and more genes than are multiplied at once.
  private static final int ROWS = 150;

  private static final int GENES = 300;

  /// Of a sum in 32 bits, against 64.
  private static final double OF_FP32 = 1e-5;

  record Case(String name, ReconstructionTerm term, Output output, boolean outputNorm) {
    @Override
    public String toString() {
      return name;
    }
  }

  static Stream<Case> cases() {
    List<Case> cases = new ArrayList<>();
    for (String output : Outputs.CATALOGUE.names()) {
      for (boolean normalised : List.of(true, false)) {
        for (String term : Reconstructions.CATALOGUE.names()) {
          ReconstructionTerm named = Reconstructions.CATALOGUE.member(term).create(Map.of());
          cases.add(of(term, named, output, normalised));
        }
        ReconstructionTerm learned = new GaussianLikelihood(OptionalDouble.empty());
        cases.add(of("learned gaussian", learned, output, normalised));
      }
    }
    return cases.stream();
  }

  private static Case of(String name, ReconstructionTerm term, String output, boolean normalised) {
    return new Case(
        "%s of %s, %s".formatted(name, output, normalised ? "normalised" : "free"),
        term,
        Outputs.CATALOGUE.member(output).create(Map.of()),
        normalised);
  }

  @ParameterizedTest
  @MethodSource("cases")
  void areThoseOfTheReconstructionOnEitherPath(Case c) {
    assumeTrue(WideLayers.failure().isEmpty(), WideLayers.failure());
    try (Scope _ = Scope.withoutGradients()) {
      Networks exact = networks(c, Precision.FP64, GenePath.Choice.PLAIN);
      Tensor x = x(c, Precision.FP64);
      Tensor errors = exact.reconstruct(z(Precision.FP64), x).squaredError(x);
      double[] byRow = errors.sum(1).doubles();
      double[] byGene = errors.sum(0).doubles();
      compare(byRow, byGene, squaredErrors(c, exact, Precision.FP64), 1e-12, c + " in 64 bits");
      for (GenePath.Choice path : GenePath.Choice.values()) {
        Networks networks = networks(c, Precision.FP32, path);
        ErrorSums actual = squaredErrors(c, networks, Precision.FP32);
        compare(byRow, byGene, actual, OF_FP32, c + ", " + path.text());
      }
    }
  }

  @ParameterizedTest
  @EnumSource(GenePath.Choice.class)
  void areTheSameWithALookAtWhatTheyAreOf(GenePath.Choice path) {
    assumeTrue(WideLayers.failure().isEmpty(), WideLayers.failure());
    Case usual = of("mse", new SquaredError(), "sigmoid", true);
    try (Scope _ = Scope.withoutGradients()) {
      Networks networks = networks(usual, Precision.FP32, path);
      Tensor z = z(Precision.FP32);
      Tensor x = x(usual, Precision.FP32);
      float[] expected = networks.reconstruct(z, x).floats();
      float[] seen = new float[ROWS * GENES];
      ErrorSums errors =
          networks.squaredErrors(
              z,
              x,
              (from, decoded, _) -> {
                float[] rows = decoded.floats();
                System.arraycopy(rows, 0, seen, from * GENES, rows.length);
              });
      assertArrayEquals(expected, seen, 1e-6f);
      ErrorSums alone = networks.squaredErrors(z, x);
      assertArrayEquals(alone.byRow(), errors.byRow());
      assertArrayEquals(alone.byOutput(), errors.byOutput());
    }
  }

  /// A term that counts how often rows are decoded, and knows no other way.
  private static final class Decodings implements ReconstructionTerm {
    private final ReconstructionTerm term = new SquaredError();
    private int count;

    @Override
    public Tensor errors(Decoding decoding, Tensor x) {
      return term.errors(decoding, x);
    }

    @Override
    public Tensor mean(Decoding decoding, Tensor x) {
      count++;
      return term.mean(decoding, x);
    }

    @Override
    public double squaredErrorFactor() {
      return term.squaredErrorFactor();
    }

    @Override
    public int outputTensors() {
      return term.outputTensors();
    }
  }

  @Test
  void areOfRowsThatAreDecodedOnceThoughTheyAreLookedAt() {
    Decodings decodings = new Decodings();
    Case counted = of("counted", decodings, "sigmoid", true);
    try (Scope _ = Scope.withoutGradients()) {
      Networks networks = networks(counted, Precision.FP32, GenePath.Choice.PLAIN);
      List<Integer> looks = new ArrayList<>();
      networks.squaredErrors(
          z(Precision.FP32), x(counted, Precision.FP32), (from, _, _) -> looks.add(from));
      assertEquals(List.of(0, 128), looks);
      assertEquals(looks.size(), decodings.count);
    }
  }

  private static void compare(
      double[] byRow, double[] byGene, ErrorSums actual, double tolerance, String what) {
    assertEquals(ROWS, actual.byRow().length);
    assertEquals(GENES, actual.byOutput().length);
    Golden.assertClose(byRow, actual.byRow(), tolerance, 0, what + ", rows");
    Golden.assertClose(byGene, actual.byOutput(), tolerance, 0, what + ", genes");
  }

  private static ErrorSums squaredErrors(Case c, Networks networks, Precision precision) {
    return networks.squaredErrors(z(precision), x(c, precision));
  }

  /// Networks in evaluation mode whose running statistics and learned variances are no longer the
  /// first ones.
  private static Networks networks(Case c, Precision precision, GenePath.Choice path) {
    LayerStyle style =
        new LayerStyle(Tensor::tanh, Normalization.BATCH, 0, c.output(), c.outputNorm(), false);
    NetworkShape shape = new NetworkShape(GENES, List.of(9), 3, style);
    NetworkParts parts = NetworkParts.of(new Vae(), c.term(), shape);
    Networks networks =
        new Networks(shape, parts, SmallNetworks.initializer(1), precision, Device.CPU, path);
    networks.use(Networks.Mode.TRAINING);
    networks.follow(z(precision), x(c, precision));
    networks.use(Networks.Mode.EVALUATION);
    c.term().logVariance().ifPresent(name -> networks.extra(name).fillInPlace(-1.5));
    return networks;
  }

  private static Tensor z(Precision precision) {
    return new SeededNoise(9, precision).normal("z", ROWS, 3);
  }

  private static Tensor x(Case c, Precision precision) {
    if (c.term().support() != ReconstructionTerm.Support.COUNTS) {
      return SmallNetworks.batch(precision, ROWS, GENES);
    }
    double[] counts =
        new SplittableRandom(3).ints((long) ROWS * GENES, 0, 40).asDoubleStream().toArray();
    return Tensor.of(precision.storage(), counts, ROWS, GENES);
  }
}
