package org.vaescape.study;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.vaescape.data.DataSettings;
import org.vaescape.model.Weights;
import org.vaescape.model.WeightsFile;
import org.vaescape.search.Cell;
import org.vaescape.train.TrainingMonitor;

/// Trains nothing: the result of a trial is a function of its id, unless an ending is planted.
class FakeTrainer implements TrialTrainer {
  /// What a trial of this id throws.
  final Map<String, Throwable> planted = new ConcurrentHashMap<>();

  /// Bytes of a trial; 1 where nothing is said.
  final Map<String, Long> bytes = new ConcurrentHashMap<>();

  /// Bytes that one trial of a repeat takes once; 0 where nothing is said.
  final Map<Integer, Long> once = new ConcurrentHashMap<>();

  /// Work of a trial; the same for all where nothing is said.
  final Map<String, Double> operations = new ConcurrentHashMap<>();

  /// How often a trial was trained.
  final Map<String, Integer> trained = new ConcurrentHashMap<>();

  /// The most bytes that were in use at once.
  final AtomicLong mostBytes = new AtomicLong();

  private final AtomicLong bytesInUse = new AtomicLong();
  final AtomicInteger epochs = new AtomicInteger();

  static Trial trial(int number) {
    SequencedMap<String, Object> values = new LinkedHashMap<>();
    values.put("model", number % 2 == 0 ? "vae" : "iwae");
    values.put("latent", (long) number);
    return new Trial("%016x".formatted(number), new Cell(values), 0);
  }

  /// The lower, the better; not in the order of the numbers.
  static double mse(String id) {
    return Math.abs(Hashes.of(id).hashCode() % 1000) / 1000.0;
  }

  @Override
  public long memoryBytes(Trial trial) {
    return bytes.getOrDefault(trial.id(), 1L);
  }

  @Override
  public long bytesOnce(Trial trial) {
    return once.getOrDefault(trial.repeat(), 0L);
  }

  @Override
  public SplitKey split(Trial trial) {
    return new SplitKey(trial.repeat(), DataSettings.Fit.TRAIN);
  }

  @Override
  public double operations(Trial trial) {
    return operations.getOrDefault(trial.id(), 1.0);
  }

  @Override
  public Optional<TrainedTrial> train(Trial trial, TrainingMonitor monitor) {
    mostBytes.accumulateAndGet(bytesInUse.addAndGet(memoryBytes(trial)), Math::max);
    try {
      trained.merge(trial.id(), 1, Integer::sum);
      SequencedMap<String, Double> terms = new LinkedHashMap<>();
      terms.put("val_loss", 1.0);
      monitor.epoch(1, terms);
      epochs.incrementAndGet();
      Throwable failure = planted.get(trial.id());
      if (failure instanceof Error error) {
        throw error;
      }
      if (failure instanceof RuntimeException exception) {
        throw exception;
      }
      if (monitor.cancelled()) {
        return Optional.empty();
      }
      SequencedMap<String, Double> metrics = new LinkedHashMap<>();
      metrics.put("val_mse", mse(trial.id()));
      SequencedMap<String, Weights.Array> arrays = new LinkedHashMap<>();
      arrays.put("w", new Weights.Array(List.of(1), new float[] {trial.id().hashCode()}));
      return Optional.of(
          new TrainedTrial(
              result(trial, Status.CONVERGED, "learned", metrics, ""),
              Optional.of(new WeightsFile(new Weights(arrays), new LinkedHashMap<>()))));
    } finally {
      bytesInUse.addAndGet(-memoryBytes(trial));
    }
  }

  @Override
  public FinishedTrial withoutResult(Trial trial, Status status, String message, double seconds) {
    return result(trial, status, "", new LinkedHashMap<>(), message);
  }

  private static FinishedTrial result(
      Trial trial,
      Status status,
      String verdict,
      SequencedMap<String, Double> metrics,
      String message) {
    return new FinishedTrial(
        trial.id(),
        trial.cell().texts(),
        trial.repeat(),
        status,
        verdict,
        1,
        metrics,
        List.of(),
        List.of(),
        0,
        0,
        "plain",
        "fp32",
        "hash",
        message,
        new LinkedHashMap<>());
  }
}
