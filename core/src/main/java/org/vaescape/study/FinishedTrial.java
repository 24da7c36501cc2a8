package org.vaescape.study;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import org.vaescape.search.Cell;

/// What came out of a trial, flat, as stores keep it and reports read it.
///
/// @param id the identity of its [Trial]
/// @param settings the trial's cell as text by key (`model`, `latent`, `learning-rate`, ...)
/// @param status how it ended
/// @param verdict `untrained`, `collapsed`, `exploded`, `below-mean`, `learned`, or empty if the
///   trial never got so far
/// @param epochs epochs trained until the stop
/// @param metrics outcomes by column name of `trials.csv` (`val_loss`, `val_mse`, ...); an outcome
///   that does not apply is absent, one that is not finite is present as it is
/// @param checkpoints outcomes at other epochs, if training had a horizon
/// @param curve one row an epoch, from epoch 1; longer than `epochs` if training had a horizon
/// @param seconds wall time until the stop, training and outcomes
/// @param epochSeconds median wall time of these epochs, training and validation; NaN without
///   epochs
/// @param path `plain` or `fast`
/// @param precision `fp32`, `bf16`
/// @param message one sentence for endings that need one, else empty
/// @param provenance how and where it was made (resolved settings, versions, CPU), by name
public record FinishedTrial(
    String id,
    SequencedMap<String, String> settings,
    int repeat,
    Status status,
    String verdict,
    int epochs,
    SequencedMap<String, Double> metrics,
    List<Checkpoint> checkpoints,
    List<Epoch> curve,
    double seconds,
    double epochSeconds,
    String path,
    String precision,
    String dataHash,
    String message,
    SequencedMap<String, String> provenance) {

  /// Names of metrics that begin so hold the KL of one latent unit; its rank follows, from 001 for
  /// the unit that carries most.
  public static final String KL_OF_UNIT = "val_kl_unit_";

  /// The metric that holds the epoch whose weights were restored after the stop.
  public static final String RESTORED_EPOCH = "restored_epoch";

  /// The provenance that holds how much memory the trial's own tensors need at their peak, in
  /// millions of bytes, as estimated before it starts.
  public static final String MEMORY = "memory_mb";

  /// The provenance that holds the SHA-256 of the weights, if the trial has some.
  public static final String WEIGHTS = "weights_sha256";

  public FinishedTrial {
    settings = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(settings));
    metrics = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(metrics));
    provenance = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(provenance));
    checkpoints = List.copyOf(checkpoints);
    curve = List.copyOf(curve);
  }

  /// What the network was worth at one epoch.
  ///
  /// @param name `stop`, `best` (the lowest validation until the stop), `horizon`
  /// @param epoch from 1
  /// @param verdict as the trial's
  /// @param metrics as the trial's
  public record Checkpoint(
      String name, int epoch, String verdict, SequencedMap<String, Double> metrics) {
    public Checkpoint {
      metrics = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(metrics));
    }
  }

  /// One row of a trial's curve.
  ///
  /// @param number from 1
  /// @param terms `learning_rate`, `train_loss`, `train_reconstruction`, `train_kl`, `val_loss`,
  ///   ..., `seconds`; in this order, a term that a model has not is absent
  public record Epoch(int number, SequencedMap<String, Double> terms) {
    public Epoch {
      terms = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(terms));
    }
  }

  /// Every epoch with outcomes: the recorded ones first, then the others.
  ///
  /// Empty if the trial has no outcomes.
  public List<Checkpoint> allCheckpoints() {
    if (verdict.isEmpty()) {
      return List.of();
    }
    List<Checkpoint> all = new ArrayList<>();
    Double restored = metrics.get(RESTORED_EPOCH);
    all.add(
        restored == null
            ? new Checkpoint("stop", epochs, verdict, metrics)
            : new Checkpoint("best", restored.intValue(), verdict, metrics));
    all.addAll(checkpoints);
    return all;
  }

  /// The metric, or NaN where the trial has none of this name.
  public double metric(String name) {
    return metrics.getOrDefault(name, Double.NaN);
  }

  /// A number as files write it, by the rule of [Cell#text]: `0.001`, `1e-5`, `nan`.
  public static String text(double number) {
    return Cell.text(number);
  }
}
