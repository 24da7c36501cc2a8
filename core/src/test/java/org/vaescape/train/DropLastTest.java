package org.vaescape.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.vaescape.data.Part;
import org.vaescape.data.PreparedData;
import org.vaescape.engine.Device;
import org.vaescape.engine.Precision;
import org.vaescape.engine.Tensor;
import org.vaescape.model.Initialization;
import org.vaescape.model.LayerStyle;
import org.vaescape.model.Models;
import org.vaescape.model.Normalization;
import org.vaescape.model.SquaredError;

/// How many steps an epoch has, and how its batches weigh in the means of its terms: told in closed
/// form, of a network that stands still.
class DropLastTest {
  private static final Numerics FP64 = new Numerics(Precision.FP64, Device.CPU, 1);

  /// So small that no weight moves.
  private static final double RATE = 1e-30;

  /// Each sample by itself: its error does not depend on the batch it is in.
  private static final LayerStyle PLAIN =
      new LayerStyle(Tensor::relu, Normalization.NONE, 0, Tensor::sigmoid, false, false);

  private static final int TRAINING = 100;
  private static final int VALIDATION = 70;
  private static final int BATCH = 30;
  private static final PreparedData DATA = TestData.lowRank(TRAINING, VALIDATION, 20, 3, 5);

  private static TrainingResult train(
      PreparedData prepared, LayerStyle style, int batch, boolean dropLast) {
    TrainingSettings settings =
        new TrainingSettings(
            Models.CATALOGUE.member("ae").create(Map.of()),
            List.of(8),
            2,
            style,
            Initialization.PYTORCH,
            Optimizers.CATALOGUE.member("sgd").create(Map.of()),
            RATE,
            new ConstantRate(),
            new SquaredError(),
            false,
            0,
            new NoWarmUp(),
            0,
            batch,
            dropLast,
            Stopping.after(1),
            OptionalDouble.empty(),
            Validation.SAMPLED,
            false,
            FP64,
            Optional.empty());
    try (TrainingData data = TrainingData.of(prepared, FP64)) {
      return Trainer.train(settings, data, new Seeds(1, 2, 3, 4), TrainingMonitor.NONE);
    }
  }

  private static double term(TrainingResult result, String name) {
    return result.curve().getFirst().getOrDefault(name, Double.NaN);
  }

  private static double term(String name, int batch, boolean dropLast) {
    return term(train(DATA, PLAIN, batch, dropLast), name);
  }

  /// @param rest samples of the last batch, 0 where all are complete
  @ParameterizedTest
  @CsvSource({
    "100, 50, 2, 0",
    "100, 60, 1, 40",
    "100, 33, 3, 1",
    "100, 99, 1, 1",
    "100, 100, 1, 0",
    "100, 7, 14, 2",
    "7, 2, 3, 1"
  })
  void countsTheStepsOfAnEpoch(int samples, int batch, int complete, int rest) {
    PreparedData data = TestData.lowRank(samples, 5, 20, 3, 5);
    int all = complete + (rest > 0 ? 1 : 0);
    assertEquals(complete, steps(train(data, PLAIN, batch, true)));
    assertEquals(all, steps(train(data, PLAIN, batch, false)));
    assertEquals(complete, steps(train(data, LayerStyle.STANDARD, batch, true)));
    // Of one sample batch normalisation has no variance.
    int alone = rest == 1 ? 1 : 0;
    assertEquals(all - alone, steps(train(data, LayerStyle.STANDARD, batch, false)));
  }

  /// The budget is the sum of the rates of all steps.
  private static double steps(TrainingResult result) {
    double budget = result.metrics().getOrDefault("learning_rate_budget", Double.NaN);
    return Math.rint(1e6 * budget / RATE) / 1e6;
  }

  /// The loss of an epoch is the mean over its steps, so that a sample of a smaller batch counts
  /// for more; without that batch its samples count for nothing.
  @Test
  void aTrainingLossIsTheMeanOverSteps() {
    int complete = TRAINING / BATCH;
    int rest = TRAINING % BATCH;
    for (String term : List.of("train_loss", "train_reconstruction")) {
      double together = term(term, TRAINING, false);
      double dropped = term(term, BATCH, true);
      double kept = term(term, BATCH, false);
      double ofRest = (TRAINING * together - complete * BATCH * dropped) / rest;
      assertEquals((complete * dropped + ofRest) / (complete + 1), kept, 1e-14);
      assertNotEquals(together, kept, 1e-6, "the rest is like the others: nothing is told");
      assertNotEquals(dropped, kept, 1e-6);
    }
  }

  /// The loss of validation is the mean over samples: of all, or of those in complete batches.
  @Test
  void aValidationLossIsTheMeanOverSamples() {
    int genes = DATA.genes().size();
    int complete = VALIDATION / BATCH * BATCH;
    Part held = DATA.validation();
    Part first =
        new Part(
            held.samples().subList(0, complete),
            held.patients().subList(0, complete),
            List.of(),
            genes,
            Arrays.copyOf(held.values(), complete * genes));
    double together = term("val_loss", TRAINING, false);
    double dropped = term("val_loss", BATCH, true);
    assertEquals(together, term("val_loss", BATCH, false), 1e-14);
    assertEquals(
        term(train(TestData.withValidation(DATA, first), PLAIN, TRAINING, false), "val_loss"),
        dropped,
        1e-14);
    assertNotEquals(together, dropped, 1e-6);
    assertEquals(together, term("val_loss", VALIDATION + 1, true), 1e-14, "never left out whole");
  }
}
