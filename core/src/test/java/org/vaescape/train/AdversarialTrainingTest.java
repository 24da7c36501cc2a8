package org.vaescape.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.vaescape.engine.Device;
import org.vaescape.engine.Precision;
import org.vaescape.model.Extra;
import org.vaescape.model.Initialization;
import org.vaescape.model.LayerStyle;
import org.vaescape.model.Models;
import org.vaescape.model.SquaredError;
import org.vaescape.model.Weights;

/// Two sides that train against each other, each on its own parameters.
class AdversarialTrainingTest {
  private static final Seeds SEEDS = new Seeds(1, 2, 3, 4);

  /// A factor of the learning rate under which no 32-bit number moves.
  private static final double STANDSTILL = 1e-30;

  private static TrainingResult train(
      String model, Map<String, Object> settings, String optimizer, double rate, double clip) {
    return TrainerTest.train(
        new TrainingSettings(
            Models.CATALOGUE.member(model).create(settings),
            List.of(16),
            3,
            LayerStyle.STANDARD.withOutputNorm(false),
            Initialization.PYTORCH,
            Optimizers.CATALOGUE.member(optimizer).create(Map.of()),
            rate,
            new ConstantRate(),
            new SquaredError(),
            false,
            1e-4,
            new NoWarmUp(),
            0,
            200,
            false,
            Stopping.after(clip > 0 ? 1 : 4),
            clip > 0 ? OptionalDouble.of(clip) : OptionalDouble.empty(),
            Validation.SAMPLED,
            false,
            new Numerics(Precision.FP32, Device.CPU, 1),
            Optional.empty()),
        SEEDS);
  }

  private static TrainingResult train(String model, Map<String, Object> settings) {
    return train(model, settings, "adam", 1e-2, 0);
  }

  private static Weights weights(TrainingResult result) {
    return result.weights().orElseThrow();
  }

  private static boolean isOpponents(String name) {
    return name.startsWith(Extra.ADVERSARY);
  }

  /// At gamma 0 the discriminator has no say, and its steps must move nothing but itself: what
  /// remains is the VAE, to the last bit, running statistics included.
  @Test
  void leavesTheModelAloneInTheStepsOfTheOpponent() {
    Weights vae = weights(train("vae", Map.of()));
    Weights beside = weights(train("factor-vae", Map.of("gamma", 0.0)));
    vae.arrays()
        .forEach(
            (name, array) -> assertArrayEquals(array.values(), beside.array(name).values(), name));
    assertTrue(beside.arrays().keySet().stream().anyMatch(AdversarialTrainingTest::isOpponents));
  }

  @Test
  void leavesTheOpponentAloneInTheStepsOfTheModel() {
    Weights slow = weights(train("factor-vae", Map.of("discriminator-rate", STANDSTILL)));
    Weights other =
        weights(train("factor-vae", Map.of("discriminator-rate", STANDSTILL, "gamma", 1000.0)));
    int opponents = 0;
    for (Map.Entry<String, Weights.Array> named : slow.arrays().entrySet()) {
      if (isOpponents(named.getKey())) {
        assertArrayEquals(
            named.getValue().values(), other.array(named.getKey()).values(), named.getKey());
        opponents++;
      }
    }
    assertEquals(6, opponents, "weights and biases of three layers");
    assertNotEquals(
        slow.array("mu.weight").values()[0], other.array("mu.weight").values()[0], "mu");
  }

  @Test
  void teachesTheDiscriminatorToTellCodesFromThePrior() {
    TrainingResult result = train("aae", Map.of("reg-weight", 0.0));
    double first = result.curve().getFirst().getOrDefault("train_adversary_loss", Double.NaN);
    double last = result.curve().getLast().getOrDefault("train_adversary_loss", Double.NaN);
    assertTrue(last < first && last < Math.log(2), "from %s to %s".formatted(first, last));
  }

  @Test
  void holdsTheEncoderToThePriorWithAHighWeight() {
    double alone = train("aae", Map.of("reg-weight", 0.0)).metrics().getOrDefault("val_mse", -1.0);
    double held = train("aae", Map.of("reg-weight", 10.0)).metrics().getOrDefault("val_mse", -1.0);
    assertNotEquals(alone, held);
  }

  /// With plain gradient descent a step is as long as its rate times the clipped gradient.
  @Test
  void clipsTheGradientOfTheOpponentByItself() {
    double clip = 1e-3;
    Map<String, Object> standing = Map.of("discriminator-rate", STANDSTILL);
    Weights before = weights(train("aae", standing, "sgd", 0.5, clip));
    Weights after = weights(train("aae", Map.of("discriminator-rate", 4.0), "sgd", 0.5, clip));
    double squares = 0;
    for (Map.Entry<String, Weights.Array> named : before.arrays().entrySet()) {
      if (isOpponents(named.getKey())) {
        float[] now = after.array(named.getKey()).values();
        for (int i = 0; i < now.length; i++) {
          double moved = (double) now[i] - named.getValue().values()[i];
          squares += moved * moved;
        }
      }
    }
    assertEquals(4 * 0.5 * clip, Math.sqrt(squares), 0.01 * clip);
  }

  @Test
  void saysThatTheOpponentDiverged() {
    TrainingResult result = train("aae", Map.of(), "adam", 1e30, 0);
    Ending.Diverged ending = assertInstanceOf(Ending.Diverged.class, result.ending());
    assertEquals("loss of the opponent", ending.what());
    assertEquals(1, ending.epoch());
    assertEquals(1, ending.batch());
  }

  @Test
  void givesEqualBitsForEqualSeeds() {
    for (String model : List.of("factor-vae", "aae")) {
      TrainingResult one = train(model, Map.of());
      TrainingResult other = train(model, Map.of());
      assertEquals(TrainerTest.curve(one), TrainerTest.curve(other));
      weights(one)
          .arrays()
          .forEach((name, array) ->
              assertArrayEquals(array.values(), weights(other).array(name).values(), name));
    }
  }
}
