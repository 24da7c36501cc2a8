package org.vaescape.train;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.SequencedMap;
import org.junit.jupiter.api.Test;
import org.vaescape.data.PreparedData;
import org.vaescape.engine.Device;
import org.vaescape.engine.Precision;
import org.vaescape.model.Initialization;
import org.vaescape.model.LayerStyle;
import org.vaescape.model.Models;
import org.vaescape.model.SquaredError;

/// What validation shows, told from other ways to look at the same network.
class ValidationTest {
  private static final Numerics FP64 = new Numerics(Precision.FP64, Device.CPU, 1);
  private static final int BATCH = 50;
  private static final int REST = 20;

  /// The training part is two batches, so that only validation has a rest.
  private static final PreparedData DATA = TestData.lowRank(2 * BATCH, BATCH + REST, 30, 3, 5);

  private static final double WEIGHT = TrainingSettings.batchOverN(BATCH, 2 * BATCH);

  private static TrainingSettings settings(boolean dropLast, double weight, Validation validation) {
    return new TrainingSettings(
        Models.CATALOGUE.member("vae").create(Map.of()),
        List.of(16),
        3,
        LayerStyle.STANDARD.withOutputNorm(false),
        Initialization.PYTORCH,
        Optimizers.CATALOGUE.member("adam").create(Map.of()),
        1e-3,
        new ConstantRate(),
        new SquaredError(),
        false,
        weight,
        new NoWarmUp(),
        0,
        BATCH,
        dropLast,
        Stopping.after(1),
        OptionalDouble.empty(),
        validation,
        false,
        FP64,
        Optional.empty());
  }

  private static SequencedMap<String, Double> epoch(TrainingSettings settings) {
    try (TrainingData data = TrainingData.of(DATA, FP64)) {
      return Trainer.train(settings, data, new Seeds(1, 2, 3, 4), TrainingMonitor.NONE)
          .curve()
          .getFirst();
    }
  }

  private static double of(SequencedMap<String, Double> epoch, String term) {
    return epoch.getOrDefault(term, Double.NaN);
  }

  @Test
  void countsBatchesAlikeAsTheCodeOfEltagerDoes() {
    Validation eltager = new Validation(false, true, true);
    SequencedMap<String, Double> first = epoch(settings(true, WEIGHT, Validation.SAMPLED));
    SequencedMap<String, Double> all = epoch(settings(false, WEIGHT, Validation.SAMPLED));
    for (boolean dropLast : new boolean[] {false, true}) {
      SequencedMap<String, Double> alike = epoch(settings(dropLast, WEIGHT, eltager));
      for (String term : List.of("val_reconstruction", "val_kl")) {
        double rest = ((BATCH + REST) * of(all, term) - BATCH * of(first, term)) / REST;
        assertEquals((of(first, term) + rest) / 2, of(alike, term), 1e-12, term);
      }
      assertEquals(
          of(alike, "val_reconstruction") + of(alike, "val_kl") * BATCH / (BATCH + REST),
          of(alike, "val_loss"),
          1e-12);
      assertEquals(of(all, "train_loss"), of(alike, "train_loss"), "training does not know");
    }
  }

  @Test
  void aWeightThatIsANumberStaysThatNumber() {
    SequencedMap<String, Double> alike =
        epoch(settings(true, 0.3, new Validation(false, true, false)));
    assertEquals(
        of(alike, "val_reconstruction") + of(alike, "val_kl") * 0.3, of(alike, "val_loss"), 1e-12);
  }
}
