package org.vaescape.train;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import org.vaescape.model.Weights;

/// What a training run came to.
///
/// @param ending how it stopped; training may have gone on after that, to its horizon
/// @param curve a row for each epoch that was completed: `learning_rate`, `momentum` where the
///   scheduler sets it, then the mean over steps of each term (`train_loss`,
///   `train_reconstruction`, ...), `gradient_norm` before clipping, the terms on the validation
///   part (`val_loss`, ...), `seconds`
/// @param epochs completed until the stop
/// @param recorded outcomes of the network that the run hands back, at the stop or at the best
///   epoch; empty if it diverged or was interrupted
/// @param others outcomes at other epochs, if there is a horizon
/// @param afterStop what kept the training from its horizon; empty if it got there or had none
/// @param seconds wall time of training and outcomes until the stop
/// @param weights of the network that is handed back; empty if it diverged or was interrupted
public record TrainingResult(
    Ending ending,
    List<SequencedMap<String, Double>> curve,
    int epochs,
    Optional<Checkpoint> recorded,
    List<Checkpoint> others,
    Optional<Ending> afterStop,
    double seconds,
    Optional<Weights> weights) {
  static final String SECONDS = "seconds";

  public TrainingResult {
    curve = List.copyOf(curve);
    others = List.copyOf(others);
  }

  /// A run that left nothing to measure.
  static TrainingResult withoutOutcomes(
      Ending ending, List<SequencedMap<String, Double>> curve, double seconds) {
    return new TrainingResult(
        ending,
        curve,
        curve.size(),
        Optional.empty(),
        List.of(),
        Optional.empty(),
        seconds,
        Optional.empty());
  }

  /// What the network became; empty if it diverged or was interrupted.
  public Optional<Verdict> verdict() {
    return recorded.map(Checkpoint::verdict);
  }

  /// Outcomes by their column of `trials.csv`, none if the network diverged or was interrupted; one
  /// that does not apply is absent.
  public SequencedMap<String, Double> metrics() {
    return recorded
        .map(Checkpoint::metrics)
        .orElseGet(() -> Collections.unmodifiableSequencedMap(new LinkedHashMap<>()));
  }

  /// Median wall time of an epoch until the stop, training and validation; NaN without epochs.
  public double epochSeconds() {
    double[] sorted =
        curve.subList(0, epochs).stream()
            .mapToDouble(row -> row.getOrDefault(SECONDS, Double.NaN))
            .sorted()
            .toArray();
    return sorted.length == 0 ? Double.NaN : sorted[sorted.length / 2];
  }
}
