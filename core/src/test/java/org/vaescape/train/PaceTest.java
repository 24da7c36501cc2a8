package org.vaescape.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.vaescape.data.PreparedData;
import org.vaescape.engine.Device;
import org.vaescape.engine.Precision;
import org.vaescape.model.Models;
import org.vaescape.model.VaeModel;
import org.vaescape.search.Member;

/// A training run goes at the pace that its scheduler sets, with what its optimizer hands back.
class PaceTest {
  private static final Numerics FP32 = new Numerics(Precision.FP32, Device.CPU, 1);
  private static final Seeds SEEDS = new Seeds(1, 2, 3, 4);
  private static final PreparedData DATA = TestData.lowRank(100, 40, 30, 3, 5);

  private static TrainingResult train(TrainingSettings settings) {
    try (TrainingData data = TrainingData.of(DATA, FP32)) {
      return Trainer.train(settings, data, SEEDS, TrainingMonitor.NONE);
    }
  }

  private static TrainingSettings with(Optimizer optimizer, Scheduler scheduler, int epochs) {
    VaeModel vae = Models.CATALOGUE.member("vae").create(Map.of());
    return TrainerTest.settings(vae, optimizer, 1e-2, scheduler, Stopping.after(epochs));
  }

  private static List<Double> column(TrainingResult result, String name) {
    return result.curve().stream().map(row -> row.getOrDefault(name, Double.NaN)).toList();
  }

  @ParameterizedTest
  @ValueSource(strings = {"exponential", "step", "cosine", "warmup-cosine", "one-cycle", "plateau"})
  void trainsAtThePaceOfTheScheduler(String name) {
    Map<String, Object> settings =
        switch (name) {
          case "step" -> Map.of("step-size", 3L);
          case "plateau" -> Map.of("patience", 0L, "threshold", 0.2);
          default -> Map.of();
        };
    Scheduler scheduler = Schedulers.CATALOGUE.member(name).create(settings);
    Optimizer adam = Optimizers.CATALOGUE.member("adam").create(Map.of());
    TrainingResult result = train(with(adam, scheduler, 8));
    List<Double> loss = column(result, "val_loss");
    List<Double> reconstruction = column(result, "val_reconstruction");
    List<ValidationLosses> losses = new ArrayList<>();
    for (int epoch = 0; epoch < 8; epoch++) {
      losses.add(new ValidationLosses(loss.get(epoch), reconstruction.get(epoch)));
    }
    List<Double> rates = column(result, "learning_rate");
    for (int epoch = 0; epoch < 8; epoch++) {
      assertEquals(scheduler.rate(1e-2, epoch, 8, losses.subList(0, epoch)), rates.get(epoch));
      assertEquals(
          scheduler.momentum(epoch, 8).orElse(Double.NaN), column(result, "momentum").get(epoch));
    }
    assertTrue(rates.stream().distinct().count() > 1, rates.toString());
    TrainingResult constant = train(with(adam, new ConstantRate(), 8));
    assertNotEquals(column(constant, "train_loss"), column(result, "train_loss"));
  }

  /// The cycle's momentum takes the place of one that is 0, and of beta1.
  @ParameterizedTest
  @ValueSource(strings = {"sgd", "rmsprop", "adam", "lion"})
  void cyclesMomentum(String name) {
    Optimizer optimizer = Optimizers.CATALOGUE.member(name).create(Map.of());
    Member<Scheduler> oneCycle = Schedulers.CATALOGUE.member("one-cycle");
    TrainingResult moving = train(with(optimizer, oneCycle.create(Map.of()), 4));
    TrainingResult still =
        train(with(optimizer, oneCycle.create(Map.of("cycle-momentum", false)), 4));
    assertNotEquals(column(still, "train_loss"), column(moving, "train_loss"));
  }

  @Test
  void looksAtTheAverageOfAsgdWithoutMovingTheTraining() {
    Member<Optimizer> asgd = Optimizers.CATALOGUE.member("asgd");
    Scheduler constant = new ConstantRate();
    TrainingResult last = train(with(asgd.create(Map.of()), constant, 4));
    TrainingResult average = train(with(asgd.create(Map.of("t0", 0L)), constant, 4));
    assertEquals(column(last, "train_loss"), column(average, "train_loss"));
    assertNotEquals(column(last, "val_loss"), column(average, "val_loss"));
    assertNotEquals(last.metrics().get("val_mse"), average.metrics().get("val_mse"));
    assertFalse(
        Arrays.equals(
            last.weights().orElseThrow().array("mu.weight").values(),
            average.weights().orElseThrow().array("mu.weight").values()));
  }
}
