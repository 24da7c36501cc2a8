package org.vaescape.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.SequencedMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.vaescape.data.PreparedData;
import org.vaescape.engine.Device;
import org.vaescape.engine.Precision;
import org.vaescape.model.Initialization;
import org.vaescape.model.LayerStyle;
import org.vaescape.model.Models;
import org.vaescape.model.ReconstructionTerm;
import org.vaescape.model.Reconstructions;
import org.vaescape.model.SquaredError;
import org.vaescape.model.Weights;
import org.vaescape.search.Member;

/// Weight of the KL, warm-up, free bits and the unit of the loss, through whole training runs:
/// against closed forms, and against other runs that must be the same.
class ObjectiveTrainingTest {
  private static final Numerics FP64 = new Numerics(Precision.FP64, Device.CPU, 1);
  private static final int EPOCHS = 6;
  private static final int LATENT = 3;

  /// A power of two, which rounds nothing that it is a factor of.
  private static final int GENES = 64;

  private static final double WEIGHT = 0.25;
  private static final double RATE = 0.25;
  private static final WarmUp NONE = new NoWarmUp();
  private static final ReconstructionTerm SQUARED = new SquaredError();
  private static final PreparedData DATA = TestData.lowRank(80, 30, GENES, 3, 5);

  /// Steps of plain gradient descent, which scale as the loss does.
  private static TrainingResult train(
      ReconstructionTerm term,
      boolean inNats,
      double weight,
      WarmUp warmUp,
      double freeBits,
      double rate) {
    TrainingSettings settings =
        new TrainingSettings(
            Models.CATALOGUE.member("vae").create(Map.of()),
            List.of(16),
            LATENT,
            LayerStyle.STANDARD.withOutputNorm(false),
            Initialization.PYTORCH,
            Optimizers.CATALOGUE.member("sgd").create(Map.of()),
            rate,
            new ConstantRate(),
            term,
            inNats,
            weight,
            warmUp,
            freeBits,
            20,
            false,
            Stopping.after(EPOCHS),
            OptionalDouble.empty(),
            Validation.SAMPLED,
            false,
            FP64,
            Optional.empty());
    try (TrainingData data = TrainingData.of(DATA, FP64)) {
      return Trainer.train(settings, data, new Seeds(1, 2, 3, 4), TrainingMonitor.NONE);
    }
  }

  private static TrainingResult train(double weight, WarmUp warmUp, double freeBits) {
    return train(SQUARED, false, weight, warmUp, freeBits, RATE);
  }

  private static double of(Map<String, Double> row, String term) {
    return row.getOrDefault(term, Double.NaN);
  }

  /// A row without seconds and some terms.
  private static Map<String, Double> without(SequencedMap<String, Double> row, String... terms) {
    Map<String, Double> rest = new LinkedHashMap<>(row);
    rest.keySet().removeAll(List.of(terms));
    rest.remove("seconds");
    return rest;
  }

  static Stream<Member<WarmUp>> warmUps() {
    return WarmUps.CATALOGUE.members().stream();
  }

  /// Each epoch at its share of the weight; validation at the full one, so that curves compare.
  @ParameterizedTest
  @MethodSource("warmUps")
  void weighsTheKlOfEachEpochByItsShare(Member<WarmUp> member) {
    WarmUp warmUp = member.create(Map.of());
    List<SequencedMap<String, Double>> curve = train(WEIGHT, warmUp, 0).curve();
    for (int epoch = 0; epoch < EPOCHS; epoch++) {
      SequencedMap<String, Double> row = curve.get(epoch);
      assertTrue(of(row, "train_kl") > 1e-3 && of(row, "val_kl") > 1e-3, row.toString());
      double weight = warmUp.share(epoch, EPOCHS) * WEIGHT;
      assertEquals(
          of(row, "train_reconstruction") + weight * of(row, "train_kl"),
          of(row, "train_loss"),
          1e-13);
      assertEquals(
          of(row, "val_reconstruction") + WEIGHT * of(row, "val_kl"), of(row, "val_loss"), 1e-13);
    }
  }

  /// The first epoch is one of a run that has that epoch's weight throughout, to the last bit: with
  /// `linear` one without any KL. Only the validation loss is at the full weight.
  @ParameterizedTest
  @MethodSource("warmUps")
  void theFirstEpochIsThatOfARunAtItsWeight(Member<WarmUp> member) {
    WarmUp warmUp = member.create(Map.of());
    double share = warmUp.share(0, EPOCHS);
    List<SequencedMap<String, Double>> warming = train(WEIGHT, warmUp, 0).curve();
    List<SequencedMap<String, Double>> constant = train(share * WEIGHT, NONE, 0).curve();
    assertEquals(without(constant.getFirst(), "val_loss"), without(warming.getFirst(), "val_loss"));
    assertEquals(member.name().equals("none") ? 1 : 0, share);
    assertEquals(share == 1, of(constant.getLast(), "val_kl") == of(warming.getLast(), "val_kl"));
  }

