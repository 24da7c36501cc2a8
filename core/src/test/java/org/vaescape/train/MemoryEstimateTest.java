package org.vaescape.train;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.vaescape.data.PreparedData;
import org.vaescape.engine.Device;
import org.vaescape.engine.NativeMemory;
import org.vaescape.engine.Precision;
import org.vaescape.model.Activations;
import org.vaescape.model.Initialization;
import org.vaescape.model.LayerStyle;
import org.vaescape.model.Models;
import org.vaescape.model.Normalizations;
import org.vaescape.model.Outputs;
import org.vaescape.model.SquaredError;

class MemoryEstimateTest {
  private static final Numerics FP32 = new Numerics(Precision.FP32, Device.CPU, 1);

  @ParameterizedTest
  @CsvSource({
    "vae, adam, 500, 4000, 50",
    "vae, sgd, 500, 4000, 200",
    "iwae, rmsprop, 200, 4000, 50",
    "infovae, adam, 1000, 2000, 200",
    "logcosh-vae, adam, 500, 4000, 50",
    "factor-vae, adam, 1000, 500, 50",
    "vamp-vae, sgd, 500, 500, 100",
    "cat-vae, adam, 500, 500, 100",
    "vq-vae, sgd, 500, 500, 20",
    "beta-vae, adam, 500, 4000, 50",
    "capacity-vae, adam, 500, 4000, 50",
    "beta-tcvae, adam, 500, 2000, 50",
    "dip-vae, adam, 500, 4000, 50",
    "miwae, adam, 100, 4000, 50",
    "ciwae, adam, 200, 4000, 50",
    "piwae, adam, 100, 4000, 50",
    "wae, adam, 1000, 2000, 200",
    "swae, adam, 1000, 4000, 50",
    "rae, adam, 500, 4000, 50",
    "dae, adam, 500, 4000, 50"
  })
  void isNearThePeakThatTheAllocatorSees(
      String model, String optimizer, int batch, int genes, int latent) throws Exception {
    isNearThePeak(model, optimizer, batch, genes, latent, List.of(256), LayerStyle.STANDARD);
  }

  /// Wide layers, whose hidden tensors are most of what a step holds.
  @ParameterizedTest
  @CsvSource({"relu, batch, 0.3, sigmoid", "gelu, layer, 0, linear", "tanh, none, 0.3, softplus"})
  void isNearThePeakWhateverTheLayersConsistOf(
      String activation, String normalization, double dropout, String output) throws Exception {
    LayerStyle style =
        new LayerStyle(
            Activations.CATALOGUE.member(activation).create(Map.of()),
            Normalizations.CATALOGUE.member(normalization).create(Map.of()),
            dropout,
            Outputs.CATALOGUE.member(output).create(Map.of()),
            false,
            false);
    isNearThePeak("vae", "sgd", 1500, 100, 10, List.of(1500), style);
  }

  private static void isNearThePeak(
      String model,
      String optimizer,
      int batch,
      int genes,
      int latent,
      List<Integer> hidden,
      LayerStyle style)
      throws Exception {
    PreparedData prepared = TestData.lowRank(2 * batch, 20, genes, 3, 5);
    TrainingSettings settings =
        new TrainingSettings(
            Models.CATALOGUE.member(model).create(Map.of()),
            hidden,
            latent,
            style,
            Initialization.PYTORCH,
            Optimizers.CATALOGUE.member(optimizer).create(Map.of()),
            1e-3,
            new ConstantRate(),
            new SquaredError(),
            false,
            1e-4,
            new NoWarmUp(),
            0,
            batch,
            false,
            Stopping.after(3),
            OptionalDouble.empty(),
            Validation.SAMPLED,
            false,
            FP32,
            Optional.empty());
    long estimate = MemoryEstimate.bytes(settings, genes, 2 * batch);
    try (TrainingData data = TrainingData.of(prepared, FP32)) {
      Trainer.train(settings, data, new Seeds(1, 2, 3, 4), TrainingMonitor.NONE);
      long before = NativeMemory.liveBytes();
      long peak =
          peakWhile(
              () -> Trainer.train(settings, data, new Seeds(1, 2, 3, 4), TrainingMonitor.NONE));
      double ratio = (double) (peak - before) / estimate;
      assertTrue(
          ratio > 0.6 && ratio < 1.25,
          "%s: %d MB at the peak, %d MB estimated"
              .formatted(model, (peak - before) >> 20, estimate >> 20));
    }
  }

  private static long peakWhile(Runnable work) throws InterruptedException {
    AtomicLong peak = new AtomicLong();
    AtomicBoolean done = new AtomicBoolean();
    Thread watcher =
        new Thread(() -> {
          while (!done.get()) {
            peak.accumulateAndGet(NativeMemory.liveBytes(), Math::max);
            Thread.onSpinWait();
          }
        });
    watcher.start();
    work.run();
    done.set(true);
    watcher.join();
    return peak.get();
  }
}
