package org.vaescape.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.SequencedMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.vaescape.data.PreparedData;
import org.vaescape.engine.Device;
import org.vaescape.engine.NativeMemory;
import org.vaescape.engine.Precision;
import org.vaescape.model.Initialization;
import org.vaescape.model.LayerStyle;
import org.vaescape.model.Models;
import org.vaescape.model.SquaredError;
import org.vaescape.model.VaeModel;

class TrainerTest {
  private static final Numerics FP32 = new Numerics(Precision.FP32, Device.CPU, 1);
  private static final Seeds SEEDS = new Seeds(1, 2, 3, 4);
  private static final PreparedData DATA = TestData.lowRank(200, 40, 60, 3, 5);

  static TrainingSettings settings(String model, double rate, int epochs, StopRule stop) {
    return settings(Models.CATALOGUE.member(model).create(Map.of()), rate, epochs, stop);
  }

  private static TrainingSettings settings(VaeModel model, double rate, int epochs, StopRule stop) {
    return settings(model, rate, Stopping.by(stop, epochs));
  }

  static TrainingSettings settings(VaeModel model, double rate, Stopping stopping) {
    Optimizer adam = Optimizers.CATALOGUE.member("adam").create(Map.of());
    return settings(model, adam, rate, new ConstantRate(), stopping);
  }

  static TrainingSettings settings(
      VaeModel model, Optimizer optimizer, double rate, Scheduler scheduler, Stopping stopping) {
    return settings(model, List.of(32), optimizer, rate, scheduler, stopping);
  }

  private static TrainingSettings settings(
      VaeModel model,
      List<Integer> hidden,
      Optimizer optimizer,
      double rate,
      Scheduler scheduler,
      Stopping stopping) {
    return new TrainingSettings(
        model,
        hidden,
        4,
        LayerStyle.STANDARD.withOutputNorm(false),
        Initialization.PYTORCH,
        optimizer,
        rate,
        scheduler,
        new SquaredError(),
        false,
        1e-4,
        new NoWarmUp(),
        0,
        50,
        false,
        stopping,
        OptionalDouble.empty(),
        Validation.SAMPLED,
        false,
        FP32,
        Optional.empty());
  }

  static TrainingResult train(TrainingSettings settings, Seeds seeds) {
    try (TrainingData data = TrainingData.of(DATA, FP32)) {
      return Trainer.train(settings, data, seeds, TrainingMonitor.NONE);
    }
  }

  /// A pass over the data before it would make every study start later by it.
  @Test
  void takesItsFirstStepBeforeAnythingIsMeasured() {
    List<String> asked = new ArrayList<>();
    Randomness seeded = Randomness.of(SEEDS, FP32);
    Randomness told =
        (Randomness)
            Proxy.newProxyInstance(
                Randomness.class.getClassLoader(),
                new Class<?>[] {Randomness.class},
                (_, method, arguments) -> {
                  asked.add(method.getName());
                  return method.invoke(seeded, arguments);
                });
    try (TrainingData data = TrainingData.of(DATA, FP32)) {
      Trainer.train(settings("vae", 1e-3, 1, new NoStop()), data, told, TrainingMonitor.NONE);
    }
    assertEquals(List.of("initializer", "order", "step"), asked.subList(0, 3));
    assertTrue(asked.contains("recalibration"), asked.toString());
  }

  private static List<List<Double>> numbers(TrainingResult result) {
    List<List<Double>> rows = curve(result);
    rows.add(List.copyOf(result.metrics().values()));
    return rows;
  }

  /// Every term of every epoch but the seconds.
  static List<List<Double>> curve(TrainingResult result) {
    List<List<Double>> rows = new ArrayList<>();
    for (SequencedMap<String, Double> row : result.curve()) {
      rows.add(
          row.entrySet().stream()
              .filter(term -> !term.getKey().equals("seconds"))
              .map(Map.Entry::getValue)
              .toList());
    }
    return rows;
  }

  static List<String> models() {
    return Models.CATALOGUE.names();
  }

  @ParameterizedTest
  @MethodSource("models")
  void learnsWhatCanBeLearned(String model) {
    TrainingResult result = train(settings(model, 1e-2, 60, new NoStop()), SEEDS);
    assertEquals(new Ending.MaxEpochs(), result.ending());
    assertEquals(Optional.of(Verdict.LEARNED), result.verdict());
    double explained = result.metrics().getOrDefault("val_r2", Double.NaN);
    assertTrue(explained > 0.5, model + " explains only " + explained);
  }

  @Test
  void callsANetworkUntrainedThatBarelyMoved() {
    TrainingResult result = train(settings("vae", 1e-9, 3, new NoStop()), SEEDS);
    assertEquals(Optional.of(Verdict.UNTRAINED), result.verdict());
  }

  @Test
  void givesEqualBitsForEqualSeedsAlsoBesideOtherTrials() throws Exception {
    TrainingSettings settings = settings("iwae", 1e-3, 4, new NoStop());
    List<List<Double>> alone = numbers(train(settings, SEEDS));
    try (ExecutorService pool = Executors.newFixedThreadPool(3)) {
      List<Future<TrainingResult>> beside = new ArrayList<>();
      for (int i = 0; i < 6; i++) {
        beside.add(pool.submit(() -> train(settings, SEEDS)));
      }
      for (Future<TrainingResult> result : beside) {
        assertEquals(alone, numbers(result.get()));
      }
    }
  }