  /// More free bits than any unit has nats: each unit costs so much whatever it does, and the
  /// network trains as without a KL, to the last bit.
  @Test
  void unitsBelowTheirFreeBitsAreFree() {
    double bits = 1000;
    List<SequencedMap<String, Double>> free = train(WEIGHT, NONE, bits).curve();
    List<SequencedMap<String, Double>> none = train(0, NONE, 0).curve();
    for (int epoch = 0; epoch < EPOCHS; epoch++) {
      SequencedMap<String, Double> row = free.get(epoch);
      assertEquals(
          without(none.get(epoch), "train_loss", "val_loss"),
          without(row, "train_loss", "val_loss"));
      for (String part : List.of("train_", "val_")) {
        assertEquals(
            of(row, part + "reconstruction") + WEIGHT * LATENT * bits,
            of(row, part + "loss"),
            1e-9);
      }
    }
  }

  /// Fewer than any unit has change nothing but the order of a sum.
  @Test
  void freeBitsThatEveryUnitExceedsChangeNothing() {
    List<SequencedMap<String, Double>> free = train(WEIGHT, NONE, 1e-300).curve();
    List<SequencedMap<String, Double>> none = train(WEIGHT, NONE, 0).curve();
    for (int epoch = 0; epoch < EPOCHS; epoch++) {
      SequencedMap<String, Double> row = free.get(epoch);
      without(none.get(epoch))
          .forEach((term, value) ->
              assertEquals(value, of(row, term), 1e-11 * Math.max(1, Math.abs(value)), term));
    }
  }

  static Stream<Member<ReconstructionTerm>> terms() {
    return Reconstructions.CATALOGUE.members().stream();
  }

  /// Sums over genes with a weight are means over genes with that weight over the genes: the same
  /// steps at a rate that much smaller, and losses that much larger, to the last bit.
  @ParameterizedTest
  @MethodSource("terms")
  void natsAreMeansTimesGenes(Member<ReconstructionTerm> member) {
    ReconstructionTerm term = member.create(Map.of());
    TrainingResult nats = train(term, true, WEIGHT, NONE, 0, RATE / GENES);
    TrainingResult means = train(term, false, WEIGHT / GENES, NONE, 0, RATE);
    assertEquals(EPOCHS, nats.curve().size());
    for (int epoch = 0; epoch < EPOCHS; epoch++) {
      SequencedMap<String, Double> ofNats = nats.curve().get(epoch);
      without(means.curve().get(epoch), "learning_rate")
          .forEach((name, value) -> {
            boolean scales = !name.endsWith("_kl") && !name.endsWith("relative_update");
            assertEquals(scales ? GENES * value : value, of(ofNats, name), name);
          });
    }
    assertSameWeights(means, nats);
  }

  private static void assertSameWeights(TrainingResult expected, TrainingResult actual) {
    Map<String, Weights.Array> all = expected.weights().orElseThrow().arrays();
    all.forEach((name, array) ->
        assertArrayEquals(
            array.values(), actual.weights().orElseThrow().array(name).values(), name));
  }

  /// A Gaussian of variance v in nats is the squared error with a KL of weight 2 v / genes, times
  /// genes / (2 v), and genes / 2 x log(2 pi v) above it.
  @ParameterizedTest
  @ValueSource(doubles = {0.5, 0.125, 0.3})
  void theEvidenceBoundOfAGaussianIsAWeightedSquaredError(double variance) {
    ReconstructionTerm gaussian =
        Reconstructions.CATALOGUE.member("gaussian").create(Map.of("variance", variance));
    double scale = GENES / (2 * variance);
    TrainingResult bound = train(gaussian, true, 1, NONE, 0, RATE / scale);
    TrainingResult error = train(SQUARED, false, 1 / scale, NONE, 0, RATE);
    double constant = GENES / 2.0 * Math.log(2 * Math.PI * variance);
    for (int epoch = 0; epoch < EPOCHS; epoch++) {
      SequencedMap<String, Double> expected = error.curve().get(epoch);
      SequencedMap<String, Double> row = bound.curve().get(epoch);
      for (String part : List.of("train_", "val_")) {
        for (String term : List.of("loss", "reconstruction")) {
          assertEquals(
              scale * of(expected, part + term) + constant, of(row, part + term), 1e-9, term);
        }
        assertEquals(of(expected, part + "kl"), of(row, part + "kl"), 1e-10);
      }
    }
  }
}
