package org.vaescape.study;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;

/// Trials for tests, alike but for what a test names.
public final class FinishedTrials {
  private FinishedTrials() {}

  /// A converged trial whose numbers all derive from `value`.
  public static FinishedTrial learned(String id, int epochs, double value) {
    return learned(id, epochs, value, List.of());
  }

  /// One that was trained to a horizon, with these outcomes on the way.
  public static FinishedTrial learned(
      String id, int epochs, double value, List<FinishedTrial.Checkpoint> checkpoints) {
    SequencedMap<String, Double> metrics = new LinkedHashMap<>();
    metrics.put("val_loss", value);
    metrics.put("val_mse", value / 3);
    metrics.put("active_units", 4.0);
    List<FinishedTrial.Epoch> curve = new ArrayList<>();
    for (int epoch = 1; epoch <= epochs; epoch++) {
      SequencedMap<String, Double> terms = new LinkedHashMap<>();
      terms.put("train_loss", value / epoch);
      terms.put("val_loss", value / (epoch + 1));
      curve.add(new FinishedTrial.Epoch(epoch, terms));
    }
    return learned(id, settings(), 1, epochs, metrics, checkpoints, curve);
  }

  /// A converged trial with these settings and outcomes.
  public static FinishedTrial learned(
      String id,
      SequencedMap<String, String> settings,
      int repeat,
      int epochs,
      SequencedMap<String, Double> metrics) {
    return learned(id, settings, repeat, epochs, metrics, List.of(), List.of());
  }

  private static FinishedTrial learned(
      String id,
      SequencedMap<String, String> settings,
      int repeat,
      int epochs,
      SequencedMap<String, Double> metrics,
      List<FinishedTrial.Checkpoint> checkpoints,
      List<FinishedTrial.Epoch> curve) {
    return new FinishedTrial(
        id,
        settings,
        repeat,
        Status.CONVERGED,
        "learned",
        epochs,
        metrics,
        checkpoints,
        curve,
        1.5,
        0.25,
        "plain",
        "fp32",
        "c0ffee",
        "",
        provenance());
  }

  /// A trial that may take so many epochs at most.
  public static FinishedTrial ofCurve(
      String id, String maxEpochs, Status status, List<FinishedTrial.Epoch> curve) {
    SequencedMap<String, String> settings = settings();
    settings.put("max-epochs", maxEpochs);
    return ofCurve(id, settings, status, curve);
  }

  /// A trial with these settings.
  public static FinishedTrial ofCurve(
      String id,
      SequencedMap<String, String> settings,
      Status status,
      List<FinishedTrial.Epoch> curve) {
    return new FinishedTrial(
        id,
        settings,
        0,
        status,
        "",
        curve.size(),
        new LinkedHashMap<>(),
        List.of(),
        curve,
        1,
        1,
        "plain",
        "fp32",
        "c0ffee",
        "",
        provenance());
  }

  /// A trial without an epoch.
  public static FinishedTrial outOfMemory(String id) {
    return new FinishedTrial(
        id,
        settings(),
        0,
        Status.OUT_OF_MEMORY,
        "",
        0,
        new LinkedHashMap<>(),
        List.of(),
        List.of(),
        0,
        Double.NaN,
        "plain",
        "fp32",
        "c0ffee",
        "needs 9 GiB, \"more\" than 8 GiB,\nso it was not started",
        provenance());
  }

  /// A trial of one epoch with these numbers as metrics and as terms of the loss.
  public static FinishedTrial with(
      String id, SequencedMap<String, Double> numbers, double epochSeconds) {
    return new FinishedTrial(
        id,
        settings(),
        0,
        Status.DIVERGED,
        "",
        1,
        numbers,
        List.of(new FinishedTrial.Checkpoint("best", 1, "", numbers)),
        List.of(new FinishedTrial.Epoch(1, numbers)),
        1,
        epochSeconds,
        "plain",
        "fp32",
        "c0ffee",
        "loss is nan in epoch 1",
        provenance());
  }

  /// A trial with other results, or under another id; times, checkpoints and data stay.
  public static FinishedTrial copy(
      FinishedTrial trial,
      String id,
      SequencedMap<String, String> settings,
      Status status,
      String verdict,
      SequencedMap<String, Double> metrics,
      List<FinishedTrial.Epoch> curve,
      String message,
      SequencedMap<String, String> provenance) {
    return new FinishedTrial(
        id,
        settings,
        trial.repeat(),
        status,
        verdict,
        trial.epochs(),
        metrics,
        trial.checkpoints(),
        curve,
        trial.seconds(),
        trial.epochSeconds(),
        trial.path(),
        trial.precision(),
        trial.dataHash(),
        message,
        provenance);
  }

  private static SequencedMap<String, String> settings() {
    SequencedMap<String, String> settings = new LinkedHashMap<>();
    settings.put("model", "vae");
    settings.put("latent", "10");
    settings.put("learning-rate", "1e-5");
    settings.put("hidden", "[512, 256]");
    return settings;
  }

  private static SequencedMap<String, String> provenance() {
    SequencedMap<String, String> provenance = new LinkedHashMap<>();
    provenance.put("java", "25.0.3");
    provenance.put("cpu", "a");
    return provenance;
  }
}
