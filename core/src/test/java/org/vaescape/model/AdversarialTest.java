package org.vaescape.model;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.vaescape.engine.DType;
import org.vaescape.engine.Precision;
import org.vaescape.engine.Scope;
import org.vaescape.engine.Tensor;

/// What models do that train against a discriminator.
class AdversarialTest {
  private static final Objective OBJECTIVE = new Objective(0.05, 0, false, 90);

  private static Batch batch() {
    return new Batch(
        SmallNetworks.batch(Precision.FP64, 9, 6), new SeededNoise(5, Precision.FP64), 0, true);
  }

  @Test
  void estimatesNoTotalCorrelationWithADiscriminatorOfZeros() {
    FactorVae model = (FactorVae) Models.CATALOGUE.member("factor-vae").create(Map.of());
    try (Scope _ = Scope.withoutGradients()) {
      Networks networks =
          SmallNetworks.withZeros(model, SmallNetworks.SHAPE, Precision.FP64, Extra.ADVERSARY);
      Terms terms = model.loss(batch(), networks, OBJECTIVE);
      assertEquals(
          0, Objects.requireNonNull(terms.parts().get("total_correlation")).item(), "correlation");
      assertEquals(
          new Vae().loss(batch(), networks, OBJECTIVE).loss().item(),
          terms.loss().item(),
          1e-15,
          "the loss is the VAE's");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"factor-vae", "aae"})
  void letsADiscriminatorOfZerosPayOneBitForNotKnowing(String name) {
    Adversarial model = (Adversarial) Models.CATALOGUE.member(name).create(Map.of());
    try (Scope _ = Scope.withoutGradients()) {
      Networks networks =
          SmallNetworks.withZeros(model, SmallNetworks.SHAPE, Precision.FP64, Extra.ADVERSARY);
      assertEquals(
          Math.log(2), model.adversaryLoss(batch(), networks, OBJECTIVE).item(), 1e-15, "nats");
    }
  }

  @Test
  void permutesEachUnitByItself() {
    try (Scope _ = Scope.withoutGradients()) {
      Tensor z = Tensor.of(DType.FLOAT64, new double[] {1, 10, 2, 20, 3, 30}, 3, 2);
      Tensor keys = Tensor.of(DType.FLOAT64, new double[] {3, 1, 1, 2, 2, 3}, 3, 2);
      assertArrayEquals(new double[] {2, 10, 3, 20, 1, 30}, z.columnsInOrderOf(keys).doubles());
    }
  }

  /// Of two units that are the same number, the total correlation is all that one knows of the
  /// other: a discriminator that learns finds it.
  @Test
  void learnsToTellDependentUnitsFromPermutedOnes() {
    Discriminator discriminator = new Discriminator(java.util.List.of(32));
    NetworkShape shape = new NetworkShape(4, java.util.List.of(), 2, false);
    NetworkParts parts =
        new NetworkParts(new SquaredError(), new Heads(2, 2, 2), discriminator.extras(2));
    try (Scope _ = Scope.open()) {
      Networks networks =
          new Networks(
              shape,
              parts,
              SmallNetworks.initializer(1),
              Precision.FP32,
              org.vaescape.engine.Device.CPU);
      double first = 0;
      double last = 0;
      for (int step = 0; step < 300; step++) {
        try (Scope _ = Scope.open()) {
          SeededNoise noise = new SeededNoise(step, Precision.FP32);
          Tensor one = noise.normal("one", 128, 1);
          Tensor z = Tensor.sideBySide(one, one);
          Tensor permuted = z.columnsInOrderOf(noise.normal("keys", 128, 2));
          Tensor loss = discriminator.loss(networks, z, permuted);
          last = loss.item();
          first = step == 0 ? last : first;
          loss.backward();
          try (Scope _ = Scope.withoutGradients()) {
            for (Tensor parameter : networks.opponent().values()) {
              parameter.plusInPlace(Objects.requireNonNull(parameter.gradient()), -0.5);
              parameter.clearGradient();
            }
          }
        }
      }
      assertTrue(first > 0.6 && last < 0.45, "loss from %s to %s".formatted(first, last));
    }
  }

  @Test
  void givesTheEncoderOfTheGaussianFormAKlAndTheOtherNone() {
    for (String encoder : Arrays.asList("gaussian", "deterministic")) {
      VaeModel model = Models.CATALOGUE.member("aae").create(Map.of("encoder", encoder));
      try (Scope _ = Scope.withoutGradients()) {
        Networks networks = SmallNetworks.of(model, SmallNetworks.SHAPE, Precision.FP64);
        Terms terms = model.loss(batch(), networks, OBJECTIVE);
        assertEquals(encoder.equals("gaussian"), terms.parts().containsKey(Terms.KL), encoder);
        assertEquals(encoder.equals("gaussian"), model.hasPosterior(), encoder);
      }
    }
  }
}
