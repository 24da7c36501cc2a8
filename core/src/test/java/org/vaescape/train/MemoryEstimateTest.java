package org.vaescape.train;

import static org.junit.jupiter.api.Assertions.fail;

import java.util.ArrayList;
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
import org.vaescape.model.Reconstructions;

/// The estimate is compared with what the allocator says it has handed out.
class MemoryEstimateTest {
  private static final Numerics FP32 = new Numerics(Precision.FP32, Device.CPU, 1);

  /// Of the estimate, from 50 MB on: below, what the JVM takes for itself is too much of it.
  private static final double TOLERANCE = 0.15;

  private static final double TOLERANCE_OF_SMALL = 0.3;
  private static final long SMALL = 50L << 20;

  /// The JVM's compilers may have their tens of megabytes in one round, hardly in each.
  private static final int ROUNDS = 4;

  @ParameterizedTest
  @CsvSource({
    "vae, adam, 500, 4000, 50",
    "vae, sgd, 500, 4000, 200",
    "iwae, rmsprop, 200, 4000, 50",
    "infovae, adam, 1000, 2000, 200",
    "logcosh-vae, adam, 500, 4000, 50",
    "factor-vae, adam, 1000, 500, 50",
    "aae, adam, 1000, 2000, 50",
    "vamp-vae, sgd, 500, 500, 100",
    "cat-vae, adam, 500, 500, 100",
    "joint-vae, adam, 500, 4000, 50",
    "vq-vae, sgd, 500, 500, 20",
    "beta-vae, adam, 500, 4000, 50",
    "capacity-vae, adam, 500, 4000, 50",
    "beta-tcvae, adam, 500, 1000, 50",
    "dip-vae, adam, 500, 4000, 50",
    "miwae, adam, 100, 4000, 50",
    "ciwae, adam, 200, 4000, 50",
    "piwae, adam, 100, 4000, 50",
    "wae, adam, 1000, 2000, 200",
    "swae, adam, 500, 4000, 50",
    "rae, adam, 500, 4000, 50",
    "dae, adam, 500, 4000, 50",
    "ae, sgd, 20, 20000, 50"
  })
  void isNearThePeakThatTheAllocatorSees(
      String model, String optimizer, int batch, int genes, int latent) throws Exception {
    isNearThePeak(new Case(model, optimizer, batch, genes, latent));
  }

  @ParameterizedTest
  @CsvSource({
    "true, sigmoid, mse",
    "false, linear, mse",
    "false, softplus, mse",
    "true, sigmoid, nb"
  })
  void isNearThePeakOfAGradientPenalty(boolean norm, String output, String term) throws Exception {
    isNearThePeak(
        new Case("rae", "adam", 300, 4000, 50)
            .with(Map.of("regularizer", "gradient-penalty"))
            .with(style("relu", "batch", 0, output, norm))
            .withTerm(term));
  }

  @ParameterizedTest
  @CsvSource({"gaussian", "bce", "laplace", "logcosh", "nb", "zinb"})
  void isNearThePeakWhateverTheReconstructionTerm(String term) throws Exception {
    isNearThePeak(new Case("vae", "adam", 500, 4000, 50).withTerm(term));
  }

  /// Weights are most of what a step holds; once first weights stayed twice more beside them.
  @ParameterizedTest
  @CsvSource({"sgd, LAST", "adam, BEST", "lion, LAST"})
  void isNearThePeakOfWideNetworksAndWhatOptimizersAndTheBestEpochKeepOfThem(
      String optimizer, Stopping.Restore restore) throws Exception {
    isNearThePeak(new Case("ae", optimizer, 20, 4000, 20).with(List.of(1000, 200)).with(restore));
  }

  /// Wide layers, whose hidden tensors are most of what a step holds.
  @ParameterizedTest
  @CsvSource({"relu, batch, 0.3, sigmoid", "gelu, layer, 0, linear", "tanh, none, 0.3, softplus"})
  void isNearThePeakWhateverTheLayersConsistOf(
      String activation, String normalization, double dropout, String output) throws Exception {
    isNearThePeak(
        new Case("vae", "sgd", 1500, 100, 10)
            .with(List.of(1500))
            .with(style(activation, normalization, dropout, output, false)));
  }

  private static LayerStyle style(
      String activation, String normalization, double dropout, String output, boolean outputNorm) {
    return new LayerStyle(
        Activations.CATALOGUE.member(activation).create(Map.of()),
        Normalizations.CATALOGUE.member(normalization).create(Map.of()),
        dropout,
        Outputs.CATALOGUE.member(output).create(Map.of()),
        outputNorm,
        false);
  }

  private record Case(
      String model,
      Map<String, Object> settings,
      String optimizer,
      int batch,
      int genes,
      int latent,
      List<Integer> hidden,
      LayerStyle style,
      String term,
      Stopping.Restore restore) {
    Case(String model, String optimizer, int batch, int genes, int latent) {
      this(
          model,
          Map.of(),
          optimizer,
          batch,
          genes,
          latent,
          List.of(256),
          LayerStyle.STANDARD,
          "mse",
          Stopping.Restore.LAST);
    }

    Case with(Map<String, Object> more) {
      return new Case(model, more, optimizer, batch, genes, latent, hidden, style, term, restore);
    }

    Case with(List<Integer> sizes) {
      return new Case(
          model, settings, optimizer, batch, genes, latent, sizes, style, term, restore);
    }

    Case with(LayerStyle other) {
      return new Case(
          model, settings, optimizer, batch, genes, latent, hidden, other, term, restore);
    }

    Case withTerm(String other) {
      return new Case(
          model, settings, optimizer, batch, genes, latent, hidden, style, other, restore);
    }

    Case with(Stopping.Restore other) {
      return new Case(model, settings, optimizer, batch, genes, latent, hidden, style, term, other);
    }

    TrainingSettings training() {
      return new TrainingSettings(
          Models.CATALOGUE.member(model).create(settings),
          hidden,
          latent,
          style,
          Initialization.PYTORCH,
          Optimizers.CATALOGUE.member(optimizer).create(Map.of()),
          1e-3,
          new ConstantRate(),
          Reconstructions.CATALOGUE.member(term).create(Map.of()),
          false,
          1e-4,
          new NoWarmUp(),
          0,
          batch,
          false,
          new Stopping(new NoStop(), 1, restore, 0),
          OptionalDouble.empty(),
          Validation.SAMPLED,
          false,
          FP32,
          Optional.empty());
    }
  }

  private static void isNearThePeak(Case asked) throws Exception {
    PreparedData prepared = TestData.lowRank(2 * asked.batch, 20, asked.genes, 3, 5);
    TrainingSettings settings = asked.training();
    long estimate = MemoryEstimate.bytes(settings, asked.genes, 2 * asked.batch);
    double tolerance = estimate < SMALL ? TOLERANCE_OF_SMALL : TOLERANCE;
    List<Long> peaks = new ArrayList<>();
    try (TrainingData data = TrainingData.of(prepared, FP32)) {
      for (int round = 0; round < ROUNDS; round++) {
        long before = NativeMemory.liveBytes();
        long peak =
            peakWhile(
                () -> Trainer.train(settings, data, new Seeds(1, 2, 3, 4), TrainingMonitor.NONE));
        peaks.add((peak - before) >> 20);
        if (Math.abs((double) (peak - before) / estimate - 1) < tolerance) {
          return;
        }
      }
    }
    fail("%s: %s MB at the peak, %d MB estimated".formatted(asked, peaks, estimate >> 20));
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
