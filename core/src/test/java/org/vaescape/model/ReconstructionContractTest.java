package org.vaescape.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.vaescape.Golden;
import org.vaescape.engine.Device;
import org.vaescape.engine.Precision;
import org.vaescape.engine.Scope;
import org.vaescape.engine.Tensor;
import org.vaescape.search.HyperParameter;
import org.vaescape.search.Member;

/// What every reconstruction term of the catalogue must do; a new one is found by itself.
class ReconstructionContractTest {
  private static final NetworkShape SHAPE = SmallNetworks.SHAPE;
  private static final int ROWS = 7;

  static Stream<String> terms() {
    return Reconstructions.CATALOGUE.names().stream();
  }

  private static ReconstructionTerm term(String name) {
    return Reconstructions.CATALOGUE.member(name).create(Map.of());
  }

  private static Networks networks(ReconstructionTerm term, Precision precision) {
    return new Networks(
        SHAPE,
        NetworkParts.of(new Vae(), term, SHAPE),
        SmallNetworks.initializer(1),
        precision,
        Device.CPU);
  }

  /// Data that the term is made for.
  private static Tensor data(ReconstructionTerm term, Precision precision) {
    if (term.support() != ReconstructionTerm.Support.COUNTS) {
      return SmallNetworks.batch(precision, ROWS, SHAPE.genes());
    }
    SplittableRandom random = new SplittableRandom(3);
    double[] counts = new double[ROWS * SHAPE.genes()];
    Arrays.setAll(counts, i -> i % 3 == 0 ? 0 : random.nextInt(40));
    return Tensor.of(precision.storage(), counts, ROWS, SHAPE.genes());
  }

  private static Terms loss(ReconstructionTerm term, Networks networks, Precision precision) {
    return SmallNetworks.loss(
        new Vae(), data(term, precision), networks, new SeededNoise(5, precision), 0.1);
  }

  @ParameterizedTest
  @MethodSource("terms")
  void givesAFiniteLossInSinglePrecision(String name) {
    try (Scope _ = Scope.withoutGradients()) {
      Networks networks = networks(term(name), Precision.FP32);
      assertTrue(Double.isFinite(loss(term(name), networks, Precision.FP32).loss().item()));
    }
  }

  @ParameterizedTest
  @MethodSource("terms")
  void hasTheGradientOfItsLoss(String name) {
    ReconstructionTerm term = term(name);
    try (Scope _ = Scope.open()) {
      Networks networks = networks(term, Precision.FP64);
      loss(term, networks, Precision.FP64).loss().backward();
      networks
          .trained()
          .forEach((parameter, tensor) -> {
            Tensor gradient = tensor.gradient();
            double[] start = tensor.doubles();
            for (int entry = 0; entry < start.length; entry += 3) {
              double above = lossWith(term, networks, tensor, start, entry, 1e-5);
              double below = lossWith(term, networks, tensor, start, entry, -1e-5);
              Golden.assertClose(
                  (above - below) / 2e-5,
                  gradient == null ? 0 : gradient.doubles()[entry],
                  1e-5,
                  1e-7,
                  parameter + "[" + entry + "]");
            }
            lossWith(term, networks, tensor, start, 0, 0);
          });
    }
  }

  private static double lossWith(
      ReconstructionTerm term,
      Networks networks,
      Tensor parameter,
      double[] start,
      int entry,
      double step) {
    double[] moved = start.clone();
    moved[entry] += step;
    try (Scope _ = Scope.withoutGradients()) {
      parameter.copyInPlace(Tensor.of(Precision.FP64.storage(), moved, parameter.shape()));
      return loss(term, networks, Precision.FP64).loss().item();
    }
  }

  @ParameterizedTest
  @MethodSource("terms")
  void expectsWhatOutcomesCanCompareWithTheData(String name) {
    ReconstructionTerm term = term(name);
    try (Scope _ = Scope.withoutGradients()) {
      Networks networks = networks(term, Precision.FP64);
      Tensor x = data(term, Precision.FP64);
      Tensor mean = networks.reconstruct(networks.encode(x).mu(), x);
      assertEquals(ROWS, mean.size(0));
      assertEquals(SHAPE.genes(), mean.size(1));
      for (double value : mean.doubles()) {
        assertTrue(Double.isFinite(value) && value >= 0, name + " " + value);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("terms")
  void treatsSeveralSamplesOfARowAsRowsOfTheirOwn(String name) {
    ReconstructionTerm term = term(name);
    try (Scope _ = Scope.withoutGradients()) {
      Networks networks = networks(term, Precision.FP64);
      networks.use(Networks.Mode.EVALUATION);
      Tensor x = data(term, Precision.FP64);
      Tensor z = new SeededNoise(9, Precision.FP64).normal("z", 2L * ROWS, SHAPE.latent());
      double[] together = networks.reconstructionError(z, x).doubles();
      for (int row = 0; row < ROWS; row++) {
        Tensor own = x.rows(row, row + 1);
        for (int sample = 0; sample < 2; sample++) {
          int at = 2 * row + sample;
          double alone = networks.reconstructionError(z.rows(at, at + 1), own).item();
          Golden.assertClose(alone, together[at], 1e-12, 0, name);
        }
      }
    }
  }

  @ParameterizedTest
  @MethodSource("terms")
  void changesWithEverySetting(String name) {
    Member<ReconstructionTerm> member = Reconstructions.CATALOGUE.member(name);
    try (Scope _ = Scope.withoutGradients()) {
      List<Object> before = seen(term(name));
      for (HyperParameter setting : member.settings()) {
        for (Object value : setting.others()) {
          ReconstructionTerm other = member.create(Map.of(setting.name(), value));
          assertNotEquals(before, seen(other), setting.name());
        }
      }
    }
  }

  /// The loss, and what is trained: a variance that is learned starts at the default of a fixed
  /// one.
  private static List<Object> seen(ReconstructionTerm term) {
    Networks networks = networks(term, Precision.FP64);
    return List.of(
        loss(term, networks, Precision.FP64).loss().item(), networks.parameters().keySet());
  }

  @ParameterizedTest
  @MethodSource("terms")
  void refusesAnUnknownSettingByName(String name) {
    assertThrows(
        IllegalArgumentException.class,
        () -> Reconstructions.CATALOGUE.member(name).create(Map.of("nothing-of-ours", 1L)));
  }
}