  @Test
  void everySeedMovesTheResult() {
    TrainingSettings settings = settings("vae", 1e-3, 2, new NoStop());
    List<List<Double>> base = numbers(train(settings, SEEDS));
    assertNotEquals(base, numbers(train(settings, new Seeds(9, 2, 3, 4))));
    assertNotEquals(base, numbers(train(settings, new Seeds(1, 9, 3, 4))));
    assertNotEquals(base, numbers(train(settings, new Seeds(1, 2, 9, 4))));
    TrainingResult otherValidation = train(settings, new Seeds(1, 2, 3, 9));
    assertNotEquals(base, numbers(otherValidation));
    assertArrayEquals(
        train(settings, SEEDS).weights().orElseThrow().array("mu.weight").values(),
        otherValidation.weights().orElseThrow().array("mu.weight").values(),
        "noise of validation must not move training");
  }

  @Test
  void endsAsDivergedWithThePlaceWhenTheLossIsNotFinite() {
    TrainingSettings wild = settings("vae", 1e30, 5, new NoStop());
    TrainingResult result = train(wild, SEEDS);
    Ending.Diverged diverged = assertInstanceOf(Ending.Diverged.class, result.ending());
    assertEquals(1, diverged.epoch());
    assertTrue(diverged.batch() >= 2, "the first batch sees the first weights");
    assertTrue(Double.isFinite(diverged.lastFiniteLoss()));
    assertEquals(Optional.empty(), result.verdict());
    assertEquals(Optional.empty(), result.weights());
  }

  /// A reconstruction that weighs 1e25 has gradients whose elements are finite and whose squares
  /// overflow 32 bits. PyTorch goes on there, so it is no divergence.
  @Test
  void goesOnWhenOnlyTheNormOfTheGradientOverflows() {
    VaeModel heavy = Models.CATALOGUE.member("infovae").create(Map.of("beta", 1e25));
    TrainingResult result = train(settings(heavy, 1e-3, 3, new NoStop()), SEEDS);
    assertEquals(new Ending.MaxEpochs(), result.ending());
    assertEquals(Double.POSITIVE_INFINITY, result.curve().getFirst().get("train_gradient_norm"));
  }

  @Test
  void stopsWhereTheRuleSays() {
    StopRule rule = new RelativeChange(0.5, 3);
    TrainingResult result = train(settings("vae", 1e-3, 100, rule), SEEDS);
    assertEquals(new Ending.Converged(), result.ending());
    assertEquals(OptionalInt.of(result.epochs()), rule.firstStop(losses(result)));
    assertEquals(result.epochs(), result.curve().size());
  }

  static List<ValidationLosses> losses(TrainingResult result) {
    return result.curve().stream()
        .map(row ->
            new ValidationLosses(
                row.getOrDefault("val_loss", Double.NaN),
                row.getOrDefault("val_reconstruction", Double.NaN)))
        .toList();
  }

  @Test
  void endsInTimeAndWhenAskedTo() {
    TrainingSettings forever = settings("vae", 1e-3, 1_000_000, new NoStop());
    TrainingSettings limited =
        new TrainingSettings(
            forever.model(),
            forever.hidden(),
            forever.latent(),
            forever.style(),
            forever.initialization(),
            forever.optimizer(),
            forever.learningRate(),
            forever.scheduler(),
            forever.reconstruction(),
            forever.inNats(),
            forever.klWeight(),
            forever.warmUp(),
            forever.freeBits(),
            forever.batch(),
            forever.dropLast(),
            forever.stopping(),
            forever.clip(),
            forever.validation(),
            forever.sampledClusters(),
            forever.numerics(),
            Optional.of(Duration.ofMillis(300)));
    assertInstanceOf(Ending.TimedOut.class, train(limited, SEEDS).ending());
    TrainingMonitor impatient = cancellingAt(2);
    try (TrainingData data = TrainingData.of(DATA, FP32)) {
      TrainingResult result = Trainer.train(forever, data, SEEDS, impatient);
      assertEquals(new Ending.Interrupted(), result.ending());
      assertEquals(2, result.curve().size());
    }
  }

  @Test
  void freesEveryNativeByteOverEpochsAndTrials() {
    PreparedData wide = TestData.lowRank(100, 20, 1500, 3, 5);
    long before = NativeMemory.leastLiveBytesAfter(() -> trainTwice(wide));
    long left = NativeMemory.leastLiveBytesAfter(() -> trainTwice(wide)) - before;
    // Losing an output of each step would leave 180 MB, a weight of each trial 8 MB. Outcomes,
    // which
    // take most of the time, look at thousands of outputs: so the layer is wide, not the data.
    assertTrue(left < 6_000_000, left + " bytes are left of 10 trials");
  }

  /// Cancels when this epoch is over.
  static TrainingMonitor cancellingAt(int epoch) {
    return new TrainingMonitor() {
      private int last;

      @Override
      public void epoch(int number, SequencedMap<String, Double> terms) {
        last = number;
      }

      @Override
      public boolean cancelled() {
        return last == epoch;
      }
    };
  }

  private static void trainTwice(PreparedData prepared) {
    for (int epochs : List.of(1, 11)) {
      try (TrainingData data = TrainingData.of(prepared, FP32)) {
        TrainingSettings settings =
            settings(
                Models.CATALOGUE.member("iwae").create(Map.of()),
                List.of(128),
                Optimizers.CATALOGUE.member("adam").create(Map.of()),
                1e-3,
                new ConstantRate(),
                new Stopping(new NoStop(), epochs, Stopping.Restore.BEST, 2));
        assertEquals(
            new Ending.MaxEpochs(),
            Trainer.train(settings, data, SEEDS, TrainingMonitor.NONE).ending());
      }
    }
  }
}
