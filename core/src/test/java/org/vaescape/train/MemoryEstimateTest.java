package org.vaescape.train;

import static org.junit.jupiter.api.Assertions.fail;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.vaescape.data.PreparedData;
import org.vaescape.engine.NativeMemory;
import org.vaescape.model.GenePath;

/// The estimate is compared with what the allocator says it has handed out.
class MemoryEstimateTest {
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
    isNearThePeak(new MemoryCase(model, optimizer, batch, genes, latent));
  }

  @ParameterizedTest
  @CsvSource({
    "vae, adam, 1000, 4000, 50",
    "vae, sgd, 100, 10000, 200",
    "iwae, rmsprop, 200, 4000, 50",
    "infovae, adam, 1000, 2000, 200",
    "aae, adam, 1000, 2000, 50",
    "miwae, adam, 100, 4000, 50",
    "rae, adam, 500, 4000, 50",
    "ae, sgd, 20, 20000, 50"
  })
  void isNearThePeakOfTheFusedPath(String model, String optimizer, int batch, int genes, int latent)
      throws Exception {
    isNearThePeak(
        new MemoryCase(model, optimizer, batch, genes, latent).with(GenePath.Choice.AUTO));
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
        new MemoryCase("rae", "adam", 300, 4000, 50)
            .with(Map.of("regularizer", "gradient-penalty"))
            .with(MemoryCase.style("relu", "batch", 0, output, norm))
            .withTerm(term));
  }

  @ParameterizedTest
  @CsvSource({"gaussian", "bce", "laplace", "logcosh", "nb", "zinb"})
  void isNearThePeakWhateverTheReconstructionTerm(String term) throws Exception {
    isNearThePeak(new MemoryCase("vae", "adam", 500, 4000, 50).withTerm(term));
  }

  /// Weights are most of what a step holds; once first weights stayed twice more beside them.
  @ParameterizedTest
  @CsvSource({"sgd, LAST", "adam, BEST", "lion, LAST"})
  void isNearThePeakOfWideNetworksAndWhatOptimizersAndTheBestEpochKeepOfThem(
      String optimizer, Stopping.Restore restore) throws Exception {
    isNearThePeak(
        new MemoryCase("ae", optimizer, 20, 4000, 20).with(List.of(1000, 200)).with(restore));
  }

  /// Wide layers, whose hidden tensors are most of what a step holds.
  @ParameterizedTest
  @CsvSource({"relu, batch, 0.3, sigmoid", "gelu, layer, 0, linear", "tanh, none, 0.3, softplus"})
  void isNearThePeakWhateverTheLayersConsistOf(
      String activation, String normalization, double dropout, String output) throws Exception {
    isNearThePeak(
        new MemoryCase("vae", "sgd", 1500, 100, 10)
            .with(List.of(1500))
            .with(MemoryCase.style(activation, normalization, dropout, output, false)));
  }

  private static void isNearThePeak(MemoryCase asked) throws Exception {
    PreparedData prepared = TestData.lowRank(asked.trainingSamples(), 20, asked.genes(), 3, 5);
    TrainingSettings settings = asked.training();
    long estimate = asked.estimate();
    double tolerance = estimate < SMALL ? TOLERANCE_OF_SMALL : TOLERANCE;
    List<Long> peaks = new ArrayList<>();
    try (TrainingData data = TrainingData.of(prepared, asked.numerics())) {
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
